import { access, constants, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { PlannedFile } from './plan.js';
import { withIoErrors } from './io-errors.js';
import { readProject, slashed, type Survey } from './survey.js';

/**
 * Writes files of a plan, each whole or not at all, and only where the disk still is what the plan saw.
 *
 * @throws Rejected `init-moved-on`, `init-obstacle`, `init-io`; then all are looked at again before any is written
 */
export async function writePlanned(
  { root, cwd }: Pick<Survey, 'root' | 'cwd'>,
  files: readonly PlannedFile[],
): Promise<void> {
  for (const each of files) await isAsPlanned(each, root, cwd);
  for (const each of files) {
    await withIoErrors('write', each.path, async () => {
      await mkdir(dirname(each.file), { recursive: true });
      await replace(each);
    });
  }
}

async function isAsPlanned({ file, path, before }: PlannedFile, root: string, cwd: string): Promise<void> {
  const now = await readProject(root, slashed(relative(root, file)), cwd);
  if (now !== before)
    throw new Rejected(diagnostic('init-moved-on', `${path} is no longer what it was when init looked.`));
  if (now !== undefined) await withIoErrors('write', path, () => access(file, constants.W_OK));
}

async function replace({ file, before, after }: PlannedFile): Promise<void> {
  if (before === undefined) {
    // Fails where anything, a link too, has come into its place.
    await writeFile(file, after, { flag: 'wx' });
    return;
  }
  const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, after, { flag: 'wx', mode: (await lstat(file)).mode & 0o777 });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
