import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AddDependency } from '../model/dependency.js';

/**
 * Every path of one of `names` that is something other than a folder, from `folder` upwards, in the order of the names in each
 * folder. Links are followed. What it is, a file or a pipe, is for the reader to find out.
 */
export async function* findUp(
  folder: string,
  names: readonly string[],
  addDependency: AddDependency | undefined,
): AsyncGenerator<string, void> {
  for (const each of upwards(folder)) {
    for (const name of names) {
      const path = join(each, name);
      addDependency?.('content', path);
      if (await isThere(path)) yield path;
    }
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
