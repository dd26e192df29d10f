import { cpSync, lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runIn } from '../cli/command.js';
import { shop } from './shop.js';
import { snapshot, temporaryFolder } from './tree.js';

/** Where a project keeps its kit. */
export const out = 'src/events';

/** A project with a document, whose kit is not made yet. */
export const project: Files = {
  'package.json': '{ "type": "module", "private": true }\n',
  'api/shop.yaml': shop,
};

/** A copy of a project, in a folder of its own. */
export function copyOf(project: string): string {
  const folder = temporaryFolder();
  cpSync(project, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Writes every file below a folder with CRLF, as git does where it is told to. */
export function checkOutWithCrlf(folder: string): void {
  for (const [path, text] of Object.entries(snapshot(folder)))
    writeFileSync(join(folder, path), text.replaceAll('\n', '\r\n'), 'latin1');
}

interface KitDocument {
  readonly files?: readonly { readonly path: string; readonly state: string }[];
  readonly unfinished?: boolean;
  readonly diagnostics: readonly { readonly code: string }[];
}

/** What a command said: its exit code and the code of each finding; for `check`, also what each file is that is not right. */
export type Report = readonly [exitCode: number, ...findings: string[]];

/** What a file of the kit is, which its state says as well. */
const stateCodes = /^kit-(?:file-|manifest$|unfinished$)/;

/** Runs a command about the kit of a project. */
export async function report(project: string, command: 'check' | 'generate', options = ''): Promise<Report> {
  const place = options.includes('--out') ? [] : ['--out', out];
  const words = options.split(' ').filter((word) => word !== '');
  const { exitCode, stdout } = await runIn(project, [command, ...place, ...words, '--json']);
  const { files = [], unfinished = false, diagnostics } = JSON.parse(stdout) as KitDocument;
  const codes = diagnostics.map(({ code }) => code).filter((code) => !stateCodes.test(code));
  if (command === 'generate') return [exitCode, ...codes];
  const differing = files.filter(({ state }) => state !== 'unchanged');
  const states = differing.map(({ path, state }) => `${state} ${path}`);
  return [exitCode, ...codes, ...states, ...(unfinished ? ['unfinished'] : [])];
}

/** The text of every file of a project, by path. */
export type Files = Readonly<Record<string, string>>;

/** What came to be, went or is another text now, paths of the kit from its folder, as `+ path`, `- path`, `~ path`. */
export function changes(before: Files, after: Files): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before[path], after[path]];
    if (old === now) return [];
    const inKit = path.startsWith(`${out}/`) ? path.slice(out.length + 1) : path;
    return `${old === undefined ? '+' : now === undefined ? '-' : '~'} ${inKit}`;
  });
}

/** When everything below a folder was last written or changed otherwise, and as which file. */
export function stamps(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    ['.', ...paths].map((path) => {
      const { ino, mtimeMs, ctimeMs, mode } = lstatSync(join(folder, path));
      return [path, [ino, mtimeMs, ctimeMs, mode].join()];
    }),
  );
}
