import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Buffer } from 'node:buffer';
import { headerIn, ownHeadersOf, pairsOf, type Header } from '../delivery/headers.js';
import { bodyOf, endAnswer } from './body.js';

/** A request as it came. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface Reply {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | string;
}

export interface EndpointOptions {
  readonly maxBodyBytes: number;
  /** Must not reject. */
  readonly receive: (request: Request) => Promise<Reply>;
  /** Is called with what was not taken, and why. */
  readonly onRefused: (reason: string) => void;
}

/** More than any sender's; Node's own limit is 16 KiB. */
const maxHeaderSize = 64 * 1024;

/**
 * The server that deliveries are sent to. It takes every method, path and host: a tunnel points here, and whoever knows its
 * address may send. So nothing else is to be had here: the page has a server of its own, on a port that no tunnel leads to.
 */
export function endpoint({ maxBodyBytes, receive, onRefused }: EndpointOptions): Server {
  const server = createServer({ maxHeaderSize, requestTimeout: 60_000 }, (request, response) => {
    void taken(request, response);
  });
  // Node leaves out the headers behind a number of them, without a word; their size is limited as it is.
  server.maxHeadersCount = 0;
  // A request that never comes to its end is no delivery.
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;

  async function taken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request, maxBodyBytes);
    if (body === undefined) return;
    if (body === 'too large') {
      onRefused(`a body of more than ${maxBodyBytes} bytes: answered 413, not forwarded`);
      answer(response, { status: 413, headers: [['Connection', 'close']], body: 'The body is too large.\n' });
      return;
    }
    const { method = '', url = '' } = request;
    answer(response, await receive({ method, path: url, headers: pairsOf(request.rawHeaders), body }));
  }
}

function answer(response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.destroyed) return;
  const bytes = Buffer.from(body);
  // The answer to HEAD says how long the body would be.
  const length =
    response.req.method === 'HEAD' ? headerIn(headers, 'content-length') : String(bytes.byteLength);
  const isBare = status === 204 || status === 304;
  // The headers are the app's: its date too.
  response.sendDate = false;
  const own = ownHeadersOf(headers);
  const close = headers.filter(([name, value]) => name.toLowerCase() === 'connection' && value === 'close');
  response.writeHead(status, [
    ...own.flat(),
    ...close.flat(),
    ...(isBare || length === undefined ? [] : ['Content-Length', length]),
  ]);
  endAnswer(response, bytes);
}
