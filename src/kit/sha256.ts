import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex, of bytes or of a text's UTF-8; of several, as of one after the other. */
export function sha256(...contents: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}
