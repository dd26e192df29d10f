import { lstat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { isGone } from '../disk/errno.js';
import { listed } from './nearest-word.js';

/** A configuration's file. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Whether it is run, and not only read. */
  readonly isProgram: boolean;
}

const programs = ['.ts', '.mts', '.js', '.mjs'];
const texts = ['.json', '.yaml'];
/** Endings that people use for the same, and that are not looked for. */
const others = ['.yml', '.cts', '.cjs'];

/**
 * Finds the configuration: the file that was named, else the one in the working directory.
 *
 * @param asked the file of `--config`; false for none
 * @returns undefined where there is none
 * @throws Rejected `config-ambiguous` naming all that were found, `config-name` for a name that would not be read
 */
export async function findConfig(
  asked: string | false | undefined,
  cwd: string,
  addDependency?: AddDependency,
): Promise<ConfigFile | undefined> {
  if (asked === false) return undefined;
  if (asked !== undefined) return named(resolve(cwd, asked), cwd);
  const found: string[] = [];
  const strange: string[] = [];
  for (const ending of [...programs, ...texts, ...others]) {
    const name = `freshworks-gen.config${ending}`;
    addDependency?.('content', join(cwd, name));
    if (await isThere(join(cwd, name))) (others.includes(ending) ? strange : found).push(name);
  }
  const all = [...found, ...strange];
  if (all.length > 1) {
    const message = `The working directory holds ${listed(all)}.`;
    throw new Rejected(diagnostic('config-ambiguous', message));
  }
  return all[0] === undefined ? undefined : named(join(cwd, all[0]), cwd);
}

function named(path: string, cwd: string): ConfigFile {
  const name = fileName(path, cwd);
  const ending = extname(path).toLowerCase();
  if ([...programs, ...texts].includes(ending)) return { path, name, isProgram: programs.includes(ending) };
  const endings = listed([...programs, ...texts], 'or');
  throw new Rejected(diagnostic('config-name', `${name} does not end in ${endings}.`));
}

/** Whether anything is there: whether it can be read is for those to say who read it. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => !isGone(error),
  );
}
