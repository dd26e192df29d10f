import { basename, dirname, join, resolve, sep } from 'node:path';
import { contractOf, type Contract } from '../model/contract.js';
import type { Files } from '../model/files.js';
import { whereabouts } from '../catalog/source-map.js';
import { checkRecorded } from '../config/recorded.js';
import { settle, type Options, type Settings } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { mergeRepeated } from '../diagnostics/repeated.js';
import { fileName } from '../diagnostics/file-name.js';
import { printable } from '../diagnostics/printable.js';
import { accept, type Accepted, type ReportedChange } from '../diff/accepted.js';
import type { Locate } from '../diff/change.js';
import { compare, inOrder } from '../diff/compare.js';
import { movedKits } from '../diff/moved.js';
import { only } from '../diff/only.js';
import { compareParts, partsIn, type KitParts } from '../diff/parts.js';
import { read } from './generate.js';
import { contractText } from '../kit/contract.js';
import { kindOf } from '../kit/disk.js';
import { manifestPath, parseManifest, readManifest, type Manifest } from '../kit/manifest.js';
import { isPath, isRevision, openRevision, revisionIn, type Revision } from '../revision/revision.js';

export type { Accepted, ReportedChange } from '../diff/accepted.js';

export interface DiffOptions extends Omit<Options, 'out'> {
  /** The kit's folder, whose recorded options are replayed. */
  readonly out?: string | undefined;
  /**
   * What was: a folder with a kit, a document or a git revision; the committed kit, where it is left out. A word that could
   * be both is rejected: `git:main` is the revision, `./main` the file.
   */
  readonly base?: string | undefined;
  /** What is: likewise; the documents as they are now, where it is left out; null for a kit that is gone. */
  readonly head?: string | null | undefined;
  /** The folder of the kit in a revision that had it elsewhere: see `kitsOf`. */
  readonly was?: string | undefined;
  /** These products alone are compared. `products` says which ones the kit is generated for now. */
  readonly only?: readonly string[] | undefined;
  readonly accepted?: readonly Accepted[] | undefined;
}

/** One of the two that were compared. */
export interface Version {
  /** As the user would name it. */
  readonly name: string;
  readonly kind: 'document' | 'documents' | 'kit' | 'revision';
}

export interface Difference {
  readonly base: Version;
  readonly head: Version;
  /** The worst first. */
  readonly changes: readonly ReportedChange[];
  /** What is accepted and is no change. */
  readonly unused: readonly Accepted[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A version with what it promises, and where it says so. */
interface Promised extends Version {
  readonly contract: Contract;
  /** What the kit has beside events; undefined where there is no kit to have it. */
  readonly parts: KitParts | undefined;
  locate(): Locate | Promise<Locate | undefined> | undefined;
}

/**
 * What a change of documents means for those who receive their events. Writes nothing; starts git where a revision is named,
 * and nothing else.
 *
 * @throws Rejected for a version that cannot be found or read
 */
export async function diff(options: DiffOptions = {}): Promise<Difference> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => diagnostics.push(found);
  const cwd = options.cwd ?? process.cwd();
  const [out, was] = [options.out, options.was].map((path) => path && resolve(cwd, path));
  const manifest = out === undefined ? undefined : await readManifest(out);
  const settings = settle({ ...options, out: out ?? '.', cwd }, manifest?.options);

  const base = options.base === undefined ? committed(manifest, out, settings) : await version(options.base);
  const head =
    options.head === null
      ? none('no kit')
      : options.head === undefined
        ? await documentsNow()
        : await version(options.head);
  const [before, after] = [base, head].map(({ contract }) => only(contract, options.only)) as [
    Contract,
    Contract,
  ];
  const isAlike = contractText(before) === contractText(after);
  const found = isAlike
    ? []
    : compare(before, after, { base: await base.locate(), head: await head.locate() });
  const all = inOrder([...found, ...compareParts(base.parts, head.parts)]);
  const { changes, unused } = accept(all, options.accepted ?? []);
  return {
    base: versionOf(base),
    head: versionOf(head),
    changes,
    unused,
    diagnostics: mergeRepeated(diagnostics),
  };

  async function documentsNow(): Promise<Promised> {
    await checkRecorded(settings);
    return documents({ name: 'the documents', kind: 'documents' }, settings);
  }

  async function version(text: string): Promise<Promised> {
    const named = await namedBy(text, cwd);
    if (named.kind === 'revision') return asOf(named.revision, was ?? out, settings);
    const name = fileName(named.path, cwd);
    if (named.kind === 'kit') return recorded({ name, kind: 'kit' }, named.manifest, name);
    return documents({ name, kind: 'document' }, { ...settings, spec: [named.path] });
  }

  async function documents(named: Version, from: Settings, files?: Files): Promise<Promised> {
    const { catalog } = await read(from, false, report, undefined, files);
    const contract = contractOf(catalog);
    return { ...named, contract, parts: partsIn(settings), locate: () => whereabouts(catalog) };
  }

  /** The documents of a revision without a kit. Where they are not there either, they came since. */
  async function documentsAsOf({ files }: Revision, named: Version, from: Settings): Promise<Promised> {
    try {
      return await documents(named, from, files);
    } catch (error) {
      if (!areMissing(error)) throw error;
      const message = `${printable(named.name)} holds neither a kit nor the documents: all there is now is new.`;
      report(diagnostic('revision-empty', message));
      return { ...none(named.name), kind: named.kind };
    }
  }

  /** What a revision promises: what its kit has recorded, or what its documents say with the options in force now. */
  async function asOf(revision: Revision, kit: string | undefined, from: Settings): Promise<Promised> {
    const named: Version = { name: revision.name, kind: 'revision' };
    const was = kit === undefined ? undefined : await kitAsOf(revision, kit, cwd);
    if (was?.contract === undefined) return documentsAsOf(revision, named, from);
    return {
      ...named,
      contract: was.contract(),
      parts: partsIn(settle({ out: from.out, cwd }, was.options)),
      locate: () => locateAsOf(revision, settle({ out: kit ?? from.out, cwd }, was.options), was),
    };
  }
}

/** What there was before the first document, and is after the last: nothing to rely on. */
function none(name: string): Promised {
  const contract: Contract = { products: [], events: [], types: [] };
  return { name, kind: 'kit', contract, parts: undefined, locate: () => undefined };
}

/** Whether all that is wrong is that documents are not there. */
function areMissing(error: unknown): error is Rejected {
  return error instanceof Rejected && error.diagnostics.every(({ code }) => code === 'file-missing');
}

/** What a word of the command line names. */
type Named =
  | { readonly kind: 'document'; readonly path: string }
  | { readonly kind: 'kit'; readonly path: string; readonly manifest: Manifest }
  | { readonly kind: 'revision'; readonly revision: Revision };

/** @throws Rejected for a word that names nothing, or two things */
async function namedBy(text: string, cwd: string): Promise<Named> {
  const asked = revisionIn(text);
  if (asked !== undefined) return revisionOf(asked, `${printable(text)} is`);
  const path = resolve(cwd, text);
  const kind = await kindOf(path);
  const manifest = kind === 'folder' ? await readManifest(path) : undefined;
  const isFile = kind === 'file' || kind === 'link';
  if ((manifest || isFile) && !isPath(text) && (await isRevision(text, cwd))) {
    const message = `${printable(text)} is ${manifest ? 'a kit' : 'a file'}, and a revision as well.`;
    throw new Rejected(diagnostic('version-ambiguous', message));
  }
  if (manifest) return { kind: 'kit', path, manifest };
  if (isFile) return { kind: 'document', path };
  const what = kind === 'folder' ? 'a folder without a kit' : 'neither a folder nor a file';
  return revisionOf(text, `${printable(text)} is ${what}, and`);

  async function revisionOf(name: string, subject: string): Promise<Named> {
    const revision = await openRevision(name, cwd);
    if (!('reason' in revision)) return { kind: 'revision', revision };
    throw new Rejected(diagnostic('version-unknown', `${subject} no revision: ${revision.reason}.`));
  }
}

/** Where the kits of a comparison were in its base. */
export interface KitsBefore {
  /** The folder then of a kit that is somewhere else now, by its folder now. */
  readonly moved: ReadonlyMap<string, string>;
  /** The folders of kits that are nowhere now. */
  readonly gone: readonly string[];
}

/**
 * Looks where kits were that a revision holds and the other side does not: moved, where a kit that the revision does not hold
 * has most of their events or is the only one; else gone.
 *
 * @param outs the folders of the kits now
 */
export async function kitsOf(
  base: string | undefined,
  head: string | undefined,
  outs: readonly string[],
  cwd: string,
): Promise<KitsBefore> {
  const none: KitsBefore = { moved: new Map(), gone: [] };
  const before = base === undefined ? undefined : await namedBy(base, cwd);
  const after = head === undefined ? undefined : await namedBy(head, cwd);
  if (before?.kind !== 'revision' || (after !== undefined && after.kind !== 'revision')) return none;
  const then = kitsIn(before.revision);
  const now = after ? kitsIn(after.revision) : undefined;
  const isThere = async (out: string) =>
    now?.includes(out) ?? (await kindOf(join(out, manifestPath))) !== 'absent';
  const lost: string[] = [];
  for (const out of then) if (!outs.includes(out) && !(await isThere(out))) lost.push(out);
  const come = outs.filter((out) => !then.includes(out));
  if (lost.length === 0) return none;
  const eventsOf = async (out: string, from: Revision | undefined) => {
    const manifest = from ? await kitAsOf(from, out, cwd) : await readManifest(out);
    return new Set(manifest?.contract?.().events.map(({ name }) => name));
  };
  const old = await Promise.all(
    lost.map(async (out) => [out, await eventsOf(out, before.revision)] as const),
  );
  const next = await Promise.all(
    come.map(async (out) => [out, await eventsOf(out, after?.revision)] as const),
  );
  const moved = movedKits(new Map(old), new Map(next));
  const known = new Set(moved.values());
  return { moved, gone: lost.filter((out) => !known.has(out)) };
}

/** The folders of the kits that a revision holds; what was installed is nobody's own. */
function kitsIn(revision: Revision): readonly string[] {
  const manifests = revision.named(basename(manifestPath));
  return manifests.map(dirname).filter((out) => !out.split(sep).includes('node_modules'));
}

function versionOf({ name, kind }: Version): Version {
  return { name, kind };
}

/** What the kit that is there has recorded. */
function committed(manifest: Manifest | undefined, out: string | undefined, { cwd }: Settings): Promised {
  if (out === undefined) {
    const message = 'There is nothing to compare with: neither a base nor a kit, which --out would name.';
    throw new Rejected(diagnostic('option-missing', message));
  }
  const name = fileName(out, cwd);
  if (manifest === undefined) throw new Rejected(diagnostic('kit-missing', `there is no kit in ${name}`));
  return recorded({ name, kind: 'kit' }, manifest, name);
}

function recorded(named: Version, { contract, generator, options }: Manifest, folder: string): Promised {
  if (contract === undefined) {
    const message = `The kit in ${folder} was written by version ${printable(generator)}, which recorded no contract.`;
    throw new Rejected(diagnostic('contract-missing', message));
  }
  const parts = partsIn(settle({ out: '.' }, options));
  return { ...named, contract: contract(), parts, locate: () => undefined };
}

/** The manifest of a kit in a revision; undefined where it held none. */
async function kitAsOf({ files }: Revision, out: string, cwd: string): Promise<Manifest | undefined> {
  const path = join(out, manifestPath);
  try {
    return parseManifest(await files.read(path, mebibytesAtMost * 2 ** 20), files.name(path, cwd));
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

const mebibytesAtMost = 16;

/** Where the documents of a revision say what its kit has recorded; nowhere, where they say anything else. */
async function locateAsOf(
  { files }: Revision,
  settings: Settings,
  { contract }: Manifest,
): Promise<Locate | undefined> {
  try {
    const { catalog } = await read(settings, false, () => undefined, undefined, files);
    const isSame = contract && contractText(contractOf(catalog)) === contractText(contract());
    return isSame ? whereabouts(catalog) : undefined;
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
}
