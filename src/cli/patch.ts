import type { Rendered } from '../app/generate.js';
import { difference } from '../diff/difference.js';

/** Prints what differs, as data: a diff from what is there to what should be. */
export function printPatch({ files }: Rendered['plan']): void {
  for (const { path, before, after, state } of files) {
    if (state !== 'unchanged') process.stdout.write(difference(path, before, after));
  }
}
