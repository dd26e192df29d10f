import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { link, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { readRegularFile, readRegularFileSync, UnfitFile } from '../disk/regular-file.js';
import { kindOf } from '../kit/disk.js';
import { errnoOf } from '../disk/errno.js';
import { withIoErrors } from '../kit/io-errors.js';
import { shown } from '../kit/shown.js';
import { temporaryName } from './temporary.js';

export const lockPath = '.freshworks-gen.lock';

/** What file systems without hard links say to one. */
const withoutLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** There, a lock without readable content is being written, unless it is older than this. */
const writingTakesAtMostMs = 5_000;

/** Many times what a lock holds. */
const bytesAtMost = 4 * 1024;

/** Tokens of the locks that this process holds: a lock with its process id and another token is from before a restart. */
const held = new Set<string>();

/** Gives the folder back. Synchronous, so that it can run while the process exits. */
export type Unlock = () => void;

/**
 * Takes the folder for this run alone. A lock that a dead process of this host left is taken over.
 *
 * @param out an existing folder
 * @throws Rejected `output-locked`, naming the process that holds it
 */
export async function lock(out: string): Promise<Unlock> {
  const file = join(out, lockPath);
  const token = randomBytes(8).toString('hex');
  const content = `${JSON.stringify({ pid: process.pid, host: hostname(), started: new Date().toISOString(), token })}\n`;

  // Each further attempt means that another run ended, or was found dead, in between.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await create(file, content)) {
      held.add(token);
      return () => unlock(file, content, token);
    }
    await displace(file);
  }
  throw new Rejected(diagnostic('output-locked', `${shown(file)} is taken again and again by other runs.`));
}

/**
 * Looks whether another run has the folder, and takes nothing.
 *
 * @throws Rejected `output-locked`, naming the process that holds it
 */
export async function refuseWhileLocked(out: string): Promise<void> {
  const file = join(out, lockPath);
  const content = (await kindOf(file)) === 'file' ? await readIfThere(file) : undefined;
  if (content !== undefined && (await isLive(file, content))) throw lockedBy(file, content);
}

/** Links a finished file into place, so that no lock is ever without its content, not even when its run is killed here. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = join(file, '..', temporaryName(lockPath));
  return withIoErrors(file, 'write', async () => {
    try {
      await writeFile(draft, content, { flag: 'wx' });
      await link(draft, file).catch((error: unknown) => {
        if (!withoutLinks.has(errnoOf(error) ?? '')) throw error;
        return writeFile(file, content, { flag: 'wx' });
      });
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      // Another run made the folder, had nothing to leave in it, and removed it again.
      if (errnoOf(error) === 'ENOENT')
        throw new Rejected(diagnostic('output-locked', `${shown(file)} was taken away by another run.`));
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  });
}

/** Puts a dead run's lock aside. */
async function displace(file: string): Promise<void> {
  const kind = await kindOf(file);
  if (kind === 'absent') return;
  if (kind !== 'file') {
    throw new Rejected(
      diagnostic('output-link', `${shown(file)} is a ${kind}, not the lock of another run.`),
    );
  }
  const content = await readIfThere(file);
  if (content === undefined) return;
  if (await isLive(file, content)) throw lockedBy(file, content);

  const aside = join(file, '..', temporaryName(lockPath));
  const isAside = await withIoErrors(file, 'remove', async () => {
    try {
      await rename(file, aside);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    }
  });
  if (!isAside) return;
  // Another run may have displaced the dead lock first and put its own there: give that one back.
  const moved = await readIfThere(aside);
  if (moved !== undefined && moved !== content) {
    await link(aside, file).catch(() => undefined);
    await rm(aside, { force: true });
    throw lockedBy(file, moved);
  }
  await rm(aside, { force: true });
}

async function readIfThere(file: string): Promise<string | undefined> {
  return withIoErrors(file, 'read', async () => {
    try {
      return (await readRegularFile(file, bytesAtMost, { noFollow: true })).toString();
    } catch (error) {
      // No lock that a run has written; whether one is being written goes by its age.
      if (error instanceof UnfitFile) return '';
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

async function isLive(file: string, content: string): Promise<boolean> {
  const holder = readHolder(content);
  if (holder === undefined) {
    const writtenMs = await lstat(file).then(
      (stats) => stats.mtimeMs,
      () => 0,
    );
    return Date.now() - writtenMs < writingTakesAtMostMs;
  }
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(holder.token);
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    // The process exists, and is another user's.
    return errnoOf(error) === 'EPERM';
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
  readonly token: string;
}

function readHolder(content: string): Holder | undefined {
  try {
    const { pid, host, started, token } = JSON.parse(content) as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1 || pid > 2 ** 31 - 1)
      return undefined;
    if (typeof host !== 'string' || typeof started !== 'string' || typeof token !== 'string')
      return undefined;
    return { pid, host, started, token };
  } catch {
    return undefined;
  }
}

function lockedBy(file: string, content: string): Rejected {
  const holder = readHolder(content);
  const who = holder
    ? `process ${holder.pid} on ${holder.host} has been writing to the folder since ${holder.started}`
    : 'another run is about to write to the folder';
  return new Rejected(
    diagnostic('output-locked', `${who[0]?.toUpperCase()}${who.slice(1)} (${shown(file)}).`),
  );
}

function unlock(file: string, content: string, token: string): void {
  held.delete(token);
  try {
    if (readRegularFileSync(file, bytesAtMost, { noFollow: true }).toString() === content) unlinkSync(file);
  } catch {
    // Gone already; and a lock that cannot be removed names a process that will be dead.
  }
}
