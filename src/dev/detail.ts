import { Buffer } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { contentTypeOf } from '../delivery/compose.js';
import type { Credentials } from '../delivery/credentials.js';
import { headerIn, type Header } from '../delivery/headers.js';
import { bodyText } from '../delivery/text.js';
import type { Answer, Capture } from '../store/record.js';
import type { Detail, Summary } from './api.js';
import { maxKeptBytes } from './forward.js';
import type { Judge } from './judge.js';

const textAtMost = 256 * 1024;
const bytesAtMost = 64 * 1024;

/** What the page gets to see of a delivery. Values of credentials do not leave the server. */
export function detailOf(
  capture: Capture,
  {
    summary,
    attempts,
    judge,
    credentials,
  }: {
    readonly summary: Summary;
    readonly attempts: readonly Summary[];
    readonly judge: Pick<Judge, 'inspect'>;
    readonly credentials: Pick<Credentials, 'isCredential' | 'hiddenPath' | 'redaction'>;
  },
): Detail {
  const { headers, body, answer } = capture;
  const { payload, unreadable, issues, unknown, descriptions } = judge.inspect(capture, summary.event);
  const contentType = contentTypeOf(headers);
  const text = bodyText(body, contentType);
  const hidden = (given: readonly Header[]) =>
    given.map(
      ([name, value]) =>
        [name, credentials.isCredential(name) ? '…' : credentials.hiddenPath(value)] as const,
    );
  // An app may answer with what it was sent.
  const redacted = credentials.redaction(capture);
  return {
    ...summary,
    headers: hidden(headers),
    contentType,
    isCut: text === undefined ? body.length > bytesAtMost : text.length > textAtMost,
    ...(text === undefined
      ? { base64: Buffer.from(body.subarray(0, bytesAtMost)).toString('base64') }
      : { text: text.slice(0, textAtMost) }),
    ...(payload !== undefined && { payload }),
    ...(unreadable !== undefined && { unreadable }),
    issuesAt: issues,
    unknownAt: unknown,
    descriptions,
    ...(answer?.headers && {
      answer: {
        headers: hidden(answer.headers).map(([name, value]) => [name, redacted(value)] as const),
        body: redacted(answerText(answer, answer.headers), isCutAnswer(answer)),
      },
    }),
    attempts,
  };
}

/** A longer one is kept as far as this. */
function isCutAnswer({ body }: Answer): boolean {
  return body !== undefined && body.length >= maxKeptBytes;
}

/** As far as it is kept; a compressed one as it is read. */
function answerText({ body = new Uint8Array() }: Answer, headers: readonly Header[]): string {
  const text = bodyText(unpacked(body, headers), headerIn(headers, 'content-type') ?? 'text/plain');
  return text ?? `(${body.length} bytes that are no text)`;
}

function unpacked(body: Uint8Array, headers: readonly Header[]): Uint8Array {
  const options = { maxOutputLength: bytesAtMost };
  try {
    switch (headerIn(headers, 'content-encoding')?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, options);
      case 'deflate':
        return inflateSync(body, options);
      case 'br':
        return brotliDecompressSync(body, options);
      default:
        return body;
    }
  } catch {
    // Cut, too large, or not what it says.
    return body;
  }
}
