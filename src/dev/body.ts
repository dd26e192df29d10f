import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of a request is read away behind its answer. */
const restMs = 1000;

/**
 * Reads the body of a request.
 *
 * @returns undefined where the request was broken off
 */
export async function bodyOf(
  request: IncomingMessage,
  atMost: number,
): Promise<Uint8Array | 'too large' | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > atMost) return 'too large';
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length <= atMost) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve('too large');
      }
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('close', () => {
      resolve(undefined);
    });
  });
}

/**
 * Ends an answer, whether or not its request has come to its end: a connection that is closed while something is under way is
 * reset, and the answer is lost. So the rest is read away for a moment.
 */
export function endAnswer(response: ServerResponse, bytes: Uint8Array | string): void {
  const request = response.req;
  if (request.complete) {
    response.end(bytes);
    return;
  }
  response.write(bytes);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, restMs);
  request.once('end', end).once('close', end).resume();
}
