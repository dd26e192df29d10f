import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Files } from '../model/files.js';
import type { AddDependency } from '../model/dependency.js';
import { Rejected } from '../diagnostics/diagnostic.js';
import { disk } from './disk.js';
import type { Refusal } from './bundled-file.js';
import { rejected } from './rejection.js';

/** The folders that the references of one document may read from. All paths are real ones: no link in them. */
export interface Boundary {
  /** The folder of the document: relative references in it start here. */
  readonly folder: string;
  /** The document itself, which files it refers to may refer back to. */
  readonly document: string;
  readonly roots: readonly string[];
  readonly files: Files;
}

/** @throws Rejected when `refRoot` is not there. */
export async function drawBoundary(
  document: string,
  refRoot: string | undefined,
  files: Files = disk,
): Promise<Boundary> {
  const folder = await files.real(dirname(document));
  const roots = [folder];
  if (refRoot !== undefined) roots.push(await realRoot(refRoot, files));
  return { folder, document: await files.real(document), roots, files };
}

/**
 * Finds the file that a relative reference names. A path that leads out is refused before the disk is asked anything; a link
 * that leads out is refused before it is read.
 *
 * @param from the real folder of the file that holds the reference
 */
export async function locate(
  path: string,
  from: string,
  { document, roots, files }: Boundary,
  addDependency?: AddDependency,
): Promise<{ readonly path: string } | Refusal> {
  const named = resolve(from, path);
  const outside: Refusal = {
    refused: { code: 'ref-outside', reason: 'leads out of the folder of the document' },
  };
  if (!roots.some((root) => contains(root, named))) return outside;
  addDependency?.('place', named);
  try {
    const real = await files.real(named);
    if (real !== document && !roots.some((root) => contains(root, real))) return outside;
    if (await files.isFile(real)) return { path: real };
    return { refused: { code: 'ref-file-missing', reason: 'does not name a file' } };
  } catch (error) {
    if (error instanceof Rejected) throw error;
    return { refused: { code: 'ref-file-missing', reason: 'names a file that is not there' } };
  }
}

/** Compares by path segments: `/specs-other` is not in `/specs`. */
function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realRoot(refRoot: string, files: Files): Promise<string> {
  try {
    return await files.real(refRoot);
  } catch {
    throw rejected('ref-root-missing', 'The folder given as --ref-root does not exist.');
  }
}
