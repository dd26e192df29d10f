import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { errnoOf, explained } from '../disk/errno.js';
import { readRegularFileSync } from '../disk/regular-file.js';

/** No delivery that is taken is larger: a body of 16 MiB, its answer and its headers. */
const bytesAtMost = 2 ** 25;

/** Long paths and notes make long first lines. */
const firstLineAtMost = 2 ** 18;
const usualFirstLine = 2 ** 12;

/** A draft of another process that is still at work is younger. */
const draftMs = 60_000;

/**
 * Makes a folder that this user alone reads, and those above it that are ours.
 *
 * @param base what is not ours, and may be a link
 * @param names the folders below it
 * @returns the innermost one
 */
export function ownFolder(base: string, names: readonly string[]): string {
  return writing(base, () => {
    mkdirSync(base, { recursive: true, mode: 0o700 });
    return names.reduce((above, name) => {
      const folder = join(above, name);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const stats = lstatSync(folder);
      // What is written there would lie elsewhere, and what is removed there would be somebody else's.
      if (stats.isSymbolicLink() || !stats.isDirectory())
        throw new Rejected(diagnostic('store-folder', `${folder} is no folder, or a link to one`));
      if ((stats.mode & 0o077) !== 0 && process.platform !== 'win32') chmodSync(folder, 0o700);
      return folder;
    }, base);
  });
}

/** Makes a folder that is not ours, such as one among the user's tests. */
export function sharedFolder(folder: string): void {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
}

/**
 * Looks whether the folder is the user's own, as far as it is there.
 *
 * @throws Rejected `store-folder` where a link leads elsewhere: what is read or removed there would be somebody else's
 */
export function checkFolder(base: string, names: readonly string[]): void {
  let folder = base;
  for (const name of names) {
    folder = join(folder, name);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isSymbolicLink() || !stats.isDirectory())
      throw new Rejected(diagnostic('store-folder', `${folder} is no folder, or a link to one`));
  }
}

/** The names in a folder, in no order; none where the folder is not there. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw ioError('read', folder, error);
  }
}

/** Is another number whenever a name has come or gone. */
export function stampOf(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Is another text for a file that was written anew: a whole one is put in the place of the one before. */
export function versionOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.mtimeMs}`;
}

/**
 * The beginning of a file: as much as `enough` wants of it. Undefined for what cannot be read or is no regular file.
 *
 * @param enough is asked with what has been read so far; undefined asks for more
 */
export function beginningOf<T>(path: string, enough: (bytes: Uint8Array) => T | undefined): T | undefined {
  try {
    const handle = openSync(path, readOnly);
    try {
      if (!fstatSync(handle).isFile()) return undefined;
      for (let length = usualFirstLine; length <= firstLineAtMost; length *= 8) {
        const bytes = Buffer.allocUnsafe(length);
        const count = readSync(handle, bytes, 0, length, 0);
        const found = enough(bytes.subarray(0, count));
        if (found !== undefined || count < length) return found;
      }
      return undefined;
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}

/** A file as it is; undefined for what is gone, cannot be read or is no regular file. */
export function wholeFile(path: string): Uint8Array | undefined {
  try {
    return readRegularFileSync(path, bytesAtMost, { noFollow: true });
  } catch {
    return undefined;
  }
}

/** Writes a file that this user alone reads, whole or not at all. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array | string): void {
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
  writing(folder, () => {
    try {
      writeFileSync(draft, bytes, { flag: 'wx', mode: 0o600 });
      renameSync(draft, join(folder, name));
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** Removes a file, or a link and not what it leads to; a folder is not ours. Whether something was removed. */
export function removeFile(path: string): boolean {
  return writing(path, () => {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) return false;
    rmSync(path, { force: true });
    return true;
  });
}

export function isDraft(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.tmp$/s.test(name);
}

/** Removes what a killed process has left. */
export function removeDrafts(folder: string, names: readonly string[]): void {
  for (const name of names.filter(isDraft)) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === true && Date.now() - stats.mtimeMs > draftMs) rmSync(path, { force: true });
  }
}

/** Windows has neither links that anybody may make nor pipes with a name in a folder. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants as Partial<typeof constants>;
const readOnly = (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ioError('write', path, error);
  }
}

function ioError(doing: string, path: string, error: unknown): unknown {
  return explained(
    error,
    (reason) => new Rejected(diagnostic('store-io', `Cannot ${doing} ${path}: ${reason}.`)),
  );
}
