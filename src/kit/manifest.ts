import { join } from 'node:path';
import type { Contract } from '../model/contract.js';
import type { Json, JsonObject } from '../model/json.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { createSource, positionAt } from '../diagnostics/source.js';
import { contractJson, readContract } from './contract.js';
import { lookUp } from './disk.js';
import { ascii, jsonText } from './json-text.js';
import { byCodeUnit, isHandlerPath, pathObjection } from './path.js';
import { shown } from './shown.js';

export const manifestPath = '.freshworks-gen.json';
const version = 1;
/** Many times what the largest kit needs. */
const mebibytesAtMost = 16;

/**
 * What a run left behind: how to run it again, which files are its own. It serves pruning and replay and proves nothing:
 * a pull request can rewrite it.
 */
export interface Manifest {
  /** Version of the generator. */
  readonly generator: string;
  /** The options that a rerun replays, as plain JSON. */
  readonly options: JsonObject;
  readonly documents: readonly { readonly file: string; readonly sha256: string }[];
  /** Event name to the handler that was written for it. */
  readonly stubs: ReadonlyMap<string, string>;
  /** Path, relative to the kit's folder, to the SHA-256 of the generated file. Handlers are not among them. */
  readonly files: ReadonlyMap<string, string>;
  /** What the kit's users rely on, for `diff`; older kits have recorded none. Read when it is asked for. */
  readonly contract?: () => Contract;
}

/**
 * Reads the manifest of a kit; undefined where there is none.
 *
 * @throws Rejected `manifest-broken`, `manifest-newer`, `manifest-path` naming file and key; `output-link` and its kin
 */
export async function readManifest(out: string): Promise<Manifest | undefined> {
  const found = await lookUp(out, manifestPath, mebibytesAtMost * 2 ** 20 + 1);
  if (found.kind === 'absent') return undefined;
  if (found.kind === 'refused') throw new Rejected(found.diagnostic);

  return parseManifest(found.bytes, shown(join(out, manifestPath)));
}

/**
 * Reads a manifest's bytes.
 *
 * @param file as messages name it
 * @throws Rejected `manifest-broken`, `manifest-newer`, `manifest-path` naming file and key
 */
export function parseManifest(bytes: Uint8Array, file: string): Manifest {
  const manifest = located(bytes, file, () => read(bytes, file));
  const { contract } = manifest;
  return { ...manifest, ...(contract && { contract: () => located(bytes, file, contract) }) };
}

function read(bytes: Uint8Array, file: string): Manifest {
  if (bytes.length > mebibytesAtMost * 2 ** 20)
    throw broken(file, 'the manifest', `is larger than ${mebibytesAtMost} MiB`);
  const root = object(parse(bytes, file), file, 'the manifest');
  const format = member(root, 'manifest');
  if (typeof format === 'number' && Number.isInteger(format) && format > version) {
    const message = `${file} has format ${format}; this generator knows format ${version}.`;
    throw new Flaw('manifest', diagnostic('manifest-newer', message));
  }
  if (format !== version) throw broken(file, 'manifest', `is not ${version}`);
  const contract = member(root, 'contract');
  return {
    generator: text(member(root, 'generator'), file, 'generator'),
    options: object(member(root, 'options'), file, 'options'),
    documents: documents(member(root, 'documents'), file),
    stubs: texts(member(root, 'stubs'), file, 'stubs'),
    files: hashes(member(root, 'files'), file),
    ...(contract !== undefined && {
      contract: () => readContract(contract, (key, how) => broken(file, key, how)),
    }),
  };
}

/** The manifest's text, still to be laid out: keys sorted by code unit. */
export function manifestText(manifest: Manifest): string {
  const { generator, options, documents, stubs, files, contract } = manifest;
  const content = {
    manifest: version,
    generator,
    options: sorted(options),
    documents: [...documents]
      .map(({ file, sha256 }) => ({ file, sha256 }))
      .sort((left, right) => byCodeUnit(left.file, right.file)),
    stubs: sorted(Object.fromEntries(stubs)),
    files: sorted(Object.fromEntries(files)),
    ...(contract && { contract: contractJson(contract()) }),
  };
  return jsonText(content);
}

/** Checks a map of paths to hashes that some earlier run is said to have written. */
export function hashes(value: Json | undefined, file: string): ReadonlyMap<string, string> {
  const entries = texts(value, file, 'files');
  for (const [path, hash] of entries) {
    const objection = isHandlerPath(path) ? 'belongs to the user' : pathObjection(path);
    if (objection !== undefined) {
      const message = `${file}: files: the path ${JSON.stringify(path)} ${objection}.`;
      throw new Flaw(`files[${JSON.stringify(path)}]`, diagnostic('manifest-path', message));
    }
    if (!/^[0-9a-f]{64}$/.test(hash))
      throw broken(file, `files[${JSON.stringify(path)}]`, 'is not a SHA-256 in hex');
  }
  return entries;
}

function parse(bytes: Uint8Array, file: string): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw new Flaw('', diagnostic('manifest-broken', `${file} is not JSON.`));
  }
}

function documents(value: Json | undefined, file: string): Manifest['documents'] {
  if (!Array.isArray(value)) throw broken(file, 'documents', 'is not an array');
  return value.map((each: Json, index) => {
    const key = `documents[${index}]`;
    const entry = object(each, file, key);
    return {
      file: text(member(entry, 'file'), file, `${key}.file`),
      sha256: text(member(entry, 'sha256'), file, `${key}.sha256`),
    };
  });
}

function texts(value: Json | undefined, file: string, key: string): ReadonlyMap<string, string> {
  const entries = Object.entries(object(value, file, key));
  return new Map(entries.map(([name, each]) => [name, text(each, file, `${key}[${JSON.stringify(name)}]`)]));
}

function text(value: Json | undefined, file: string, key: string): string {
  if (typeof value !== 'string') throw broken(file, key, 'is not a string');
  return value;
}

function object(value: Json | undefined, file: string, key: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(file, key, 'is not an object');
  return value as JsonObject;
}

function member(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function broken(file: string, key: string, how: string): Flaw {
  return new Flaw(key, diagnostic('manifest-broken', `${file}: ${key} ${how}.`));
}

/** What is wrong with a manifest, and at which key: `files["body.ts"]`, `documents[0].file`. */
class Flaw extends Rejected {
  readonly key: string;

  constructor(key: string, found: Diagnostic) {
    super(found);
    this.key = key;
  }
}

/** Does something with what was read, and says of a flaw where it stands. */
function located<T>(bytes: Uint8Array, file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    const source = createSource(file, new TextDecoder().decode(bytes));
    const position = positionAt(source, offsetOf(error.key, source.text));
    throw new Rejected(...error.diagnostics.map((found) => ({ ...found, position })));
  }
}

/** Where a key stands in a text that the generator has laid out: each of its names behind the one before. */
function offsetOf(key: string, text: string): number {
  let offset = 0;
  for (const [, quoted, plain] of key.matchAll(/\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)) {
    const next = text.indexOf(`${ascii(quoted ?? JSON.stringify(plain))}:`, offset);
    if (next >= 0) offset = next;
  }
  return offset;
}

/** A copy with the keys of every object in order. `fromEntries` defines own properties, so `__proto__` is a key like others. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => byCodeUnit(left, right))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
