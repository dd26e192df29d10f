import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Input } from '../model/document.js';
import type { Files } from '../model/files.js';
import { createSource, type Source } from '../diagnostics/source.js';
import { limits } from './limits.js';
import { rejected } from './rejection.js';

export interface TextFile {
  readonly source: Source;
  readonly input: Input;
  readonly bytes: number;
}

/**
 * Reads a file as text: UTF-8 with or without a byte order mark, any line ends, no control characters.
 *
 * @param path absolute
 * @param name the file as messages show it
 * @param quotable whether messages may show what is in it
 * @throws Rejected when it cannot be read, is too large, empty or not text.
 */
export async function readText(
  path: string,
  name: string,
  quotable: boolean,
  files: Files,
): Promise<TextFile> {
  const bytes = await readBytes(path, name, files);
  const source = createSource(name, decode(bytes, name), quotable);
  // What is not a document is not quoted: it may be anything.
  const unquoted = { ...source, quotable: false };
  if (source.text.trim() === '')
    throw rejected('text-empty', `${name} is empty.`, { source: unquoted, offset: 0 });
  const control = source.text.search(/[\0-\x08\x0b\x0c\x0e-\x1f]/u);
  if (control >= 0) {
    const code = source.text.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0');
    const message = `${name} contains the control character U+${code}.`;
    throw rejected('text-control-character', message, { source: unquoted, offset: control });
  }
  return {
    source,
    bytes: bytes.length,
    input: { path, sha256: createHash('sha256').update(withoutCarriageReturns(bytes)).digest('hex') },
  };
}

/** What is hashed: a checkout with CRLF is the same document, and its manifest has to be the same. */
function withoutCarriageReturns(bytes: Buffer): Buffer {
  return bytes.includes('\r\n')
    ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : bytes;
}

async function readBytes(path: string, name: string, files: Files): Promise<Buffer> {
  try {
    const bytes = await files.read(path, limits.fileBytes);
    if (bytes.length <= limits.fileBytes) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    throw (error as { code?: unknown }).code === undefined ? error : unreadable(error, name);
  }
  throw tooLarge(name);
}

function tooLarge(name: string): Error {
  return rejected('file-too-large', `${name} is larger than ${limits.fileBytes / 1024 / 1024} MiB.`);
}

function unreadable(error: unknown, name: string): Error {
  const code = String((error as { code: unknown }).code);
  if (code === 'ENOENT' || code === 'ENOTDIR') return rejected('file-missing', `${name} does not exist.`);
  if (code === 'EISDIR') return rejected('file-is-folder', `${name} is a folder.`);
  if (code === 'TOO_LARGE') return tooLarge(name);
  if (code === 'NOT_A_FILE')
    return rejected('file-not-regular', `${name} is a pipe or a device, not a regular file.`);
  if (code === 'EACCES' || code === 'EPERM')
    return rejected('file-not-permitted', `${name} may not be read.`);
  return rejected('file-unreadable', `${name} could not be read (${code}).`);
}

function decode(bytes: Buffer, name: string): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const problem = utf16 ? 'is UTF-16, not UTF-8' : 'is not UTF-8';
  if (!utf16 && isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const sound = utf16 ? '' : soundText(bytes);
  throw rejected('text-not-utf8', `${name} ${problem}.`, {
    source: createSource(name, sound, false),
    offset: sound.length,
  });
}

/** The text before the first bytes that are no character: written again, these are others. */
function soundText(bytes: Buffer): string {
  const written = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const end = bytes.findIndex((byte, index) => byte !== written[index]);
  // As a stream, it leaves out a character that is not whole.
  return new TextDecoder().decode(bytes.subarray(0, end), { stream: true });
}
