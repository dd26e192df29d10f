import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed package. */
    readonly tarball: string;
    /** A project with nothing in it but the installed package and a generated kit. */
    readonly firstProject: string;
    /** What the first run printed. */
    readonly firstRun: string;
    /** A folder for the projects of the tests. */
    readonly workplace: string;
  }
}

const root = resolve(import.meta.dirname, '../..');
const toolchains = join(import.meta.dirname, 'toolchains');

/** Packs once (or takes FRESHWORKS_GEN_TARBALL), installs once, and generates once, as a new user does. */
export default function setup(project: TestProject): () => void {
  const workplace = realpathSync(mkdtempSync(join(tmpdir(), 'freshworks-gen-')));
  // For the tests that run the command as another user.
  chmodSync(workplace, 0o755);
  if (!existsSync(join(toolchains, 'node_modules'))) npm(toolchains, 'ci');
  const tarball = resolve(process.env['FRESHWORKS_GEN_TARBALL'] ?? packed(workplace));
  const firstProject = join(workplace, 'first');
  mkdirSync(firstProject);
  writeFileSync(join(firstProject, 'package.json'), '{ "type": "module", "private": true }\n');
  npm(firstProject, 'install', '--save-dev', '--offline', tarball);
  const firstRun = npm(firstProject, 'exec', '--', 'freshworks-gen', 'generate', '--out', './src/events');
  project.provide('tarball', tarball);
  project.provide('firstProject', firstProject);
  project.provide('firstRun', firstRun);
  project.provide('workplace', workplace);
  return () => {
    rmSync(workplace, { recursive: true, force: true });
  };
}

function packed(folder: string): string {
  npm(root, 'pack', '--pack-destination', folder);
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack made no tarball');
  return join(folder, name);
}

/** Returns what npm and its child printed on both streams. */
function npm(cwd: string, ...args: readonly string[]): string {
  const quiet = { NO_COLOR: '1', npm_config_loglevel: 'error', FRESHWORKS_GEN_CACHE: 'off' };
  return execFileSync('sh', ['-c', 'npm "$@" 2>&1', 'sh', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
