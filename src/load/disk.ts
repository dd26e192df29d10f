import { open, realpath, stat } from 'node:fs/promises';
import type { Files } from '../catalog/files.js';
import { fileName } from '../diagnostics/file-name.js';

/** The files that are there now. */
export const disk: Files = {
  real: (path) => realpath(path),
  isFile: async (path) => (await stat(path)).isFile(),
  read,
  name: fileName,
};

/** Reads little more than is asked for, whatever the file claims to be. */
async function read(path: string, atMost: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(256 * 1024), 0, 256 * 1024, null);
      chunks.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
      if (bytesRead === 0 || total > atMost) return Buffer.concat(chunks, total);
    }
  } finally {
    await file.close();
  }
}
