import { resolve } from 'node:path';
import { contractOf, type Contract } from '../model/contract.js';
import type { Files } from '../model/files.js';
import { locatorOf } from '../catalog/source-map.js';
import { checkRecorded, withRecordedProducts } from '../config/recorded.js';
import { settle, type Options, type Settings } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { mergeRepeated } from '../diagnostics/repeated.js';
import { fileName } from '../diagnostics/file-name.js';
import { printable } from '../diagnostics/printable.js';
import { accept, type Accepted, type ReportedChange } from '../diff/accepted.js';
import type { Locate } from '../diff/change.js';
import { compare, inOrder } from '../diff/compare.js';
import { filterByProduct } from '../diff/filter-by-product.js';
import { compareParts, partsIn, type KitParts } from '../diff/parts.js';
import { read } from './generate.js';
import { contractText } from '../kit/contract.js';
import { readManifest, type Manifest } from '../kit/manifest.js';
import type { Revision } from '../revision/revision.js';
import { kitAsOf, namedBy } from './versions.js';

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
  /** Whether it has every product of its documents, whatever the kit is generated for. */
  readonly isWhole?: boolean;
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
  const settings = settle({ ...options, out: out ?? '.', cwd }, manifest);

  const base = options.base === undefined ? committed(manifest, out, settings) : await version(options.base);
  const head =
    options.head === null
      ? none('no kit')
      : options.head === undefined
        ? await documentsNow()
        : await version(options.head);
  const products = productsOfBoth(base, head, options, settings);
  const [before, after] = [base, head].map((each) =>
    filterByProduct(each.isWhole ? filterByProduct(each.contract, products) : each.contract, options.only),
  ) as [Contract, Contract];
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
    await checkRecorded(settings, manifest);
    const named: Version = { name: 'the documents', kind: 'documents' };
    return withRecordedProducts(settings, manifest, () => documents(named, settings));
  }

  async function version(text: string): Promise<Promised> {
    const named = await namedBy(text, cwd);
    if (named.kind === 'revision') return asOf(named.revision, was ?? out, settings);
    const name = fileName(named.path, cwd);
    if (named.kind === 'kit') return recorded({ name, kind: 'kit' }, named.manifest, name);
    return documents({ name, kind: 'document' }, { ...settings, spec: [named.path] });
  }

  async function documents(named: Version, from: Settings, files?: Files): Promise<Promised> {
    // What is asked of the documents that are there now is not asked of others, which may have other products.
    const isWhole = named.kind !== 'documents';
    const asked = isWhole ? { ...from, products: undefined } : from;
    const { catalog } = await read(asked, false, report, undefined, files);
    const contract = contractOf(catalog);
    return { ...named, isWhole, contract, parts: partsIn(settings), locate: () => locatorOf(catalog) };
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
      parts: partsIn(settle({ out: from.out, cwd }, was)),
      locate: () => locateAsOf(revision, settle({ out: kit ?? from.out, cwd }, was), was),
    };
  }
}

/**
 * The products that documents are compared for: those of the kit. Two documents that are named may be about others, and are
 * then compared as they are.
 *
 * @throws Rejected `product-unknown` where neither of two named documents has a product that was asked for
 */
function productsOfBoth(
  base: Promised,
  head: Promised,
  { only: asked = [] }: DiffOptions,
  { products }: Settings,
): readonly string[] | undefined {
  if (base.kind !== 'document' || head.kind !== 'document') return products;
  const known = new Set([...base.contract.products, ...head.contract.products].map(({ name }) => name));
  const unknown = asked.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const message = `neither ${base.name} nor ${head.name} describes ${unknown.join(', ')}`;
    throw new Rejected(diagnostic('product-unknown', message));
  }
  const shared = products?.filter((name) => known.has(name)) ?? [];
  return shared.length > 0 ? shared : undefined;
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

function recorded(named: Version, manifest: Manifest, folder: string): Promised {
  const { contract, generator } = manifest;
  if (contract === undefined) {
    const message = `The kit in ${folder} was written by version ${printable(generator)}, which recorded no contract.`;
    throw new Rejected(diagnostic('contract-missing', message));
  }
  const parts = partsIn(settle({ out: '.' }, manifest));
  return { ...named, contract: contract(), parts, locate: () => undefined };
}

/** Where the documents of a revision say what its kit has recorded; nowhere, where they say anything else. */
async function locateAsOf(
  { files }: Revision,
  settings: Settings,
  { contract }: Manifest,
): Promise<Locate | undefined> {
  try {
    const { catalog } = await read(settings, false, () => undefined, undefined, files);
    const isSame = contract && contractText(contractOf(catalog)) === contractText(contract());
    return isSame ? locatorOf(catalog) : undefined;
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
}
