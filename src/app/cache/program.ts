import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What identifies the built program: its entry names every other file by a hash of what is in it. Undefined where the
 * program runs from its sources, which change without changing a name: then nothing is remembered.
 */
export function programId(): string | undefined {
  try {
    const entry = readFileSync(new URL('./cli.js', import.meta.url));
    return `${createHash('sha256').update(entry).digest('hex')} on Node ${process.version}`;
  } catch {
    return undefined;
  }
}
