import { Buffer } from 'node:buffer';
import { post, type Connections, type Posted } from '../delivery/post.js';
import type { Answer } from '../store/record.js';
import type { Reply, Request } from './endpoint.js';
import { forwardedPath } from './target.js';

/** Sends deliveries on to the app. */
export interface Forwarder {
  readonly url: URL;
  /** Never rejects. */
  forward(request: Request): Promise<Posted>;
}

/** What is passed on of an answer. */
const maxAnswerBytes = 16 * 1024 * 1024;
/** What is kept of it. */
export const maxKeptBytes = 64 * 1024;

export function forwarderTo(
  url: URL,
  { timeoutMs, connections, signal }: { timeoutMs: number; connections: Connections; signal: AbortSignal },
): Forwarder {
  return {
    url,
    forward: ({ method, path, headers, body }) =>
      post(
        { url, headers, body },
        {
          method,
          path: forwardedPath(url, path),
          timeoutMs,
          connections,
          signal,
          answerBytes: maxAnswerBytes,
        },
      ),
  };
}

/** What the sender is answered: what the app said, or that it said nothing. */
export function replyOf(posted: Posted): Reply {
  if ('failure' in posted) {
    const status = posted.failure === 'timeout' ? 504 : 502;
    return {
      status,
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: `freshworks-gen dev: ${posted.reason}\n`,
    };
  }
  if (posted.isCut)
    return {
      status: 502,
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: 'freshworks-gen dev: the answer of the app is too large\n',
    };
  return posted;
}

/** The same, as it is kept. */
export function answerOf(posted: Posted): Answer {
  const { milliseconds } = posted;
  if ('failure' in posted) return { milliseconds, error: posted.reason };
  const { status, headers, body } = posted;
  return { milliseconds, status, headers, body: Buffer.from(body.subarray(0, maxKeptBytes)) };
}
