import type { Rendered } from '../app/generate.js';
import { difference } from '../diff/difference.js';

/**
 * Prints what differs, as data: a diff from what is there to what should be. The manifest is shown where nothing else differs:
 * beside the diffs of other files, the changes of their hashes would tell nothing.
 */
export function printPatch({ files, manifest }: Rendered['plan']): void {
  const differing = files.filter(({ state }) => state !== 'unchanged');
  for (const { path, before, after } of differing.length > 0 ? differing : [manifest])
    process.stdout.write(difference(path, before, after));
}
