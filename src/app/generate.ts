import { join, relative, sep } from 'node:path';
import { buildCatalog, withReasons } from '../catalog/catalog.js';
import { contractOf } from '../model/contract.js';
import type { Document } from '../model/document.js';
import type { Files } from '../model/files.js';
import type { Catalog } from '../model/catalog.js';
import { shippedWord } from '../config/options.js';
import { checkRecorded, withRecordedProducts } from '../config/recorded.js';
import type { AddDependency } from '../model/dependency.js';
import { record, settle, type Options, type Settings } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { mergeRepeated } from '../diagnostics/repeated.js';
import { disk } from '../load/disk.js';
import { load } from '../load/load.js';
import { parse } from '../parse/parse.js';
import { versionFault } from '../parse/version.js';
import type { EmittedFile } from '../kit/file.js';
import type { LayoutOf } from '../kit/prettier-options.js';
import { attributes, attributesPath } from '../kit/attributes.js';
import { readHandlers } from '../kit/handlers.js';
import { handlersFolder } from '../kit/path.js';
import { readManifest, type Manifest } from '../kit/manifest.js';
import { plan, type Plan } from '../output/plan.js';
import { refusals } from '../output/refusals.js';
import { write } from '../output/write.js';
import { checkPatterns } from './patterns.js';
import {
  literalOverlays,
  overlaidTitle,
  shipped,
  shippedDocuments,
  shippedOverlays,
  specsFolder,
} from '../shipped.js';
import { version } from '../version.js';

/** What a run found and what it would write, before anything is written. */
export interface Rendered {
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly documents: readonly Document[];
  /** Warnings and notes; an error ends the run as `Rejected`. */
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: Plan;
}

/** Reads and checks documents without a kit. */
export interface Described {
  readonly catalog: Catalog;
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DescribeOptions extends Omit<
  Options,
  'out' | 'handlers' | 'adapters' | 'inbox' | 'clients'
> {
  /** Whether to report what the AsyncAPI parser recommends beside what is wrong. */
  readonly style?: boolean | undefined;
}

/** The catalog of some documents: what `list` and `validate` show. */
export async function describe(options: DescribeOptions = {}): Promise<Described> {
  const diagnostics: Diagnostic[] = [];
  const settings = settle({ ...options, out: '.' }, undefined);
  const result = await read(settings, options.style ?? false, (found) => diagnostics.push(found));
  return { ...result, diagnostics: mergeRepeated(diagnostics) };
}

/**
 * Renders a kit in memory and compares it with what is in its folder. Writes nothing.
 *
 * @param addDependency is called with every file and folder outside the kit that the result depends on
 */
export async function render(options: Options, addDependency?: AddDependency): Promise<Rendered> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => diagnostics.push(found);
  const manifest = await readManifest(settle(options, undefined).out);
  const settings = settle(options, manifest);
  await checkRecorded(settings, manifest);
  const { catalog, documents } = await withRecordedProducts(settings, manifest, () =>
    read(settings, false, report, addDependency),
  );
  const handlersBefore = settings.handlers ? await readHandlers(settings.out) : new Map<string, string>();
  const { files, handlers, stubs, layoutOf } = await emitKit(
    catalog,
    settings,
    handlersBefore,
    manifest,
    report,
    addDependency,
  );
  return {
    settings,
    catalog,
    documents,
    diagnostics: mergeRepeated(diagnostics),
    plan: await plan({
      out: settings.out,
      cwd: settings.cwd,
      files,
      handlers,
      handlersBefore,
      manifest,
      layoutOf,
      next: {
        generator: version,
        options: record(settings),
        documents: inputs(documents, settings),
        stubs,
        contract: () => contractOf(catalog),
      },
    }),
  };
}

/**
 * Writes a kit: `render`, then the files that differ. A file that was edited by hand is left alone, and the run fails,
 * unless `force` is set.
 *
 * @throws Rejected for anything that is the user's to mend; nothing has been written then
 */
export async function generate(
  options: Options & { readonly force?: boolean | undefined },
  addDependency?: AddDependency,
): Promise<Rendered> {
  const rendered = await render(options, addDependency);
  await writeAll([rendered], options);
  return rendered;
}

/**
 * Writes kits that were rendered, one after the other.
 *
 * @throws Rejected where a file of any of them was edited by hand; none has been written then
 */
export async function writeAll(
  kits: readonly Rendered[],
  { force = false }: { readonly force?: boolean | undefined } = {},
): Promise<void> {
  const refused = kits.flatMap(({ plan }) => refusals(plan, { force }));
  if (refused.length > 0) throw new Rejected(...refused);
  for (const { plan } of kits) await write(plan, { force });
}

/**
 * Compares a kit with its documents.
 *
 * @throws Rejected `kit-missing` where there is no kit
 */
export async function check(
  options: Options,
  addDependency?: AddDependency,
): Promise<Rendered & { readonly current: boolean }> {
  const rendered = await render(options, addDependency);
  const { plan } = rendered;
  if (plan.manifest.before === undefined && plan.files.every(({ before }) => before === undefined)) {
    throw new Rejected(diagnostic('kit-missing', `there is no kit in ${options.out}`));
  }
  const current =
    !plan.unfinished &&
    plan.shadows.length === 0 &&
    [...plan.files, plan.manifest].every(({ state }) => state === 'unchanged');
  return { ...rendered, current };
}

/** Reads documents and makes a catalog of them. Those that come with the program are read from the disk in any case. */
export async function read(
  settings: Settings,
  style: boolean,
  report: Report,
  addDependency?: AddDependency,
  files?: Files,
): Promise<Pick<Described, 'catalog' | 'documents'>> {
  const { spec, overlay, refRoot, literal, products, cwd } = settings;
  const documents = await load(
    {
      specs: (spec ?? [shippedWord]).flatMap((path) =>
        path === shippedWord ? shippedDocuments.map(shipped) : [path],
      ),
      overlays: [
        ...(literal ? literalOverlays : shippedOverlays).map((name) => ({
          path: shipped(name),
          shipped: true,
          documentTitle: overlaidTitle,
        })),
        ...overlay.map((path) => ({ path, shipped: false })),
      ],
      cwd,
      refuse: versionFault,
      ...(refRoot !== undefined && { refRoot }),
      ...(addDependency && { addDependency }),
      files: beside(files ?? disk),
    },
    report,
  );
  const found: Diagnostic[] = [];
  const channels = await parse(documents, { style }, (each) => found.push(each));
  try {
    const catalog = buildCatalog(channels, { products, documents }, (each) => found.push(each));
    await checkPatterns(catalog);
    return { documents, catalog };
  } catch (error) {
    throw withReasons(error, found);
  } finally {
    found.forEach(report);
  }
}

async function emitKit(
  catalog: Catalog,
  settings: Settings,
  handlersBefore: ReadonlyMap<string, string>,
  manifest: Manifest | undefined,
  report: Report,
  addDependency: AddDependency | undefined,
): Promise<{
  files: ReadonlyMap<string, string>;
  handlers: ReadonlyMap<string, string>;
  stubs: ReadonlyMap<string, string>;
  layoutOf: LayoutOf;
}> {
  const [{ emit }, { addStubs }, { format, formatAll }, { verifyAll }, { readTarget }] = await Promise.all([
    import('../emit/emit.js'),
    import('../emit/stubs.js'),
    import('../output/format.js'),
    import('../kit/verify.js'),
    import('../project/target.js'),
  ]);
  const { importExtension, layoutOf } = await readTarget(settings.out, report, addDependency);
  const isFiltered = settings.products !== undefined;
  const request = {
    isFiltered,
    existing: handlersBefore,
    stubbed: manifest?.stubs ?? new Map<string, string>(),
  };
  const stubs = settings.handlers
    ? await inKitAll(settings, async () => {
        const { options } = await layoutOf(`${handlersFolder}stubs.ts`);
        return addStubs(catalog, request, {
          importExtension,
          singleQuote: options.singleQuote ?? false,
          layOut: (code: string) => format({ path: 'stubs.ts', code, statements: [] }, options),
        });
      })
    : undefined;
  if (stubs && stubs.broken.length > 0)
    throw new Rejected(...stubs.broken.map((each) => inKit(each, settings)));
  stubs?.orphans.forEach((orphan) => report(inKit(orphan, settings)));
  stubs?.warnings.forEach((warning) => report(inKit(warning, settings)));
  const emitted = await emit(catalog, {
    importExtension,
    handlers: stubs?.collected,
    adapters: settings.adapters,
    inbox: settings.inbox,
    clients: settings.clients,
  });
  const formatted = await formatAll([...emitted, ...(stubs?.created ?? [])], layoutOf);
  await verifyAll([...formatted, ...(stubs?.added ?? [])]);
  const isHandler = ({ path }: EmittedFile) => stubs?.created.some((each) => each.path === path) ?? false;
  const files = new Map(formatted.filter((file) => !isHandler(file)).map(({ path, code }) => [path, code]));
  const handlers = new Map(stubs?.files);
  for (const { path, code } of formatted.filter(isHandler)) handlers.set(path, code);
  files.set(attributesPath, await attributes(files.keys(), layoutOf));
  return {
    files,
    handlers,
    layoutOf,
    stubs: new Map([
      // What a filter leaves out is not forgotten.
      ...(isFiltered ? (manifest?.stubs ?? []) : []),
      ...(stubs ? catalog.events : []).map(({ name, handler }): [string, string] => [
        name,
        stubs?.collected.get(name) ?? handler,
      ]),
    ]),
  };
}

/** A finding about a file of the kit, with the file as messages name it. */
function inKit(finding: Diagnostic, { out, cwd }: Settings): Diagnostic {
  const { position } = finding;
  if (position === undefined) return finding;
  return { ...finding, position: { ...position, file: fileName(join(out, position.file), cwd) } };
}

/** Runs a step whose findings are about files of the kit. */
async function inKitAll<T>(settings: Settings, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    throw new Rejected(...error.diagnostics.map((each) => inKit(each, settings)));
  }
}

/** The files the kit was made from: shipped ones by name, others from the kit's folder. */
function inputs(documents: readonly Document[], { out }: Settings): Manifest['documents'] {
  const files = new Map(
    documents.flatMap((document) => document.inputs).map(({ path, sha256 }) => [path, sha256]),
  );
  return [...files].map(([path, sha256]) => ({ file: nameFrom(out, path), sha256 }));
}

function nameFrom(out: string, path: string): string {
  const own = relative(specsFolder, path);
  return own.includes(sep) || own.startsWith('..')
    ? relative(out, path).split(sep).join('/')
    : `freshworks-gen/${own}`;
}

/** Files of elsewhere, and those that come with the program. */
function beside(files: Files): Files {
  const isShipped = (path: string) => !relative(specsFolder, path).startsWith('..');
  const of = (path: string) => (isShipped(path) ? disk : files);
  return {
    real: (path) => of(path).real(path),
    isFile: (path) => of(path).isFile(path),
    read: (path, atMost) => of(path).read(path, atMost),
    // The same on every machine, wherever the program is installed.
    name: (path, cwd) => (isShipped(path) ? shippedName(path) : files.name(path, cwd)),
  };
}

function shippedName(path: string): string {
  return `freshworks-gen/specs/${relative(specsFolder, path).split(sep).join('/')}`;
}
