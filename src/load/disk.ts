import { realpath, stat } from 'node:fs/promises';
import type { Files } from '../model/files.js';
import { fileName } from '../diagnostics/file-name.js';
import { readRegularFile } from '../disk/regular-file.js';

/** The files that are there now. */
export const disk: Files = {
  real: (path) => realpath(path),
  isFile: async (path) => (await stat(path)).isFile(),
  read: (path, atMost) => readRegularFile(path, atMost),
  name: fileName,
};
