import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const entriesAtMost = 200;
const unusedAtMostMs = 30 * 24 * 60 * 60 * 1000;

/** The cache's own names: entries, and drafts of killed runs. */
const own = /^[0-9a-f]{64}(?:\.[0-9a-f]{12}\.tmp)?$/;

/** Removes what was not used for a month, and the longest unused of too many. */
export function prune(folder: string): void {
  try {
    const byUse = readdirSync(folder)
      .filter((name) => own.test(name))
      .map((name) => ({ path: join(folder, name), usedMs: lstatSync(join(folder, name)).mtimeMs }))
      .sort((left, right) => right.usedMs - left.usedMs);
    for (const [index, { path, usedMs }] of byUse.entries()) {
      if (index >= entriesAtMost || Date.now() - usedMs > unusedAtMostMs) rmSync(path, { force: true });
    }
  } catch {
    // Another run prunes as well, or the folder may not be written: the next one tries again.
  }
}
