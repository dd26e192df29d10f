import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { LiveKit } from '../delivery/live-kit.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { readRegularFile } from '../disk/regular-file.js';
import { eventOfPath } from './event-of-path.js';
import type { Find, Origin } from './findings.js';
import { requestsIn } from './har.js';
import { linesOf } from './lines.js';
import { dayOf, type Observation } from './observation.js';
import type { Json } from '../model/json.js';
import { isExportedHeaders } from '../store/export.js';

/** The most bytes of a file that is read as a whole; JSON Lines may be as long as they like. */
const maxBytes = { payload: 16 * 2 ** 20, archive: 256 * 2 ** 20 };

type Kit = Pick<LiveKit, 'catalog' | 'identify' | 'decode'>;

export interface Reading {
  readonly kit: Kit;
  /** The event of every delivery, where the user has said it. */
  readonly event?: string | undefined;
  readonly cwd: string;
  readonly find: Find;
}

/** Files that deliveries are read from, in the order in which they are read. */
export async function filesIn(inputs: readonly string[], cwd: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const input of inputs) {
    const path = resolve(cwd, input);
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined) throw new Rejected(diagnostic('infer-input-missing', `there is no ${input}`));
    if (stats.isDirectory()) files.push(...(await filesBelow(path, 0)));
    else if (kindOf(path) === undefined) {
      const message = isExportedHeaders(path)
        ? `${input} holds headers: name the file beside it, or the folder`
        : `${input} is none of ${[...kinds.keys()].join(', ')}`;
      throw new Rejected(diagnostic('infer-input-unknown', message));
    } else files.push(path);
  }
  return [...new Set(files)];
}

/** Links are not followed, so that no circle of them is. */
async function filesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of names) {
    const path = join(folder, entry.name);
    if (entry.isFile() && kindOf(path) !== undefined) files.push(path);
    if (entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name) && depth < 32)
      files.push(...(await filesBelow(path, depth + 1)));
  }
  return files;
}

type Kind = 'json' | 'lines' | 'archive' | 'form' | 'text';

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['.json', 'json'],
  ['.jsonl', 'lines'],
  ['.ndjson', 'lines'],
  ['.har', 'archive'],
  ['.form', 'form'],
  ['.urlencoded', 'form'],
  ['.txt', 'text'],
  ['.body', 'text'],
]);

/** What an exported delivery came with stands beside its body, and is none. */
function kindOf(path: string): Kind | undefined {
  return isExportedHeaders(path) ? undefined : kinds.get(extname(path).toLowerCase());
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

/** The deliveries of files. One that cannot be read is reported, and left out. */
export async function* observationsIn(
  files: readonly string[],
  reading: Reading,
): AsyncGenerator<Observation> {
  for (const path of files) yield* inFile(path, reading);
}

async function* inFile(path: string, reading: Reading): AsyncGenerator<Observation> {
  const { kit, cwd, find } = reading;
  const file = fileName(path, cwd);
  const day = dayOf((await stat(path)).mtime);
  const named = eventOfPath(
    file,
    kit.catalog.events.map(({ name }) => name),
  );
  const observed = (payload: unknown, line: number, requestPath = '/', at = day): readonly Observation[] => {
    const origin = { file, line };
    const byPath = requestPath === '/' ? undefined : kit.identify(requestPath, payload);
    const event = reading.event ?? byPath ?? named ?? kit.identify('/', payload);
    if (event !== undefined) return [{ event, payload, day: at, origin }];
    find('infer-event-unknown', 'nothing says which event this is a delivery of', origin);
    return [];
  };
  const decoded = (bytes: Uint8Array, contentType: string, origin: Origin): readonly unknown[] => {
    const result = kit.decode(bytes, contentType);
    if ('payload' in result) return [result.payload];
    find('infer-delivery-unreadable', `this delivery is left out: ${result.reason}`, origin);
    return [];
  };
  const leftOut = (error: unknown): undefined => {
    find('infer-delivery-unreadable', `this file is left out: ${(error as Error).message}`, {
      file,
      line: 1,
    });
  };
  const whole = async (atMost: number): Promise<Uint8Array> => {
    try {
      return await readRegularFile(path, atMost);
    } catch (error) {
      leftOut(error);
      return new Uint8Array();
    }
  };

  const kind = kindOf(path);
  if (kind === 'lines') {
    const lines = linesOf(path)[Symbol.asyncIterator]();
    for (;;) {
      const next = await lines.next().catch(leftOut);
      if (next === undefined || next.done === true) return;
      const { number: line, bytes } = next.value;
      if (bytes === undefined)
        find('infer-delivery-unreadable', 'this line is left out: it is larger than 1 MiB', { file, line });
      else for (const payload of decoded(bytes, json, { file, line })) yield* observed(payload, line);
    }
  }
  const bytes = await whole(kind === 'archive' ? maxBytes.archive : maxBytes.payload);
  if (bytes.length === 0) return;
  const isForm = kind === 'form' || (kind === 'text' && !looksLike(bytes, /^\s*[[{]/));
  if (kind === 'text' && isForm && !looksLike(bytes, /^[^\s&=]+(?:\[|%5B)/i)) {
    find('infer-delivery-unreadable', 'this file is left out: it is neither JSON nor a form', {
      file,
      line: 1,
    });
    return;
  }
  for (const payload of decoded(bytes, isForm ? form : json, { file, line: 1 })) {
    const requests = kind === 'form' ? undefined : requestsIn(payload as Json);
    if (kind === 'archive' && requests === undefined)
      find('infer-delivery-unreadable', 'this file is left out: it is no HTTP archive', { file, line: 1 });
    else if (requests === undefined) yield* observed(payload, 1);
    for (const { path: to, contentType, body, startedAt } of requests ?? [])
      for (const inner of decoded(body, contentType, { file, line: 1 }))
        yield* observed(inner, 1, to, dayOf(startedAt));
  }
}

/** Whether a file begins as a pattern says. */
function looksLike(bytes: Uint8Array, pattern: RegExp): boolean {
  return pattern.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));
}
