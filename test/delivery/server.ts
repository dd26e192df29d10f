import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Header } from '../../src/delivery/headers.js';

/** A delivery as a server sees it. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** A server on a free port of 127.0.0.1, which ends with the test. */
export async function serverOf(
  answer: (arrived: Arrived, response: ServerResponse) => void | Promise<void>,
): Promise<{ readonly url: URL; readonly arrived: readonly Arrived[] }> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const raw = request.rawHeaders;
      const headers = Array.from(
        { length: raw.length / 2 },
        (_, at) => [raw[2 * at]!, raw[2 * at + 1]!] as const,
      );
      const one = { method: request.method ?? '', path: request.url ?? '', headers, body };
      arrived.push(one);
      await answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), arrived };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
