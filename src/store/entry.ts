import { createHash } from 'node:crypto';
import type { Json } from '../model/json.js';
import type { Answer, Capture } from './record.js';

/** What a list shows of a kept delivery: all that is known without its headers and bodies. */
export interface Entry extends Omit<Capture, 'headers' | 'body' | 'answer'> {
  /** Bytes of the body. */
  readonly size: number;
  /** SHA-256 of the body, in hexadecimal. */
  readonly digest: string;
  readonly answer?: Pick<Answer, 'milliseconds' | 'status' | 'error'>;
  /** What whoever added the delivery has to remember of it. */
  readonly note?: Json;
}

export function entryOf(capture: Capture, note: Json | undefined): Entry {
  const { headers: _headers, body, answer, ...facts } = capture;
  return {
    ...facts,
    size: body.length,
    digest: createHash('sha256').update(body).digest('hex'),
    ...(answer && { answer: inShort(answer) }),
    ...(note !== undefined && { note }),
  };
}

function inShort({ milliseconds, status, error }: Answer): NonNullable<Entry['answer']> {
  return {
    milliseconds,
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
  };
}
