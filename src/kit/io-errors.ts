import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { shown } from './shown.js';

const reasons = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOTDIR', 'a folder on the way to it is not a folder'],
  ['EISDIR', 'a folder is in its place'],
  ['EFBIG', 'the file would be larger than the system allows'],
  ['EMFILE', 'too many files are open'],
  ['ENAMETOOLONG', 'the name is too long for this file system'],
]);

/**
 * Runs one operation on a file and turns the operating system's refusal into a `Rejected` that names the file.
 * Every other error passes through.
 */
export async function withIoErrors<T>(
  path: string,
  doing: 'read' | 'write' | 'remove',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errnoOf(error);
    if (code === undefined) throw error;
    throw new Rejected(
      diagnostic('output-io', `Cannot ${doing} ${shown(path)}: ${reasons.get(code) ?? code}.`),
    );
  }
}

/** The operating system's code of an error (`ENOENT`), or undefined for any other kind of error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
