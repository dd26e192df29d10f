import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { readRegularFile, UnfitFile } from '../disk/regular-file.js';
import { parentsOf } from './path.js';
import { errnoOf, isGone } from '../disk/errno.js';
import { withIoErrors } from './io-errors.js';
import { shown } from './shown.js';

/** What stands at a path of the kit. */
export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

/** Many times what the largest kit has in one file. */
const bytesAtMost = 64 * 2 ** 20;

/**
 * Looks at one path of the kit and reads it, following no link: `out` itself and every folder below it are checked.
 * Links above `out` are the user's own layout.
 *
 * @param path relative to `out`, free of objections (`pathObjection`)
 * @param atMost bytes that the file may have; a larger one is refused
 * @throws Rejected `output-io` where the system refuses to read
 */
export async function lookUp(out: string, path: string, atMost = bytesAtMost): Promise<Found> {
  const obstacle = await obstacleBefore(out, path);
  if (obstacle !== undefined) return obstacle;
  const file = join(out, path);
  const kind = await kindOf(file);
  switch (kind) {
    case 'absent':
      return { kind };
    case 'link':
      return rejectedLink(file);
    case 'file':
      return withIoErrors(file, 'read', () => read(file, atMost));
    case 'folder':
    case 'device':
      return refused('output-not-a-file', `${shown(file)} is a ${kind}, not a file.`);
  }
}

async function read(file: string, atMost: number): Promise<Found> {
  try {
    const bytes = await readRegularFile(file, atMost, { noFollow: true });
    return { kind: 'file', bytes, mode: (await lstat(file)).mode & 0o777 };
  } catch (error) {
    // What it was a moment ago it need not be any more: another run removes its journal when it ends.
    if (isGone(error)) return { kind: 'absent' };
    if (errnoOf(error) === 'ELOOP') return rejectedLink(file);
    if (!(error instanceof UnfitFile)) throw error;
    const code = error.code === 'TOO_LARGE' ? 'output-too-large' : 'output-not-a-file';
    return refused(code, `${shown(file)} is no file of a kit: ${error.message}.`);
  }
}

/** What keeps `path` from being there at all: one of the folders it lies in is absent, or is no folder. */
export async function obstacleBefore(
  out: string,
  path: string,
): Promise<Exclude<Found, { kind: 'file' }> | undefined> {
  for (const folder of ['.', ...parentsOf(path)]) {
    const kind = await kindOf(join(out, folder));
    if (kind === 'absent') return { kind };
    if (kind === 'link') return rejectedLink(join(out, folder));
    if (kind !== 'folder')
      return refused('output-not-a-folder', `${shown(join(out, folder))} is not a folder.`);
  }
  return undefined;
}

/** What a path is, without following it. A path beneath a file is absent. */
export async function kindOf(path: string): Promise<'absent' | 'link' | 'file' | 'folder' | 'device'> {
  return withIoErrors(path, 'read', async () => {
    try {
      const stats = await lstat(path);
      if (stats.isSymbolicLink()) return 'link';
      if (stats.isFile()) return 'file';
      return stats.isDirectory() ? 'folder' : 'device';
    } catch (error) {
      if (isGone(error)) return 'absent';
      throw error;
    }
  });
}

function rejectedLink(path: string) {
  return refused('output-link', `${shown(path)} is a symbolic link.`);
}

function refused(
  code: 'output-link' | 'output-not-a-folder' | 'output-not-a-file' | 'output-too-large',
  message: string,
) {
  return { kind: 'refused', diagnostic: diagnostic(code, message) } as const;
}
