import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AddDependency } from '../model/dependency.js';

/** As `filesIn`, from `folder` upwards. */
export async function* findUp(
  folder: string,
  names: readonly string[],
  addDependency: AddDependency | undefined,
): AsyncGenerator<string, void> {
  for (const each of upwards(folder)) yield* filesIn(each, names, addDependency);
}

/**
 * Every path of one of `names` in a folder that is something other than a folder, in the order of the names. Links are followed.
 * What it is, a file or a pipe, is for the reader to find out.
 */
export async function* filesIn(
  folder: string,
  names: readonly string[],
  addDependency: AddDependency | undefined,
): AsyncGenerator<string, void> {
  for (const name of names) {
    const path = join(folder, name);
    addDependency?.('content', path);
    if (await isThere(path)) yield path;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => !stats.isDirectory(),
    () => false,
  );
}

/** The folder and those it lies in, up to the root of the file system. */
export function upwards(folder: string): string[] {
  const folders = [resolve(folder)];
  for (let last = folders[0] ?? ''; last !== dirname(last); last = dirname(last)) folders.push(dirname(last));
  return folders;
}
