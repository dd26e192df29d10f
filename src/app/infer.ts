import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { settle } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { explained, isGone } from '../disk/errno.js';
import { joinActions, type Action } from '../infer/action.js';
import { changesBetween } from '../infer/changes.js';
import { Findings } from '../infer/findings.js';
import { infer } from '../infer/inference.js';
import { newOverlayText, readOverlayText, type OverlayText } from '../infer/overlay-text.js';
import { placeAt, type SchemaPlace, type SchemaDocument } from '../infer/schema-place.js';
import type { Shape } from '../infer/shape.js';
import { ruleTemplate } from '../infer/subject.js';
import { coverageOf, type Coverage } from '../infer/coverage.js';
import type { LiveKit } from '../delivery/live-kit.js';
import type { Source } from './observed.js';
import { disk } from '../load/disk.js';
import type { Catalog } from '../model/catalog.js';
import type { Files } from '../model/files.js';
import { read, type DescribeOptions } from './generate.js';
import { judgeOf } from './judge.js';
import { loadKit } from './live-kit.js';
import { typesDiff } from './types-diff.js';

export interface InferRequest {
  /** The documents, and the overlays that are applied before the one that is written. */
  readonly options: DescribeOptions;
  /** The overlay that is written. It need not be there yet. */
  readonly overlay: string;
  /** Whether texts that are always one of a few words get a list of these: the words are values of deliveries. */
  readonly openEnums?: boolean | undefined;
  /** What is inferred from in the place of deliveries. */
  readonly template?: FromTemplate | undefined;
}

/** The templates of rules, as they are named in the overlay, and what they say beside the types. */
export interface FromTemplate {
  readonly names: string;
  readonly actions: readonly Action[];
  readonly describe: (path: string) => string | undefined;
}

export interface Inferred {
  /** The overlay, extended; undefined where there is nothing to declare and no overlay yet. */
  readonly overlay: string | undefined;
  /** The overlay as it is. */
  readonly before: string | undefined;
  /** One line for each thing that is declared anew, or otherwise than before. */
  readonly changes: readonly string[];
  /** What becomes of the payload types, as a unified diff. */
  readonly types: string;
  readonly deliveries: number;
  readonly events: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Infers from deliveries what the documents do not declare, and puts it into an overlay. Writes nothing: the text is handed
 * back. No value of a delivery is in it, but for the words that `openEnums` asks for.
 *
 * @throws Rejected for documents or an overlay that cannot be taken
 */
export async function inferFrom(
  source: Source,
  { options, overlay, openEnums, template }: InferRequest,
): Promise<Inferred> {
  const cwd = options.cwd ?? process.cwd();
  const path = resolve(cwd, overlay);
  const findings = new Findings();
  const before = await textAt(path);
  const existing = before === undefined ? undefined : overlayIn(before, fileName(path, cwd));
  const used: SchemaPlace[] = [];
  let documents: readonly SchemaDocument[] = [];
  let kit: LiveKit | undefined;
  let isFirst = true;

  // The documents with one text of the overlay are read once.
  const catalogs = new Map<string | undefined, Catalog>();
  const catalogWith = async (text: string | undefined): Promise<Catalog> =>
    catalogs.get(text) ?? (await catalogOf(...withText(text)));
  const withText = (text: string | undefined): readonly [DescribeOptions, Files | undefined] => {
    const others = (options.overlay ?? []).filter((each) => resolve(cwd, each) !== path);
    return text === undefined
      ? [{ ...options, overlay: others }, undefined]
      : [{ ...options, overlay: [...others, path] }, withFile(path, text)];
  };
  const textWith = (actions: readonly Action[]): string | undefined => {
    if (actions.length === 0) return existing?.rest;
    return existing?.rest === undefined
      ? newOverlayText(actions)
      : readOverlayText(existing.rest)?.extended(actions);
  };
  const inference = await infer({
    observations() {
      const find = isFirst ? findings.add : () => undefined;
      isFirst = false;
      return kit ? source(kit, find) : [];
    },
    making: { openEnums, describe: template?.describe, subject: template && ruleTemplate },
    find: findings.add,
    accepts(place) {
      const isTaken = isForOverlay(place, existing, findings);
      if (isTaken) used.push(place);
      return isTaken;
    },
    async judgeWith(actions) {
      const text = textWith(actions);
      const [asked, files] = withText(text);
      kit = await loadKit(asked, undefined, files);
      catalogs.set(text, kit.catalog);
      const judge = judgeOf(kit);
      documents = judge.documents;
      return judge;
    },
  });

  const added = template ? fromTemplate(inference.actions, template) : inference.actions;
  const own = joinActions(existing?.own ?? [], added);
  const title = existing ? undefined : titleFor(used, documents);
  const after = own.length === 0 ? before : (existing?.extended(own) ?? newOverlayText(own, title));
  return {
    overlay: after,
    before,
    changes: changesBetween(existing?.own ?? [], own),
    types: before === after ? '' : await typesDiff(await catalogWith(before), await catalogWith(after)),
    deliveries: inference.deliveries,
    events: [...inference.shapes.keys()].sort(),
    diagnostics: findings.all(),
  };
}

export interface Shapes extends Pick<Inferred, 'deliveries' | 'diagnostics'> {
  /** By event. */
  readonly shapes: ReadonlyMap<string, Shape>;
}

/** What deliveries look like, without any value of them. */
export async function shapesOf(source: Source, options: DescribeOptions): Promise<Shapes> {
  const findings = new Findings();
  const kit = await loadKit(options);
  const judge = { ...judgeOf(kit), findings: () => [] };
  const { shapes, deliveries } = await infer({
    observations: () => source(kit, findings.add),
    find: (code, ...rest) => {
      if (code !== 'infer-keys-open') findings.add(code, ...rest);
    },
    accepts: () => false,
    judgeWith: () => Promise.resolve(judge),
  });
  const roots = [...shapes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([event, { root }]) => [event, root] as const);
  return { shapes: new Map(roots), deliveries, diagnostics: findings.all() };
}

export interface Covered extends Coverage {
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares deliveries with documents and overlays. */
export async function checkCoverage(source: Source, options: DescribeOptions): Promise<Covered> {
  const findings = new Findings();
  const kit = await loadKit(options);
  const coverage = await coverageOf(() => source(kit, findings.add), judgeOf(kit), findings.add);
  return { ...coverage, diagnostics: findings.all() };
}

/** What is made from templates was not seen in deliveries. */
function fromTemplate(inferred: readonly Action[], { names, actions }: FromTemplate): readonly Action[] {
  const own = inferred.map((action) => ({ ...action, observed: { template: names } }));
  return joinActions(own, actions);
}

/** The title of the document that an overlay is for, where another one has a schema in the same place. */
function titleFor(places: readonly SchemaPlace[], documents: readonly SchemaDocument[]): string | undefined {
  const titles = new Set(places.map(({ document }) => document.title));
  const isShared = places.some(({ document, steps }) =>
    documents.some((other) => other.name !== document.name && placeAt(other, steps) !== undefined),
  );
  return isShared && titles.size === 1 ? [...titles][0] : undefined;
}

/** The text of a file; undefined where there is none, or nothing in it. */
async function textAt(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return text.trim() === '' ? undefined : text;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw explained(
      error,
      (reason) => new Rejected(diagnostic('file-unreadable', `the overlay cannot be read: ${reason}`)),
    );
  }
}

function overlayIn(text: string, name: string): OverlayText {
  const overlay = readOverlayText(text);
  if (overlay !== undefined) return overlay;
  throw new Rejected(
    diagnostic('infer-overlay-form', `nothing can be put into ${name}: its actions are no list of lines`),
  );
}

async function catalogOf(options: DescribeOptions, files?: Files): Promise<Catalog> {
  const settings = settle({ ...options, out: '.' }, undefined);
  return (await read(settings, false, () => undefined, undefined, files)).catalog;
}

/** The disk, with one file as it is going to be. */
function withFile(path: string, text: string): Files {
  return {
    ...disk,
    read: async (each, atMost) => (each === path ? Buffer.from(text) : disk.read(each, atMost)),
  };
}

function isForOverlay(place: SchemaPlace, existing: OverlayText | undefined, { add }: Findings): boolean {
  const [first, file] = place.steps;
  if (first === 'x-external') {
    add(
      'infer-elsewhere',
      `what deliveries need is described in ${String(file)}, beside ${place.document.name}`,
    );
    return false;
  }
  const title = existing?.documentTitle;
  if (title === undefined || title === place.document.title) return true;
  add(
    'infer-other-document',
    `the overlay is not for ${place.document.name}, which describes some of the deliveries`,
  );
  return false;
}
