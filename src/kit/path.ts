const segmentAllowed = /^[\p{L}\p{M}\p{N}._-]+$/u;
const reservedOnWindows = /^(?:aux|clock\$|com[0-9]|con|conin\$|conout\$|lpt[0-9]|nul|prn)(?:\..*)?$/i;
const foldersOfTools = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** How the names of the generator's own records start: manifest, lock, journal. */
const recordsStart = '.freshworks-gen';

/** Beneath this folder the files are the user's. */
export const handlersFolder = 'handlers/';

/** The path of a product's handler file. */
export function handlerPath(product: string): string {
  return `${handlersFolder}${product}.ts`;
}

/**
 * Why a path must not be written, or undefined where it may be: relative to the kit's folder, `/` between segments of
 * letters, digits, `.`, `_` and `-`, nothing that leaves the folder or means something else on another system.
 */
export function pathObjection(path: string): string | undefined {
  if (path.length > 240) return 'is longer than 240 characters';
  for (const segment of path.split('/')) {
    if (segment === '') return 'is absolute, or has an empty segment';
    if (segment === '.' || segment === '..') return 'has a `.` or `..` segment';
    if (!segmentAllowed.test(segment))
      return 'has a character other than letters, digits, `.`, `_`, `-` and `/`';
    if (segment.endsWith('.')) return 'has a segment that ends in a dot';
    if (reservedOnWindows.test(segment)) return 'has a segment that is a device on Windows';
    if (foldCase(segment).startsWith(recordsStart)) return 'is kept for the generator’s own records';
    if (foldersOfTools.has(foldCase(segment))) return 'goes into a folder of another tool';
  }
  return undefined;
}

/** Whether a path belongs to the user's handlers, on a case-blind disk too. */
export function isHandlerPath(path: string): boolean {
  return foldCase(path).startsWith(handlersFolder);
}

/** Equal for two names that are one file on a disk blind to case or to Unicode's composed forms. */
export function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** The folders a path lies in, outermost first: `a/b/c.ts` lies in `a` and `a/b`. */
export function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** For sorting: by UTF-16 code units, the same under every locale. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
