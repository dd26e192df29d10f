import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { movedKits } from '../diff/moved.js';
import { findNearby } from '../init/documents.js';
import { kindOf } from '../kit/disk.js';
import { manifestPath, readManifest } from '../kit/manifest.js';
import type { Revision } from '../revision/revision.js';
import { kitAsOf, kitsIn, namedBy } from './versions.js';

/** Where the kits of a comparison were in its base. */
export interface KitsBefore {
  /** The folder then of a kit that is somewhere else now, by its folder now. */
  readonly moved: ReadonlyMap<string, string>;
  /** The folders of kits that are nowhere now. */
  readonly gone: readonly string[];
  /** The folders that hold a kit which is not among those now. */
  readonly left: readonly string[];
}

/**
 * Looks where kits were that a revision holds and the other side does not: moved, where a kit that the revision does not hold
 * has most of their events or is the only one; else gone. A kit whose folder has stayed, though it is not among those now, is
 * left behind, and may have moved as well.
 *
 * @param outs the folders of the kits now
 * @param isAll whether there are no others: a folder that a package of its own has is not looked at
 */
export async function kitsOf(
  base: string | undefined,
  head: string | undefined,
  outs: readonly string[],
  cwd: string,
  isAll: boolean,
): Promise<KitsBefore> {
  const before = base === undefined ? undefined : await namedBy(base, cwd);
  const after = head === undefined ? undefined : await namedBy(head, cwd);
  const near = isAll && head === undefined ? await kitsNear(outs, cwd) : [];
  if (before?.kind !== 'revision' || (after !== undefined && after.kind !== 'revision'))
    return { moved: new Map(), gone: [], left: near };
  const then = kitsIn(before.revision);
  const now = after ? kitsIn(after.revision) : undefined;
  const isThere = async (out: string) =>
    now?.includes(out) ?? (await kindOf(join(out, manifestPath))) !== 'absent';
  const lost: string[] = [];
  const stayed: string[] = [];
  for (const out of then) {
    if (outs.includes(out)) continue;
    if (!(await isThere(out))) lost.push(out);
    else if (isAll && head === undefined && !(await isOfAnother(out, cwd))) stayed.push(out);
  }
  const left = [...new Set([...stayed, ...near])].sort();
  const come = outs.filter((out) => !then.includes(out));
  const next = new Map(
    await Promise.all(come.map(async (out) => [out, await eventsOf(out, after?.revision, cwd)] as const)),
  );
  const old = new Map(
    await Promise.all(
      [...lost, ...stayed].map(async (out) => [out, await eventsOf(out, before.revision, cwd)] as const),
    ),
  );
  // Of one that is still there, only its events can say that it has moved.
  for (const out of stayed) {
    const events = old.get(out) ?? new Set();
    if (![...next.values()].some((each) => [...each].some((name) => events.has(name)))) old.delete(out);
  }
  const moved = movedKits(old, next);
  const known = new Set(moved.values());
  return { moved, gone: lost.filter((out) => !known.has(out)), left };
}

/**
 * The kits that a comparison with a revision is about where nothing says which there are, as after a configuration was deleted:
 * those that the revision holds, and those that the other side holds: a revision, or the project near its top. What a package
 * of its own has is not looked at.
 *
 * @returns folders; undefined where the base is no revision with kits, and the documents are what is compared
 */
export async function kitsFound(
  base: string,
  head: string | undefined,
  cwd: string,
): Promise<{ readonly then: readonly string[]; readonly now: readonly string[] } | undefined> {
  const before = await namedBy(base, cwd);
  const after = head === undefined ? undefined : await namedBy(head, cwd);
  if (before.kind !== 'revision' || (after !== undefined && after.kind !== 'revision')) return undefined;
  const then = ownKits(before.revision, cwd);
  if (then.length === 0) return undefined;
  return { then, now: after ? ownKits(after.revision, cwd) : await kitsNow(then, cwd) };
}

/** Those of some kits that are there, and those near the top of the project. */
async function kitsNow(then: readonly string[], cwd: string): Promise<readonly string[]> {
  const now = new Set(await kitsNear([], cwd));
  for (const out of then) if ((await kindOf(join(out, manifestPath))) !== 'absent') now.add(out);
  return [...now].sort();
}

/** The kits of a revision that no package below the working directory has. */
function ownKits(revision: Revision, cwd: string): readonly string[] {
  const packages = revision.named('package.json').map(dirname);
  return kitsIn(revision).filter(
    (out) => !packages.some((each) => each !== cwd && `${out}${sep}`.startsWith(`${each}${sep}`)),
  );
}

/** The names of a kit's events: now, or in a revision. */
async function eventsOf(out: string, from: Revision | undefined, cwd: string): Promise<ReadonlySet<string>> {
  const manifest = from ? await kitAsOf(from, out, cwd) : await readManifest(out);
  return new Set(manifest?.contract?.().events.map(({ name }) => name));
}

/** The kits near the top of the project that are not among some. */
async function kitsNear(outs: readonly string[], cwd: string): Promise<readonly string[]> {
  const near: string[] = [];
  for (const path of (await findNearby(cwd)).kits) {
    const out = resolve(cwd, path);
    if (!outs.includes(out) && !(await isOfAnother(out, cwd))) near.push(out);
  }
  return near;
}

/** Whether a folder belongs to a package or to a configuration of its own, between it and the working directory. */
async function isOfAnother(out: string, cwd: string): Promise<boolean> {
  let folder = cwd;
  for (const name of relative(cwd, out).split(sep)) {
    folder = join(folder, name);
    const names = await readdir(folder).catch(() => []);
    if (names.some((each) => each === 'package.json' || each.startsWith('freshworks-gen.config.')))
      return true;
  }
  return false;
}
