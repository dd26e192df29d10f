import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Witness } from '../catalog/witness.js';

/**
 * The first of `names`, in their order, that is a file in the nearest folder having any of them. Links are followed.
 *
 * @param counts whether a file of that name is what is looked for; by default every one is
 */
export async function nearest(
  folder: string,
  names: readonly string[],
  witness: Witness | undefined,
  counts: (file: string) => Promise<boolean> = () => Promise.resolve(true),
): Promise<string | undefined> {
  for (const each of upwards(folder)) {
    for (const name of names) {
      const file = join(each, name);
      witness?.('content', file);
      if ((await isFile(file)) && (await counts(file))) return file;
    }
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** The folder and those it lies in, up to the root of the file system. */
export function upwards(folder: string): string[] {
  const here = resolve(folder);
  return dirname(here) === here ? [here] : [here, ...upwards(dirname(here))];
}
