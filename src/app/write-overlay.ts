import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { explained } from '../disk/errno.js';
import type { Inferred } from './infer.js';

/**
 * Writes an overlay whole, or not at all.
 *
 * @param path absolute
 */
export async function writeOverlay(
  path: string,
  { overlay, before }: Pick<Inferred, 'overlay' | 'before'>,
): Promise<void> {
  if (overlay === undefined || overlay === before) return;
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, overlay, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw explained(
      error,
      (reason) => new Rejected(diagnostic('output-io', `the overlay cannot be written: ${reason}`)),
    );
  }
}
