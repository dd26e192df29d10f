import { join, resolve } from 'node:path';
import { contractOf, type Contract } from './catalog/contract.js';
import type { Files } from './catalog/files.js';
import { whereabouts } from './catalog/whereabouts.js';
import { checkRecorded } from './config/recorded.js';
import { settle, type Options, type Settings } from './config/settings.js';
import { diagnostic, Rejected, type Diagnostic, type Report } from './diagnostics/diagnostic.js';
import { fileName } from './diagnostics/file-name.js';
import { printable } from './diagnostics/printable.js';
import { accept, type Accepted, type ReportedChange } from './diff/accepted.js';
import type { Locate } from './diff/change.js';
import { compare } from './diff/compare.js';
import { only } from './diff/only.js';
import { read } from './generate.js';
import { contractText } from './output/contract.js';
import { kindOf } from './output/disk.js';
import { manifestPath, parseManifest, readManifest, type Manifest } from './output/manifest.js';
import { isPath, isRevision, openRevision, revisionIn, type Revision } from './revision/revision.js';

export type { Accepted, ReportedChange } from './diff/accepted.js';

export interface DiffOptions extends Omit<Options, 'out'> {
  /** The kit's folder, whose recorded options are replayed. */
  readonly out?: string | undefined;
  /**
   * What was: a folder with a kit, a document or a git revision; the committed kit, where it is left out. A word that could
   * be both is rejected: `git:main` is the revision, `./main` the file.
   */
  readonly base?: string | undefined;
  /** What is: likewise; the documents as they are now, where it is left out. */
  readonly head?: string | undefined;
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
  const out = options.out === undefined ? undefined : resolve(cwd, options.out);
  const manifest = out === undefined ? undefined : await readManifest(out);
  const settings = settle({ ...options, out: out ?? '.', cwd }, manifest?.options);

  const base = options.base === undefined ? committed(manifest, out, settings) : await version(options.base);
  const head = options.head === undefined ? await documentsNow() : await version(options.head);
  const [before, after] = [base, head].map(({ contract }) => only(contract, settings.products)) as [
    Contract,
    Contract,
  ];
  const isAlike = contractText(before) === contractText(after);
  const found = isAlike
    ? []
    : compare(before, after, { base: await base.locate(), head: await head.locate() });
  const { changes, unused } = accept(found, options.accepted ?? []);
  return { base: versionOf(base), head: versionOf(head), changes, unused, diagnostics };

  async function documentsNow(): Promise<Promised> {
    await checkRecorded(settings);
    return documents({ name: 'the documents', kind: 'documents' }, settings);
  }

  async function version(text: string): Promise<Promised> {
    const asked = revisionIn(text);
    if (asked !== undefined) return revisionOf(asked, `${printable(text)} is`);
    const path = resolve(cwd, text);
    const kind = await kindOf(path);
    const kit = kind === 'folder' ? await readManifest(path) : undefined;
    const isFile = kind === 'file' || kind === 'link';
    if ((kit || isFile) && !isPath(text) && (await isRevision(text, cwd))) {
      const message = `${printable(text)} is ${kit ? 'a kit' : 'a file'}, and a revision as well.`;
      throw new Rejected(diagnostic('version-ambiguous', message));
    }
    if (kit) return recorded({ name: fileName(path, cwd), kind: 'kit' }, kit, fileName(path, cwd));
    if (isFile)
      return documents({ name: fileName(path, cwd), kind: 'document' }, { ...settings, spec: [path] });
    const what = kind === 'folder' ? 'a folder without a kit' : 'neither a folder nor a file';
    return revisionOf(text, `${printable(text)} is ${what}, and`);
  }

  async function revisionOf(name: string, subject: string): Promise<Promised> {
    const revision = await openRevision(name, cwd);
    if (!('reason' in revision)) return asOf(revision, out, settings);
    throw new Rejected(diagnostic('version-unknown', `${subject} no revision: ${revision.reason}.`));
  }

  async function documents(named: Version, from: Settings, files?: Files): Promise<Promised> {
    const { catalog } = await read(from, false, report, undefined, files);
    return { ...named, contract: contractOf(catalog), locate: () => whereabouts(catalog) };
  }

  /** The documents of a revision without a kit. Where they are not there either, they came since. */
  async function documentsAsOf({ files }: Revision, named: Version, from: Settings): Promise<Promised> {
    try {
      return await documents(named, from, files);
    } catch (error) {
      if (!areMissing(error)) throw error;
      const message = `${printable(named.name)} holds neither a kit nor the documents: all there is now is new.`;
      report(diagnostic('revision-empty', message));
      return { ...named, contract: nothing, locate: () => undefined };
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
      locate: () => locateAsOf(revision, settle({ out: from.out, cwd }, was.options), was),
    };
  }
}

/** What there was before the first document: nothing to rely on. */
const nothing: Contract = { products: [], events: [], types: [] };

/** Whether all that is wrong is that documents are not there. */
function areMissing(error: unknown): error is Rejected {
  return error instanceof Rejected && error.diagnostics.every(({ code }) => code === 'file-missing');
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

function recorded(named: Version, { contract, generator }: Manifest, folder: string): Promised {
  if (contract === undefined) {
    const message = `The kit in ${folder} was written by version ${printable(generator)}, which recorded no contract.`;
    throw new Rejected(diagnostic('contract-missing', message));
  }
  return { ...named, contract: contract(), locate: () => undefined };
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
