import { Buffer } from 'node:buffer';
import type { Json } from '../model/json.js';
import type { Entry } from './entry.js';
import { isId } from './id.js';
import type { Answer, Capture } from './record.js';

/*
 * A kept delivery as a file:
 *
 *   1. a line of JSON with what a list shows, so that a list reads the beginning of each file alone;
 *   2. a line of JSON with the headers, and how long the answer's body is;
 *   3. the bytes of the body, then those of the answer's body.
 */

const version = 1;
const lineEnd = 0x0a;

interface FirstLine extends Entry {
  readonly version: number;
}

interface SecondLine {
  readonly headers: Capture['headers'];
  readonly answer?: { readonly headers: Capture['headers']; readonly size: number };
}

export function encode(entry: Entry, capture: Capture): Buffer {
  const { headers, body, answer } = capture;
  const first: FirstLine = { version, ...entry };
  const second: SecondLine = {
    headers,
    ...(answer?.headers && { answer: { headers: answer.headers, size: answer.body?.length ?? 0 } }),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(first)}\n${JSON.stringify(second)}\n`),
    body,
    ...(second.answer && answer?.body ? [answer.body] : []),
  ]);
}

/**
 * What the beginning of a file says.
 *
 * @returns `more` where the first line is longer than what is given; undefined for what is no kept delivery
 */
export function entryIn(bytes: Uint8Array, id: string): Entry | 'more' | undefined {
  const end = bytes.indexOf(lineEnd);
  if (end < 0) return 'more';
  return checkedEntry(parsed(bytes.subarray(0, end)), id);
}

/** A whole file. Undefined where it is cut short, or no kept delivery. */
export function captureIn(bytes: Uint8Array, id: string): Capture | undefined {
  const end = bytes.indexOf(lineEnd);
  const entry = end < 0 ? undefined : checkedEntry(parsed(bytes.subarray(0, end)), id);
  if (entry === undefined) return undefined;
  const secondEnd = bytes.indexOf(lineEnd, end + 1);
  const second = secondEnd < 0 ? undefined : parsed(bytes.subarray(end + 1, secondEnd));
  if (!isSecondLine(second)) return undefined;

  const start = secondEnd + 1;
  const answerStart = start + entry.size;
  if (bytes.length !== answerStart + (second.answer?.size ?? 0)) return undefined;
  const { size: _size, digest: _digest, note: _note, answer, ...facts } = entry;
  return {
    ...facts,
    headers: second.headers,
    body: bytes.subarray(start, answerStart),
    ...(answer && { answer: whole(answer, second.answer, bytes.subarray(answerStart)) }),
  };
}

function whole(short: Answer, rest: SecondLine['answer'], body: Uint8Array): Answer {
  return rest === undefined ? short : { ...short, headers: rest.headers, body };
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line).toString()) as unknown;
  } catch {
    return undefined;
  }
}

const sources: readonly unknown[] = ['received', 'replayed', 'edited', 'sample'];

/** A file that something else has written, or an older version of the program, is skipped and not believed. */
function checkedEntry(value: unknown, id: string): Entry | undefined {
  if (!isObject(value) || value['version'] !== version || value['id'] !== id) return undefined;
  const { receivedAt, source, of, method, path, event, size, digest, answer, note } = value;
  if (typeof receivedAt !== 'string' || Number.isNaN(Date.parse(receivedAt))) return undefined;
  if (!sources.includes(source) || typeof method !== 'string' || typeof path !== 'string') return undefined;
  if (!isSize(size) || typeof digest !== 'string') return undefined;
  if (!isMaybeText(event) || !(of === undefined || (typeof of === 'string' && isId(of)))) return undefined;
  if (answer !== undefined && !isShortAnswer(answer)) return undefined;
  return {
    id,
    receivedAt,
    source: source as Entry['source'],
    method,
    path,
    size,
    digest,
    ...(of !== undefined && { of }),
    ...(event !== undefined && { event }),
    ...(answer !== undefined && { answer }),
    ...(note !== undefined && { note: note as Json }),
  };
}

function isShortAnswer(value: unknown): value is NonNullable<Entry['answer']> {
  return (
    isObject(value) &&
    typeof value['milliseconds'] === 'number' &&
    (value['status'] === undefined || typeof value['status'] === 'number') &&
    isMaybeText(value['error'])
  );
}

function isSecondLine(value: unknown): value is SecondLine {
  if (!isObject(value) || !areHeaders(value['headers'])) return false;
  const { answer } = value;
  return (
    answer === undefined || (isObject(answer) && areHeaders(answer['headers']) && isSize(answer['size']))
  );
}

function areHeaders(value: unknown): value is Capture['headers'] {
  return (
    Array.isArray(value) &&
    value.every(
      (pair: unknown) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === 'string'),
    )
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isMaybeText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
