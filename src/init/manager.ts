export const managerNames = ['npm', 'pnpm', 'yarn', 'bun'] as const;
export type ManagerName = (typeof managerNames)[number];

/** How one package manager does what a project needs of it. */
export interface Manager {
  readonly name: ManagerName;
  /** Its lock file, where the project has none yet. */
  readonly lock: string;
  /** Puts a package among the development dependencies. */
  readonly add: string;
  /** Installs what the lock file says, or fails. */
  readonly install: string;
  /** Runs a command of an installed package, which alone prints to stdout. */
  readonly exec: string;
  /** Runs a script of package.json. */
  readonly script: string;
}

const npm: Manager = {
  name: 'npm',
  lock: 'package-lock.json',
  add: 'npm install --save-dev',
  install: 'npm ci',
  exec: 'npx --no',
  script: 'npm run',
};

const pnpm: Manager = {
  name: 'pnpm',
  lock: 'pnpm-lock.yaml',
  add: 'pnpm add --save-dev',
  install: 'pnpm install --frozen-lockfile',
  exec: 'pnpm exec',
  script: 'pnpm run',
};

const yarn: Manager = {
  name: 'yarn',
  lock: 'yarn.lock',
  add: 'yarn add --dev',
  install: 'yarn install --immutable',
  exec: 'yarn run',
  script: 'yarn run',
};

/** Yarn 1, which talks on stdout when it runs a command. */
const yarnClassic: Manager = {
  ...yarn,
  install: 'yarn install --frozen-lockfile',
  exec: 'yarn --silent run',
};

const bun: Manager = {
  name: 'bun',
  lock: 'bun.lock',
  add: 'bun add --dev',
  install: 'bun install --frozen-lockfile',
  exec: 'bun run --silent',
  script: 'bun run',
};

/** The names of lock files, the most telling first. */
export const lockFiles: ReadonlyMap<string, ManagerName> = new Map([
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]);

/** What a project says of its package manager. */
export interface Traces {
  /** `packageManager` of package.json, such as `pnpm@10.1.0`. */
  readonly field: string | undefined;
  /** The lock file's name. */
  readonly lock: string | undefined;
  /** Whether the lock file is of Yarn 1. */
  readonly isClassicLock: boolean;
}

/** The package manager of a project: what package.json names, else the one whose lock file is there, else npm. */
export function detectManager({ field, lock }: Traces): ManagerName {
  const named = managerNames.find((name) => field?.startsWith(`${name}@`));
  return named ?? lockFiles.get(lock ?? '') ?? 'npm';
}

export function managerOf(name: ManagerName, { field, isClassicLock }: Traces): Manager {
  switch (name) {
    case 'npm':
      return npm;
    case 'pnpm':
      return pnpm;
    case 'yarn':
      return /^yarn@1\./.test(field ?? '') || (isClassicLock && !field?.startsWith('yarn@'))
        ? yarnClassic
        : yarn;
    case 'bun':
      return bun;
  }
}
