import { basename, dirname, extname } from 'node:path';
import type { AppliedOverlay, Document, Input } from '../model/document.js';
import type { Files } from '../model/files.js';
import type { AddDependency } from '../model/dependency.js';
import { Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { drawBoundary } from './boundary.js';
import { bundle } from './bundle.js';
import { disk } from './disk.js';
import { sourceMapOf, type Offsets } from './offsets.js';
import { applyOverlay } from './overlay.js';
import { checkOverlay, type Action, type OverlayFile } from './overlay-file.js';
import { createBundledFiles } from './bundled-file.js';
import { collectAll, finding } from './rejection.js';
import { readTree } from './syntax.js';
import { readText, type TextFile } from './text.js';
import { memberOf, type TreeObject } from './tree.js';

export interface LoadRequest {
  /** Absolute paths of the documents. */
  readonly specs: readonly string[];
  /** In the order of application. */
  readonly overlays: readonly OverlayRequest[];
  /** Absolute path of a folder that references may read from, beside each document's own. */
  readonly refRoot?: string;
  /** Messages name files from here. */
  readonly cwd: string;
  readonly addDependency?: AddDependency;
  /** Where they are read from; the disk, where it is left out. */
  readonly files?: Files;
  /** Says what is wrong with a document as a whole, which goes before what is wrong with its references. */
  readonly refuse?: (document: Pick<Document, 'data' | 'sourceMap'>) => Diagnostic | undefined;
}

export interface OverlayRequest {
  /** Absolute path. */
  readonly path: string;
  /** Whether it came with the program. */
  readonly shipped: boolean;
  /** The title of the document that the overlay is for, where the caller knows it. Without that document, it is not read. */
  readonly documentTitle?: string;
}

interface LoadedFile extends TextFile {
  readonly path: string;
  readonly data: TreeObject;
}

interface Overlay extends OverlayFile {
  readonly request: OverlayRequest;
  readonly input: Input;
}

/**
 * Reads documents: safe text, plain data with positions, overlays applied, every reference inside the document. Reads no file
 * but those named, and those that references name below the document's folder or `refRoot`; opens no connection; runs nothing.
 *
 * @param report gets warnings
 * @throws Rejected with all errors found in all files.
 */
export async function load(request: LoadRequest, report: Report): Promise<readonly Document[]> {
  const offsets: Offsets = new Map();
  const read = (path: string, quotable: boolean) => {
    request.addDependency?.('content', path);
    return readFile(path, quotable, request, offsets, report);
  };

  const overlays: Overlay[] = [];
  const roots: LoadedFile[] = [];
  await collectAll([
    ...[...new Set(request.specs)].map((path) => async () => {
      roots.push(await read(path, true));
    }),
    // By now, the documents have been read.
    ...request.overlays.map((each) => async () => {
      if (each.documentTitle !== undefined && !roots.some(({ data }) => isFor(each, data))) return;
      const { data, input } = await read(each.path, true);
      overlays.push({ ...checkOverlay(data, offsets), request: each, input });
    }),
  ]);
  reportUnbound(overlays, roots, report);
  const matched = new Set<Action>();
  const documents = await collectAll(
    roots.map((root) => {
      const own = overlays.filter((overlay) => isFor(overlay, root.data));
      return async () => finish(root, own, matched, request, offsets, read, report);
    }),
  );
  reportUnmatched(
    overlays.filter((overlay) => roots.some(({ data }) => isFor(overlay, data))),
    matched,
    report,
  );
  return documents;
}

async function finish(
  { path, data, input, source }: LoadedFile,
  overlays: readonly Overlay[],
  matched: Set<Action>,
  { refRoot, addDependency, files, refuse }: LoadRequest,
  offsets: Offsets,
  read: (path: string, quotable: boolean) => Promise<LoadedFile>,
  report: Report,
): Promise<Document> {
  const inputs = new Map<string, Input>();
  const applied: AppliedOverlay[] = [];
  for (const overlay of overlays) {
    const { changes, matched: own } = applyOverlay(data, overlay, offsets);
    for (const action of own) matched.add(action);
    const { path: overlayPath, shipped } = overlay.request;
    applied.push({ name: basename(overlayPath), title: overlay.title, shipped, changes });
    inputs.set(overlayPath, overlay.input);
  }
  for (const folder of [dirname(path), ...(refRoot === undefined ? [] : [refRoot])])
    addDependency?.('place', folder);
  const boundary = await drawBoundary(path, refRoot, files);
  const open = async (external: string) => {
    const file = await read(external, isDocumentName(external));
    inputs.set(external, file.input);
    return file;
  };
  const parts = createBundledFiles(data, boundary, open, addDependency);
  const sourceMap = sourceMapOf(offsets);
  const quoted = await bundle(parts, offsets, report).catch((error: unknown) => {
    // Of a document that is none it is no use to know which references lead nowhere.
    const fault = error instanceof Rejected ? refuse?.({ data, sourceMap }) : undefined;
    throw fault ? new Rejected(fault) : error;
  });
  const others = [...inputs.keys()].sort().flatMap((each) => inputs.get(each) ?? []);
  return {
    file: source.file,
    name: basename(path),
    data,
    inputs: [input, ...others],
    overlays: applied,
    sourceMap,
    quoted,
  };
}

/** An action of which no document has the target: most likely a mistake in it. */
function reportUnmatched(overlays: readonly Overlay[], matched: ReadonlySet<Action>, report: Report): void {
  for (const action of overlays.flatMap(({ actions }) => actions)) {
    if (!matched.has(action))
      report(finding('overlay-no-match', 'The target of this action matches nothing.', action.target.start));
  }
}

async function readFile(
  path: string,
  quotable: boolean,
  { cwd, files = disk }: LoadRequest,
  offsets: Offsets,
  report: Report,
): Promise<LoadedFile> {
  const file = await readText(path, files.name(path, cwd), quotable, files);
  return { ...file, path, data: readTree(file.source, offsets, report) };
}

/** A reference can name any file of the folder, one with secrets among them: only what is meant as a document is quoted. */
function isDocumentName(path: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extname(path).toLowerCase());
}

function isFor(
  { documentTitle }: { readonly documentTitle?: string | undefined },
  data: TreeObject,
): boolean {
  return documentTitle === undefined || documentTitle === memberOf(memberOf(data, 'info'), 'title');
}

function reportUnbound(overlays: readonly Overlay[], roots: readonly LoadedFile[], report: Report): void {
  for (const overlay of overlays) {
    if (roots.some(({ data }) => isFor(overlay, data))) continue;
    report(
      finding(
        'overlay-unbound',
        'No document has the title this overlay is for.',
        overlay.documentTitleStart,
      ),
    );
  }
}
