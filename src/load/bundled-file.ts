import { dirname, relative, sep } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { externalFiles } from '../model/document.js';
import type { Code } from '../diagnostics/catalogue.js';
import { locate, type Boundary } from './boundary.js';
import { limits } from './limits.js';
import { encodeStep } from './pointer.js';
import type { TreeObject } from './tree.js';

/** One file of a document: the root, or one that references bring in. */
export interface BundledFile {
  readonly data: TreeObject;
  /** Its real folder, where its own relative references start. */
  readonly folder: string;
  /** How a reference to it begins in the finished document: `#` for the root itself. */
  readonly base: string;
}

export interface Refusal {
  readonly refused: { readonly code: Code; readonly reason: string };
}

/** A file that a reference names, read. */
export interface ReferencedFile {
  readonly data: TreeObject;
  readonly bytes: number;
}

/** The files of one document, each opened once. */
export interface BundledFiles {
  readonly root: BundledFile;
  /** The files beside the root by their key: the path from the document's folder, with `/`. */
  readonly beside: ReadonlyMap<string, BundledFile>;
  open(path: string, from: BundledFile): Promise<BundledFile | Refusal>;
}

/** @param read reads a file by its real path; what it throws goes to the caller of `open`. */
export function createBundledFiles(
  data: TreeObject,
  boundary: Boundary,
  read: (path: string) => Promise<ReferencedFile>,
  addDependency?: AddDependency,
): BundledFiles {
  const root: BundledFile = { data, folder: boundary.folder, base: '#' };
  const byPath = new Map([[boundary.document, root]]);
  const beside = new Map<string, BundledFile>();
  let bytes = 0;

  async function open(path: string, from: BundledFile): Promise<BundledFile | Refusal> {
    const located = await locate(path, from.folder, boundary, addDependency);
    if ('refused' in located) return located;
    const known = byPath.get(located.path);
    if (known) return known;
    if (beside.size >= limits.referencedFiles) return tooMuch(`more than ${limits.referencedFiles} files`);
    const file = await read(located.path);
    bytes += file.bytes;
    if (bytes > limits.referencedBytes)
      return tooMuch(`more than ${limits.referencedBytes / 1024 / 1024} MiB`);
    const key = relative(boundary.folder, located.path).split(sep).join('/');
    const part = {
      data: file.data,
      folder: dirname(located.path),
      base: `#/${externalFiles}/${encodeStep(key)}`,
    };
    byPath.set(located.path, part);
    beside.set(key, part);
    return part;
  }

  return { root, beside, open };
}

function tooMuch(what: string): Refusal {
  return { refused: { code: 'ref-too-much', reason: `brings ${what} into the document` } };
}
