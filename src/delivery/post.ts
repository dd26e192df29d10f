import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Composed } from './compose.js';
import { failureOf, type Failure } from './failure.js';
import { ownHeadersOf, pairsOf, type Header } from './headers.js';

export type { Failure } from './failure.js';

/** The platform waits so long for an answer (integration notes of the vendor; grade: seed). */
export const platformTimeoutMs = 5000;

/** What is read of an answer where nothing else is asked for. */
export const maxAnswerBytes = 64 * 1024;

export interface PostOptions {
  /** From the first try to connect to the last byte of the answer. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `POST` by default. */
  readonly method?: string;
  /** What is asked for, byte for byte, in the place of the path and query of the address, which a URL may spell otherwise. */
  readonly path?: string;
  /** How much of the answer is read; 64 KiB by default. */
  readonly answerBytes?: number;
  /** Keeps connections for the next delivery; without one, each delivery has a connection of its own. */
  readonly connections?: Connections | undefined;
  /** How long the connection is open before the headers, or the body, follow. */
  readonly delay?: { readonly of: 'headers' | 'body'; readonly milliseconds: number } | undefined;
}

/** What the receiver said. */
export interface Answered {
  readonly status: number;
  /** In their order and spelling. */
  readonly headers: readonly Header[];
  /** As much of it as is read. */
  readonly body: Uint8Array;
  readonly isCut: boolean;
  readonly milliseconds: number;
}

/** Why there is no answer. */
export interface Unanswered {
  readonly failure: Failure;
  /** In plain words; no header and no byte of the delivery is in them. */
  readonly reason: string;
  readonly milliseconds: number;
}

export type Posted = Answered | Unanswered;

/** Connections that are kept for the next delivery. */
export interface Connections {
  readonly http: http.Agent;
  readonly https: https.Agent;
  close(): void;
}

export function keepAlive(atMost: number): Connections {
  const options = { keepAlive: true, maxSockets: atMost, maxFreeSockets: atMost };
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  return {
    ...agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/**
 * Posts the bytes of a delivery with its headers, in their order and spelling. Follows no redirect. Never rejects.
 */
export function post({ url, headers, body }: Composed, options: PostOptions = {}): Promise<Posted> {
  const { timeoutMs = platformTimeoutMs, signal, method = 'POST', connections, delay } = options;
  const { path = `${url.pathname}${url.search}`, answerBytes = maxAnswerBytes } = options;
  const started = performance.now();
  const passed = () => performance.now() - started;
  const secure = url.protocol === 'https:';

  return new Promise((resolve) => {
    const ended = new AbortController();
    let endedBy: 'timeout' | 'aborted' | undefined;
    const end = (by: typeof endedBy) => {
      endedBy ??= by;
      ended.abort();
    };
    const timer = setTimeout(end, timeoutMs, 'timeout');
    const abort = () => {
      end('aborted');
    };
    if (signal?.aborted) abort();
    if (signal) {
      // Many deliveries may be under way that one signal ends: Node would take them for a leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abort, { once: true });
    }
    let waiting: NodeJS.Timeout | undefined;
    const settle = (posted: Posted) => {
      clearTimeout(timer);
      clearTimeout(waiting);
      signal?.removeEventListener('abort', abort);
      resolve(posted);
    };
    const fail = (error: unknown) => {
      settle({ ...failureOf(error, { endedBy, url, timeoutMs }), milliseconds: passed() });
    };

    try {
      const request = (secure ? https : http).request(url, {
        method,
        path,
        // A list is written as it is. An object would be put in another order, and be given a header of its own.
        headers: [
          ['Host', url.host],
          ...ownHeadersOf(headers),
          ['Content-Length', String(body.byteLength)],
        ] as unknown as readonly string[],
        agent: connections ? connections[secure ? 'https' : 'http'] : false,
        signal: ended.signal,
      });
      let isAnswered = false;
      request.on('error', fail);
      request.on('close', () => {
        if (!isAnswered) fail({ code: 'ECONNRESET' });
      });
      request.on('response', (response) => {
        isAnswered = true;
        const chunks: Uint8Array[] = [];
        let length = 0;
        const answer = (isCut: boolean) => {
          settle({
            status: response.statusCode ?? 0,
            headers: pairsOf(response.rawHeaders),
            body: Buffer.concat(chunks).subarray(0, answerBytes),
            isCut,
            milliseconds: passed(),
          });
        };
        response.on('data', (chunk: Uint8Array) => {
          chunks.push(chunk);
          length += chunk.byteLength;
          if (length <= answerBytes) return;
          answer(true);
          response.destroy();
        });
        response.on('end', () => {
          answer(false);
        });
        response.on('error', fail);
        // What ends without a word is an end too: each of these comes last, and says nothing that has been said.
        response.on('close', () => {
          fail({ code: 'ECONNRESET' });
        });
      });
      const send = () => request.end(body);
      if (delay === undefined) {
        send();
        return;
      }
      // The body alone is late once the headers have gone; nothing goes out before the first write.
      const late = () => (waiting = setTimeout(send, delay.milliseconds));
      if (delay.of === 'body') {
        request.flushHeaders();
        late();
      } else request.once('socket', late);
    } catch (error) {
      // A header that no request can have.
      fail(error);
    }
  });
}
