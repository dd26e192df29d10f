import { chunksOfRegularFile } from '../disk/regular-file.js';

/** The most bytes of a line; a receiver takes no longer body either, unless it is set to. */
export const maxLineBytes = 1024 * 1024;

export interface Line {
  readonly number: number;
  /** Undefined for one that is too long. */
  readonly bytes: Uint8Array | undefined;
}

/** The lines of a file that hold anything, in memory that does not grow with the file. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let number = 1;
  let held: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer) => {
    size += part.length;
    if (size <= maxLineBytes) held.push(part);
    else held = [];
  };
  const line = (): Line => {
    const bytes = size <= maxLineBytes ? Buffer.concat(held) : undefined;
    held = [];
    size = 0;
    return { number, bytes };
  };
  for await (const chunk of chunksOfRegularFile(path)) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      // What is taken now is used before the chunk's bytes change.
      take(chunk.subarray(from, end));
      const whole = line();
      if (!isBlank(whole.bytes)) yield whole;
      number += 1;
      from = end + 1;
    }
    if (from < chunk.length) take(Buffer.from(chunk.subarray(from)));
  }
  const last = line();
  if (!isBlank(last.bytes)) yield last;
}

const lineFeed = 0x0a;

function isBlank(bytes: Uint8Array | undefined): boolean {
  return bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;
}
