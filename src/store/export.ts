import { Buffer } from 'node:buffer';
import type { Capture } from './record.js';

/** A file to be written, by its name. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What stands in the file beside the body. */
export interface ExportedHeaders {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly receivedAt: string;
  readonly event?: string;
  readonly headers: Capture['headers'];
}

const headersEnding = '.headers.json';

/** Whether a file holds the headers of an exported delivery, and no body. */
export function isExportedHeaders(name: string): boolean {
  return name.endsWith(headersEnding);
}

/** The file that stands beside an exported body: `x.headers.json` for `x.json`. */
export function headersFileOf(body: string): string {
  return body.replace(/\.(?:json|urlencoded\.txt|body)$/, '') + headersEnding;
}

/**
 * A delivery as plain files: the body byte for byte, and how it came. It says what it is given, credentials too.
 */
export function exported(capture: Capture): readonly ExportedFile[] {
  const { id, method, path, receivedAt, event, headers, body } = capture;
  const name = `${fileNameOf(event)}.${id}`;
  const beside: ExportedHeaders = {
    method,
    path,
    receivedAt,
    ...(event !== undefined && { event }),
    headers,
  };
  return [
    { name: `${name}${endingOf(headers)}`, bytes: body },
    { name: `${name}${headersEnding}`, bytes: Buffer.from(`${JSON.stringify(beside, undefined, 2)}\n`) },
  ];
}

/** Events have names with slashes, and a document may put anything else into them. */
function fileNameOf(event: string | undefined): string {
  const name = (event ?? '')
    .replace(/[^A-Za-z\d._]+/g, '-')
    .replace(/^[.-]+|-+$/g, '')
    .slice(0, 80);
  return name === '' ? 'delivery' : name;
}

function endingOf(headers: Capture['headers']): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const media = type.split(';', 1).join().trim().toLowerCase();
  if (media === 'application/x-www-form-urlencoded') return '.urlencoded.txt';
  return media === '' || media === 'application/json' || media.endsWith('json') ? '.json' : '.body';
}
