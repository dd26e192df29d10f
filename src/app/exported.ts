import { basename, dirname, join, resolve } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { explained, isGone } from '../disk/errno.js';
import { readRegularFile, UnfitFile } from '../disk/regular-file.js';
import { isHeaderName, isHeaderValue, type Header } from '../delivery/headers.js';
import { headersFileOf, isExportedHeaders } from '../store/export.js';

/** A delivery out of a file: of one that was exported, with how it came. */
export interface FileDelivery {
  /** The file as messages name it. */
  readonly name: string;
  readonly body: Uint8Array;
  /** Undefined where no file with headers stands beside it. */
  readonly headers?: readonly Header[];
  readonly method?: string;
  readonly path?: string;
  readonly event?: string;
}

/** Far above what a receiver takes. */
const maxBodyBytes = 16 * 1024 * 1024;
const maxHeadersBytes = 1024 * 1024;

/**
 * Reads a body from a file, and beside it, where it was exported, the file with its headers.
 *
 * @param path from `cwd`; either of the two files
 * @throws Rejected for what cannot be read
 */
export async function readDelivery(path: string, cwd: string): Promise<FileDelivery> {
  const asked = resolve(cwd, path);
  if (isExportedHeaders(asked))
    throw invalid(`${fileName(asked, cwd)} holds headers: name the file beside it that holds the body.`);
  const name = fileName(asked, cwd);
  const body = await read(asked, name, maxBodyBytes);
  const beside = join(dirname(asked), headersFileOf(basename(asked)));
  let text: Buffer;
  try {
    text = await readRegularFile(beside, maxHeadersBytes);
  } catch (error) {
    if (isGone(error)) return { name, body };
    throw unreadable(fileName(beside, cwd), error);
  }
  return { name, body, ...besideOf(text, fileName(beside, cwd)) };
}

async function read(path: string, name: string, atMost: number): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, atMost);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): unknown {
  const because = (reason: string) => invalid(`${name} cannot be read: ${reason}.`);
  return error instanceof UnfitFile ? because(error.message) : explained(error, because);
}

/** Somebody may have sent the file: what is in it is looked at. */
function besideOf(text: Buffer, name: string): Omit<FileDelivery, 'name' | 'body'> {
  let value: Readonly<Record<string, unknown>> | undefined;
  try {
    value = JSON.parse(text.toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    // The message of the parser quotes the file.
  }
  const { headers, method, path, event } = value ?? {};
  if (!Array.isArray(headers) || !headers.every(isHeader))
    throw invalid(`${name} does not hold the headers of a delivery that was exported.`);
  return {
    headers,
    ...(typeof method === 'string' && isHeaderName(method) && { method }),
    ...(typeof path === 'string' && path.startsWith('/') && { path }),
    ...(typeof event === 'string' && { event }),
  };
}

function isHeader(value: unknown): value is Header {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [name, text] = value as readonly unknown[];
  return typeof name === 'string' && isHeaderName(name) && typeof text === 'string' && isHeaderValue(text);
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('body-invalid', message));
}
