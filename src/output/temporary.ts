import { randomBytes } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { kindOf, obstacleBefore } from '../kit/disk.js';
import { manifestPath } from '../kit/manifest.js';
import { withIoErrors } from '../kit/io-errors.js';

const pattern = /^\.(.+)\.[0-9a-f]{12}\.tmp$/s;

/** A name beside `path`'s own, in the same folder and so on the same file system, that no other run uses. */
export function temporaryName(path: string): string {
  const { dir, base } = posix.parse(path);
  return posix.join(dir, `.${base}.${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Writes a file that must not exist yet.
 *
 * @param mode permission bits to give it; without, what the process's mask leaves
 * @param durable whether to wait until the disk has it. Generated files can be made again, so they need not
 */
export async function writeNew(
  file: string,
  code: string,
  mode: number | undefined,
  durable: boolean,
): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(code);
    if (mode !== undefined) await handle.chmod(mode);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether records of a run lie in the folder beside the manifest: a run is at work there, or was killed. */
export async function isUnfinished(out: string): Promise<boolean> {
  if ((await kindOf(out)) === 'absent') return false;
  const names = await withIoErrors(out, 'read', () => readdir(out));
  return names.some((name) => /^\.{1,2}freshworks-gen\./.test(name) && name !== manifestPath);
}

/** Removes the temporary files that a killed run left for any of these paths; nothing else that happens to look alike. */
export async function sweep(out: string, paths: Iterable<string>): Promise<void> {
  const ours = new Set(paths);
  const byFolder = new Map([...ours].map((path) => [posix.dirname(path), path]));
  for (const [folder, path] of byFolder) {
    if ((await obstacleBefore(out, path)) !== undefined) continue;
    const absolute = join(out, folder);
    for (const entry of await withIoErrors(absolute, 'read', () =>
      readdir(absolute, { withFileTypes: true }),
    )) {
      const base = pattern.exec(entry.name)?.[1];
      if (base === undefined || !entry.isFile() || !ours.has(posix.join(folder, base))) continue;
      const file = join(absolute, entry.name);
      await withIoErrors(file, 'remove', () => rm(file, { force: true }));
    }
  }
}
