import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');
export const toolchains = join(import.meta.dirname, 'toolchains/node_modules');
/** Where the package is installed. */
export const installed = join(inject('firstProject'), 'node_modules/freshworks-gen');
/** The folder of a project that holds its kit. */
export const out = 'src/events';
/** Where the commands keep what they have found: not where the developer's own do. */
export const cacheHome = join(inject('workplace'), 'cache');

/** What a command did. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of its own with the package installed, and the kit unless `kit` is false. Returns its folder. */
export function newProject({ kit = true }: { readonly kit?: boolean } = {}): string {
  const folder = mkdtempSync(join(inject('workplace'), 'project-'));
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(installed, join(folder, 'node_modules/freshworks-gen'), 'dir');
  for (const name of ['@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  if (kit) cpSync(join(inject('firstProject'), out), join(folder, out), { recursive: true });
  return folder;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly node?: string;
  /** The user to run as, where it is not this one. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Runs the installed command in a project. */
export function run(
  project: string,
  args: readonly string[],
  { env = {}, node = process.execPath, ...user }: RunOptions = {},
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(
    node,
    [join(installed, 'bin/freshworks-gen.js'), ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cacheHome, FORCE_COLOR: undefined, NO_COLOR: '1', ...env },
      maxBuffer: 64 * 2 ** 20,
      ...user,
    },
  );
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Starts the installed command, for tests that end it early. */
export function start(project: string, args: readonly string[]) {
  return spawn(process.execPath, [join(installed, 'bin/freshworks-gen.js'), ...args], {
    cwd: project,
    env: { ...process.env, XDG_CACHE_HOME: cacheHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a command loads of the package's own files. */
export function filesLoaded(project: string, args: readonly string[]): readonly URL[] {
  const coverage = mkdtempSync(join(inject('workplace'), 'coverage-'));
  const outcome = run(project, args, { env: { NODE_V8_COVERAGE: coverage } });
  if (outcome.exitCode !== 0) throw new Error(outcome.stderr);
  return readdirSync(coverage)
    .map((file) => JSON.parse(readText(coverage, file)) as { result: { url: string }[] })
    .flatMap(({ result }) => result.map(({ url }) => url))
    .filter((url) => url.includes('freshworks-gen/dist/'))
    .map((url) => new URL(url));
}

export function bytesLoaded(project: string, args: readonly string[]): number {
  return filesLoaded(project, args).reduce((sum, url) => sum + statSync(url).size, 0);
}

/** The files below a folder with their contents, by path with `/`. */
export function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function readText(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

export function writeText(text: string, ...path: readonly string[]): void {
  writeFileSync(join(...path), text);
}
