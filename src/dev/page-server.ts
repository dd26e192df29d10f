import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused } from './actions.js';
import { bodyOf, endAnswer } from './body.js';
import type { Api } from './router.js';
import { guard } from './guard.js';
import type { Stream } from './stream.js';

/** The files of the page, by path: `/`, `/page.js`, `/page.css`. */
export type PageFiles = ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array }>;

export interface PageServerOptions {
  readonly token: string;
  readonly files: PageFiles;
  readonly api: Api;
  readonly stream: Stream;
  /** Is called with what went wrong here. */
  readonly onError: (error: unknown) => void;
}

/** An edited body of 1 MiB as JSON, with every character escaped. */
const bodyAtMost = 8 * 1024 * 1024;

const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** No script but the page's own runs, nothing is loaded from elsewhere, and no other page shows this one in a frame. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The server of the page and its API. See guard.ts for whom it answers. */
export function pageServer({ token, files, api, stream, onError }: PageServerOptions): Server {
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    void answered(request, response).catch((error: unknown) => {
      if (error instanceof Refused) {
        sendJson(response, error.status, { error: error.message });
        return;
      }
      onError(error);
      sendJson(response, 500, { error: 'This failed in the server; the terminal says why.' });
    });
  });
  let check: ReturnType<typeof guard> | undefined;
  return server;

  async function answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
    check ??= guard((server.address() as AddressInfo).port, token);
    const { method = '', url = '', headers } = request;
    const [path = ''] = url.split('?', 1);
    const isApi = path.startsWith('/api/');
    const refusal = check({
      headers,
      isApi,
      isPage: path === '/' && (method === 'GET' || method === 'HEAD'),
    });
    if (refusal !== undefined) {
      sendJson(response, refusal.status, { error: refusal.reason });
      return;
    }
    if (!isApi) {
      sendFile(request, response, path);
      return;
    }
    if (path === '/api/stream' && method === 'GET') {
      if (!stream.add(response, common)) throw new Refused(409, 'Too many pages are open.');
      return;
    }
    const found = api.find(method, path);
    if (found === undefined) {
      sendJson(response, 404, { error: 'There is nothing here.' });
      return;
    }
    if (found === 'method') {
      sendJson(response, 405, { error: 'This is not asked for in this way.' });
      return;
    }
    const body = await bodyOf(request, bodyAtMost);
    if (body === undefined) return;
    if (body === 'too large') sendJson(response, 413, { error: 'The request is too large.' });
    else sendJson(response, 200, await found(parsed(body)));
  }

  function sendFile({ method = '' }: IncomingMessage, response: ServerResponse, path: string): void {
    const file = files.get(path);
    if (method !== 'GET' && method !== 'HEAD') {
      sendJson(response, 405, { error: 'This is not asked for in this way.' });
      return;
    }
    if (file === undefined) {
      sendJson(response, 404, { error: 'There is nothing here.' });
      return;
    }
    const nonce = randomBytes(18).toString('base64url');
    const bytes =
      path === '/'
        ? Buffer.from(Buffer.from(file.bytes).toString().replaceAll('__NONCE__', nonce))
        : file.bytes;
    response.writeHead(200, {
      ...common,
      'content-type': file.type,
      'content-length': bytes.byteLength,
      'content-security-policy': policy(nonce),
    });
    response.end(method === 'HEAD' ? undefined : bytes);
  }
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...common,
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.byteLength,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(status === 413 && { connection: 'close' }),
  });
  endAnswer(response, bytes);
}

function parsed(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(body).toString()) as unknown;
  } catch {
    throw new Refused(400, 'The request is no JSON.');
  }
}
