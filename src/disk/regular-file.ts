import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/** A path that leads to no regular file, or to one that is too large. `code` stands where the system’s errors have theirs. */
export class UnfitFile extends Error {
  readonly code: 'EISDIR' | 'NOT_A_FILE' | 'TOO_LARGE';

  constructor(code: UnfitFile['code'], what: string) {
    super(what);
    this.code = code;
  }
}

/** How a path is opened. */
export interface Opening {
  /** Whether a link in the last segment is refused by the system, with `ELOOP`; by default it is followed. */
  readonly noFollow?: boolean;
}

/**
 * Reads a regular file. A pipe, a socket, a device and a folder are refused without waiting for them, and so is a file of more
 * than `atMost` bytes, whatever size it says it has.
 *
 * @throws UnfitFile, or the system’s error
 */
export async function readRegularFile(path: string, atMost: number, opening: Opening = {}): Promise<Buffer> {
  const file = await open(path, flagsOf(opening));
  try {
    const collected = collector(await file.stat(), atMost);
    while (!collected.isFull()) {
      const { bytesRead } = await file.read(collected.chunk(), 0, chunkBytes, null);
      if (bytesRead === 0) return collected.end();
      collected.take(bytesRead);
    }
    throw tooLarge(atMost);
  } finally {
    await file.close();
  }
}

/** The same at once, for code that cannot wait. */
export function readRegularFileSync(path: string, atMost: number, opening: Opening = {}): Buffer {
  const handle = openSync(path, flagsOf(opening));
  try {
    const collected = collector(fstatSync(handle), atMost);
    while (!collected.isFull()) {
      const bytesRead = readSync(handle, collected.chunk(), 0, chunkBytes, null);
      if (bytesRead === 0) return collected.end();
      collected.take(bytesRead);
    }
    throw tooLarge(atMost);
  } finally {
    closeSync(handle);
  }
}

/**
 * The bytes of a regular file one chunk after the other, however large it is. A chunk is only good until the next one is asked
 * for.
 *
 * @throws UnfitFile, or the system’s error
 */
export async function* chunksOfRegularFile(path: string, opening: Opening = {}): AsyncGenerator<Buffer> {
  const file = await open(path, flagsOf(opening));
  try {
    refuseUnfit(await file.stat());
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const chunkBytes = 256 * 1024;

/** Without `O_NONBLOCK` the system waits until somebody writes to a pipe. Windows has neither flag. */
function flagsOf({ noFollow = false }: Opening): number {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants as Partial<typeof constants>;
  return (O_RDONLY ?? 0) | (O_NONBLOCK ?? 0) | (noFollow ? (O_NOFOLLOW ?? 0) : 0);
}

/** Takes chunks until there are more bytes than a file may have. The size that the file claims is only a first answer. */
function collector(stats: Stats, atMost: number) {
  refuseUnfit(stats);
  if (stats.size > atMost) throw tooLarge(atMost);
  const chunks: Buffer[] = [];
  let total = 0;
  let next = Buffer.alloc(0);
  return {
    isFull: () => total > atMost,
    chunk: () => (next = Buffer.allocUnsafe(chunkBytes)),
    take(length: number) {
      chunks.push(next.subarray(0, length));
      total += length;
    },
    end: () => Buffer.concat(chunks, total),
  };
}

function tooLarge(atMost: number): UnfitFile {
  const size = atMost >= 2 ** 20 ? `${atMost / 2 ** 20} MiB` : `${atMost / 2 ** 10} KiB`;
  return new UnfitFile('TOO_LARGE', `it is larger than ${size}`);
}

function refuseUnfit(stats: Stats): void {
  if (stats.isDirectory()) throw new UnfitFile('EISDIR', 'it is a folder');
  if (!stats.isFile()) throw new UnfitFile('NOT_A_FILE', 'it is not a regular file');
}
