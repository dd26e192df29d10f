import { isObject } from '../model/pointer.js';
import type { Json } from '../model/json.js';

/** A request of an HTTP archive that has a body. */
export interface ArchivedRequest {
  /** Its number among all entries, from 1. */
  readonly number: number;
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** As the archive writes it. */
  readonly startedAt: string;
}

/** The requests of an HTTP archive (HAR 1.2) that carry a body; undefined for what is no archive. */
export function requestsIn(archive: Json): readonly ArchivedRequest[] | undefined {
  const log = isObject(archive) ? archive['log'] : undefined;
  const entries = isObject(log) ? log['entries'] : undefined;
  if (!Array.isArray(entries)) return undefined;
  return (entries as readonly Json[]).flatMap((entry, index) => requestIn(entry, index + 1) ?? []);
}

function requestIn(entry: Json, number: number): ArchivedRequest | undefined {
  const request = isObject(entry) ? entry['request'] : undefined;
  const data = isObject(request) ? request['postData'] : undefined;
  if (!isObject(entry) || !isObject(request) || !isObject(data)) return undefined;
  const text = bodyOf(data);
  if (text === undefined) return undefined;
  return {
    number,
    path: pathOf(request['url']),
    contentType: textOf(data['mimeType']),
    body: Buffer.from(text, data['encoding'] === 'base64' ? 'base64' : 'utf8'),
    startedAt: textOf(entry['startedDateTime']),
  };
}

/** The body as text, or the parameters that it was taken apart to. */
function bodyOf({ text, params }: { readonly [key: string]: Json }): string | undefined {
  if (typeof text === 'string' && text !== '') return text;
  if (!Array.isArray(params) || params.length === 0) return undefined;
  const pairs = (params as readonly Json[]).flatMap((each) =>
    isObject(each) ? [[textOf(each['name']), textOf(each['value'])] as [string, string]] : [],
  );
  return new URLSearchParams(pairs).toString();
}

function pathOf(url: Json | undefined): string {
  return textOf(url).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
