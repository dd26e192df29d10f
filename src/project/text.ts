import { isUtf8 } from 'node:buffer';
import { readRegularFile, UnfitFile } from '../disk/regular-file.js';
import { createSource, type Source } from '../diagnostics/source.js';
import { shown } from './shown.js';

/** A file that cannot be used, with what is wrong and where. */
export class Unreadable extends Error {
  readonly source: Source;
  readonly offset: number;

  constructor(problem: string, source: Source, offset = 0) {
    super(problem);
    this.source = source;
    this.offset = offset;
  }
}

/**
 * Reads a file of the project as text, without its byte order mark.
 *
 * @throws Unreadable for what is no regular file, too large, not UTF-8, or not there
 */
export async function readProjectText(path: string, atMost: number): Promise<Source> {
  const empty = createSource(shown(path), '');
  const bytes = await readRegularFile(path, atMost).catch((error: unknown) => {
    throw new Unreadable(problemOf(error), empty);
  });
  if (!isUtf8(bytes)) throw new Unreadable('it is not UTF-8', empty);
  return createSource(shown(path), new TextDecoder().decode(bytes));
}

function problemOf(error: unknown): string {
  if (error instanceof UnfitFile) return error.message;
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return `the system says ${String(code)}`;
}
