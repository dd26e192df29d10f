import { mkdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { lookUp } from '../kit/disk.js';
import { onInterruption } from './interruption.js';
import { addToJournal, journalPath, readJournal } from './journal.js';
import { lock, lockPath, refuseWhileLocked } from './lock.js';
import { manifestPath } from '../kit/manifest.js';
import { parentsOf } from '../kit/path.js';
import type { Plan, PlannedFile } from './plan.js';
import { errnoOf } from '../disk/errno.js';
import { withIoErrors } from '../kit/io-errors.js';
import { refusals } from './refusals.js';
import { sha256 } from '../kit/sha256.js';
import { shown } from '../kit/shown.js';
import { sweep, temporaryName, writeNew } from './temporary.js';

/**
 * Carries out a plan: all of it written beside the old files first, then renamed into place, the manifest last. Killed at
 * any moment it leaves every file whole, old or new, and the next run completes the job. Files that are as they should be
 * are not touched, and where all are, nothing is.
 *
 * @param options.force whether to overwrite and remove what was edited by hand or is foreign
 * @throws Rejected `kit-module-shadowed`, `kit-in-kit`; `output-edited` and `output-foreign` without `force`; `output-locked`; `output-moved-on` when a file
 * is no longer what the plan saw; `output-io` naming the file
 */
export async function write(plan: Plan, options: { readonly force?: boolean } = {}): Promise<void> {
  const refused = refusals(plan, options);
  if (refused.length > 0) {
    // What looks edited may be the work of another run, which has not ended or has done so since.
    await refuseWhileLocked(plan.out);
    for (const file of [...plan.files, plan.manifest]) await isDone(plan.out, file);
    throw new Rejected(...refused);
  }

  const due = plan.files.filter(({ state }) => state !== 'unchanged');
  const isCurrent = due.length === 0 && plan.manifest.state === 'unchanged';
  if (isCurrent && !plan.unfinished) return;

  const made = await makeFolder(resolve(plan.out));
  try {
    await whileLocked(plan.out, (temporaries) => replaceAll(plan, due, temporaries, made));
  } finally {
    await removeEmpty(made);
  }
}

/** Gives the folder back and removes the temporary files however the work ends. */
async function whileLocked(out: string, work: (temporaries: Set<string>) => Promise<void>): Promise<void> {
  const unlock = await lock(out);
  const temporaries = new Set<string>();
  const forget = onInterruption(() => {
    for (const file of temporaries) rmSync(file, { force: true });
    unlock();
  });
  try {
    await work(temporaries);
  } finally {
    for (const file of temporaries) await rm(file, { force: true }).catch(() => undefined);
    unlock();
    forget();
  }
}

async function replaceAll(plan: Plan, due: readonly PlannedFile[], temporaries: Set<string>, made: string[]) {
  const { out, manifest } = plan;
  const last = manifest.state === 'unchanged' ? [] : [manifest];
  for (const file of [...due, ...last]) await isDone(out, file);

  const earlier = await readJournal(out);
  await sweep(out, [
    ...plan.files.map(({ path }) => path),
    ...(earlier?.keys() ?? []),
    manifestPath,
    lockPath,
  ]);

  const staged = new Map<PlannedFile, string>();
  try {
    await addToJournal(out, intentions(due));
    for (const file of [...due, ...last]) {
      if (file.after === undefined) continue;
      for (const folder of parentsOf(file.path)) await makeOne(join(out, folder), made);
      const temporary = join(out, temporaryName(file.path));
      temporaries.add(temporary);
      await stage(out, file, file.after, temporary);
      staged.set(file, temporary);
    }
  } catch (error) {
    // Nothing was replaced, so there is nothing that a next run would have to recognise.
    if (earlier === undefined) await rm(join(out, journalPath), { force: true }).catch(() => undefined);
    throw error;
  }

  for (const file of [...due, ...last]) {
    const temporary = staged.get(file);
    if (temporary === undefined) await remove(out, file);
    else await putInPlace(out, file, temporary);
  }
  for (const path of earlier?.keys() ?? [])
    await removeEmpty(parentsOf(path).map((folder) => join(out, folder)));
  await withIoErrors(join(out, journalPath), 'remove', () => rm(join(out, journalPath), { force: true }));
}

/** The hashes this run will leave on disk, line ends aside. Handlers are the user's and have no need of them. */
function intentions(due: readonly PlannedFile[]): ReadonlyMap<string, string> {
  return new Map(
    due.flatMap(({ path, role, after }) =>
      role === 'generated' && after !== undefined
        ? [[path, sha256(after.replaceAll('\r\n', '\n'))] as const]
        : [],
    ),
  );
}

/** Writes a file beside its place: a full disk or a missing permission shows before anything is replaced. */
async function stage(out: string, file: PlannedFile, code: string, temporary: string): Promise<void> {
  const found = await lookUp(out, file.path);
  const mode = found.kind === 'file' ? found.mode : undefined;
  await withIoErrors(join(out, file.path), 'write', () =>
    writeNew(temporary, code, mode, file.role === 'handler'),
  );
}

async function putInPlace(out: string, file: PlannedFile, temporary: string): Promise<void> {
  const target = join(out, file.path);
  if (await isDone(out, file)) await withIoErrors(temporary, 'remove', () => rm(temporary, { force: true }));
  else await withIoErrors(target, 'write', () => rename(temporary, target));
}

/** Removes a file, and the folders that it alone kept. */
async function remove(out: string, file: PlannedFile): Promise<void> {
  const target = join(out, file.path);
  if (!(await isDone(out, file))) await withIoErrors(target, 'remove', () => unlink(target));
  await removeEmpty(parentsOf(file.path).map((folder) => join(out, folder)));
}

/**
 * Whether a file is already as the plan wants it: another run may have been quicker.
 *
 * @throws Rejected `output-moved-on` when it is neither that nor what the plan saw
 */
async function isDone(out: string, file: PlannedFile): Promise<boolean> {
  const found = await lookUp(out, file.path);
  if (found.kind === 'refused') throw new Rejected(found.diagnostic);
  const now = found.kind === 'file' ? sha256(found.bytes) : undefined;
  if (now === (file.after === undefined ? undefined : sha256(file.after))) return true;
  if (now === file.beforeSha256) return false;
  throw new Rejected(
    diagnostic('output-moved-on', `${shown(join(out, file.path))} changed after the run had looked at it.`),
  );
}

/** Makes a folder and what it lies in; returns the folders that were missing, outermost first. */
async function makeFolder(folder: string): Promise<string[]> {
  const first = await withIoErrors(folder, 'write', () => mkdir(folder, { recursive: true }));
  const made: string[] = [];
  if (first === undefined) return made;
  for (let each = folder; each.length >= first.length; each = dirname(each)) made.unshift(each);
  return made;
}

async function makeOne(folder: string, made: string[]): Promise<void> {
  await withIoErrors(folder, 'write', async () => {
    try {
      await mkdir(folder);
      made.push(folder);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  });
}

/** Removes those folders, innermost first, that hold nothing. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined);
}
