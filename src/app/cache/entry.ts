import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../model/json.js';

/** A report with thousands of findings is read once. */
const bytesAtMost = 2 ** 20;
const dayMs = 24 * 60 * 60 * 1000;

/** Reads an entry; undefined where there is none that this user, and nobody else, can have written. */
export function readEntry(folder: string, name: string): Json | undefined {
  try {
    if (!isOwn(lstatSync(folder))) return undefined;
    const path = join(folder, name);
    const text = readOwn(path);
    const end = text.indexOf('\n');
    const content = text.slice(end + 1);
    if (text.slice(0, end) !== sum(content)) return undefined;
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}

/** Writes an entry, whole or not at all. A folder that cannot be written is no reason to fail, nor to say so. */
export function writeEntry(folder: string, name: string, entry: Json): void {
  const content = JSON.stringify(entry);
  const text = `${sum(content)}\n${content}`;
  if (Buffer.byteLength(text) > bytesAtMost) return;
  const draft = join(folder, `${name}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(lstatSync(folder))) return;
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
    renameSync(draft, join(folder, name));
  } catch {
    discard(draft);
  }
}

/** Follows no link, and takes no more than an entry can hold. */
function readOwn(path: string): string {
  const handle = openSync(path, constants.O_RDONLY | noLinks | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile() || !isOwn(stats) || stats.size > bytesAtMost) return '';
    // What is pruned is what nobody has asked for in a while.
    if (Date.now() - stats.mtimeMs > dayMs) utimesSync(path, new Date(), new Date());
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

/** Windows has neither links that anybody may make nor these permissions; there the folder's own have to do. */
const noLinks = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

function isOwn(stats: Stats): boolean {
  if (stats.isSymbolicLink()) return false;
  return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0);
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // As silent as a failure to write.
  }
}

function sum(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
