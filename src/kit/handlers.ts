import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { kindOf, lookUp, obstacleBefore } from './disk.js';
import { byCodeUnit, handlersFolder, pathObjection } from './path.js';
import { withIoErrors } from './io-errors.js';
import { shown } from './shown.js';

/** Far above what people write; the compiler that parses it takes its time. */
const bytesAtMost = 4 * 2 ** 20;

/**
 * The user's handler files: every `handlers/*.ts`, by path relative to `out`, sorted. Texts are exact: encoded as UTF-8
 * they give the bytes on disk again, byte order mark and line ends included. Empty where the folder is absent.
 *
 * @throws Rejected `output-link` where the folder or a file in it is a link, `handler-encoding` for what is not UTF-8
 */
export async function readHandlers(out: string): Promise<Map<string, string>> {
  const handlers = new Map<string, string>();
  const obstacle = await obstacleBefore(out, `${handlersFolder}any`);
  if (obstacle?.kind === 'refused') throw new Rejected(obstacle.diagnostic);
  if (obstacle !== undefined) return handlers;

  const folder = join(out, handlersFolder);
  const names = await withIoErrors(folder, 'read', () => readdir(folder));
  for (const name of names.sort(byCodeUnit)) {
    // A name that the generator could not give to a file is none that it has to know.
    if (!name.endsWith('.ts') || pathObjection(name) !== undefined) continue;
    const path = handlersFolder + name;
    if ((await kindOf(join(out, path))) === 'folder') continue;
    const found = await lookUp(out, path, bytesAtMost);
    if (found.kind === 'refused') throw new Rejected(found.diagnostic);
    if (found.kind === 'file') handlers.set(path, decode(found.bytes, join(out, path)));
  }
  return handlers;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const name = shown(file);
    const found = diagnostic('handler-encoding', `${name} is not UTF-8.`);
    throw new Rejected({ ...found, position: { file: name, ...firstOther(bytes) } });
  }
}

/** Where the bytes stop being UTF-8: behind the longest beginning that may still become it. */
function firstOther(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  let [good, bad] = [0, bytes.length + 1];
  while (good + 1 < bad) {
    const middle = (good + bad) >>> 1;
    if (beginning(bytes, middle) === undefined) bad = middle;
    else good = middle;
  }
  const lines = (beginning(bytes, good) ?? '').split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function beginning(bytes: Uint8Array, length: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
      stream: true,
    });
  } catch {
    return undefined;
  }
}
