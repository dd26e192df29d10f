import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { errnoOf, reasonOf } from '../disk/errno.js';

/** A file for one secret, for this user alone. */
export interface SecretFile {
  /** Writes the secret, in the place of what the file held. */
  write(secret: string): Promise<void>;
  /** Has to be called at the end. */
  close(): Promise<void>;
}

/**
 * Sees to it that the file can be written before there is a secret: one that cannot be kept is lost.
 *
 * @throws Rejected `secret-file-unwritable`
 */
export async function openSecretFile(path: string, cwd: string): Promise<SecretFile> {
  const file = resolve(cwd, path);
  const beside = `${file}.${randomUUID()}`;
  const handle = await open(beside, 'wx', 0o600).catch((error: unknown) => unwritable(path, error));
  return {
    async write(secret) {
      try {
        await handle.writeFile(`${secret}\n`);
        await handle.sync();
        // What is there is replaced, were it a link.
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
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  const message = `${printable(path)} cannot be written: ${reasonOf(errno)}.`;
  throw new Rejected(diagnostic('secret-file-unwritable', message));
}
