const reasons = new Map([
  ['ENOENT', 'it is not there'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOTDIR', 'a folder on the way to it is not a folder'],
  ['EISDIR', 'a folder is in its place'],
  ['EEXIST', 'something else is in its place'],
  ['EFBIG', 'the file would be larger than the system allows'],
  ['EMFILE', 'too many files are open'],
  ['ENAMETOOLONG', 'the name is too long for this file system'],
]);

/** The operating system's code of an error (`ENOENT`), or undefined for any other kind of error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Such a code in words. */
export function reasonOf(errno: string): string {
  return reasons.get(errno) ?? errno;
}

/**
 * What to throw where the operating system refused something: what is made of its reason in words. Every other error stays as
 * it is.
 */
export function explained(error: unknown, make: (reason: string) => Error): unknown {
  const errno = errnoOf(error);
  return errno === undefined ? error : make(reasonOf(errno));
}

/** Whether an error says that nothing is at a path. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}
