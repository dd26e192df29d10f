import { relative, sep } from 'node:path';

/** A path as messages show it: relative to the working directory where that is shorter, `/` between folders. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return (near !== '' && near.length < path.length ? near : path).split(sep).join('/');
}
