import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { api, type Api } from '../../templates/runtime/clients/http.js';
import type { ClientOptions } from '../../templates/runtime/clients/client-options.js';
import type { Credential } from '../../templates/runtime/clients/credential.js';
import { fastClock } from '../../templates/fake-platform.js';

export interface Came {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `drop` ends the connection; `hang` never answers. */
export type Reply =
  | 'drop'
  | 'hang'
  | {
      readonly status?: number;
      readonly words?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
      /** Ends the connection in the middle of the body. */
      readonly isBroken?: boolean;
    };

/** Answers each request by a function, or the first with the first reply, and the last ones with the last. */
export async function serve(replies: readonly Reply[] | ((request: Came) => Reply)) {
  const requests: Came[] = [];
  const server = createServer((message, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = message;
      const came = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(came);
      const reply =
        typeof replies === 'function'
          ? replies(came)
          : replies[Math.min(requests.length, replies.length) - 1]!;
      if (reply === 'drop') message.socket.destroy();
      if (typeof reply === 'string') return;
      const { status = 200, words, headers: own = {}, body = '{}', isBroken = false } = reply;
      const length = isBroken ? { 'content-length': String(body.length + 1) } : {};
      if (words === undefined) response.writeHead(status, { ...own, ...length });
      else response.writeHead(status, words, { ...own, ...length });
      if (isBroken) response.write(body, () => message.socket.destroy());
      else response.end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Longer than any test takes. */
const deadlineMs = 2_000_000;

/** The time of a client goes two hundred times as fast; `waits` are what it waited for, beside its deadlines. */
export function quick() {
  const { now, after } = fastClock(200);
  const waits: number[] = [];
  return {
    waits,
    options: {
      deadlineMs,
      now,
      after: (milliseconds: number, callback: () => void) => {
        if (milliseconds !== deadlineMs) waits.push(milliseconds);
        return after(milliseconds, callback);
      },
    },
  };
}

export function callerOf(
  baseUrl: string,
  options: ClientOptions = {},
  credential: Credential = 'KEY-OF-TESTS',
): Api {
  const authorization = (key: string) => `Basic ${btoa(`${key}:X`)}`;
  return api({ product: 'shop', baseUrl, credential, authorization }, options);
}
