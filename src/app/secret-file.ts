import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { explained, reasonOf, isGone } from '../disk/errno.js';

/** A file for one secret, for this user alone. */
export interface SecretFile {
  /**
   * Writes the secret, in the place of what the file held.
   *
   * @throws Rejected `secret-file-unwritable`
   */
  write(secret: string): Promise<void>;
  /** Has to be called at the end. */
  close(): Promise<void>;
}

/**
 * Sees to it that the file can be written before there is a secret: one that cannot be kept is lost. Only a regular file is
 * replaced: a folder cannot be, and whoever gives a link, a pipe or a device expects the secret at its other end.
 *
 * @throws Rejected `secret-file-unwritable`
 */
export async function openSecretFile(path: string, cwd: string): Promise<SecretFile> {
  const file = resolve(cwd, path);
  const there = await lstat(file).catch((error: unknown) =>
    isGone(error) ? undefined : unwritable(path, error),
  );
  if (there?.isFile() === false)
    throw refused(path, there.isDirectory() ? reasonOf('EISDIR') : 'what is in its place is no regular file');
  const beside = `${file}.${randomUUID()}`;
  const handle = await open(beside, 'wx', 0o600).catch((error: unknown) => unwritable(path, error));
  return {
    async write(secret) {
      try {
        await handle.writeFile(`${secret}\n`);
        await handle.sync();
        await rename(beside, file);
      } catch (error) {
        unwritable(path, error);
      }
    },
    async close() {
      await handle.close();
      await rm(beside, { force: true });
    },
  };
}

function unwritable(path: string, error: unknown): never {
  throw explained(error, (reason) => refused(path, reason));
}

function refused(path: string, reason: string): Rejected {
  return new Rejected(
    diagnostic('secret-file-unwritable', `${printable(path)} cannot be written: ${reason}.`),
  );
}
