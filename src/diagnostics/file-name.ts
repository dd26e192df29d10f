import { relative, sep } from 'node:path';

/** A file as messages name it: relative to the working directory where that is shorter, with `/` between folders. */
export function fileName(path: string, cwd: string): string {
  const short = relative(cwd, path);
  const shown = short !== '' && short.length < path.length ? short : path;
  return sep === '/' ? shown : shown.split(sep).join('/');
}
