import { fileName } from '../diagnostics/file-name.js';

/** A path as this stage's messages name it. */
export function shown(path: string): string {
  return fileName(path, process.cwd());
}
