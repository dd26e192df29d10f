import { join } from 'node:path';
import type { Contract } from '../model/contract.js';
import type { Schema } from '../model/catalog.js';
import type { Json, JsonObject } from '../model/json.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { createSource, positionAt } from '../diagnostics/source.js';
import type { Position } from '../diagnostics/source-location.js';
import { contractJson, readContract } from './contract.js';
import { lookUp } from './disk.js';
import { flawOf, type Flaw } from './flaw.js';
import { ascii, jsonText } from './json-text.js';
import { byCodeUnit, isHandlerPath, pathObjection } from './path.js';
import { sorted } from './sorted.js';
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
  /** Where a member stands in the file that was read, by the names that lead to it. */
  readonly positionOf?: (path: readonly string[]) => Position;
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
  return {
    ...manifest,
    ...(contract && { contract: () => located(bytes, file, contract) }),
    positionOf: (path) => positionIn(bytes, file, path),
  };
}

function read(bytes: Uint8Array, file: string): Manifest {
  if (bytes.length > mebibytesAtMost * 2 ** 20)
    throw broken(file, { path: [], how: `is larger than ${mebibytesAtMost} MiB` });
  const root = parse(bytes, file);
  const { manifest: format } = Object(root) as Partial<ManifestJson>;
  if (typeof format === 'number' && Number.isInteger(format) && format > version) {
    const message = `${file} has format ${format}; this generator knows format ${version}.`;
    throw new Misfit(['manifest'], diagnostic('manifest-newer', message));
  }
  const flaw = flawOf('manifest', root);
  if (flaw !== undefined) throw broken(file, flaw);
  const { generator, options, documents, stubs, files, contract } = root as unknown as ManifestJson;
  return {
    generator,
    options,
    documents: documents.map((each) => ({ file: each.file, sha256: each.sha256 })),
    stubs: new Map(Object.entries(stubs)),
    files: pathsOf(files, file),
    ...(contract !== undefined && {
      contract: () => readContract(contract, (found) => broken(file, found)),
    }),
  };
}

/** A manifest of the right form. */
interface ManifestJson {
  readonly manifest: number;
  readonly generator: string;
  readonly options: JsonObject;
  readonly documents: Manifest['documents'];
  readonly stubs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly contract?: Json;
}

/**
 * The manifest's text, keys sorted by code unit.
 *
 * @param layOut lays out JSON
 */
export async function manifestText(
  manifest: Manifest,
  layOut: (json: string) => Promise<string>,
): Promise<string> {
  const { generator, options, documents, stubs, files, contract } = manifest;
  // Strings as long as the schemas are laid out in place of them: they have no escapes, which take twice the time to read.
  const schemas: string[] = [];
  const placeFor = (schema: Schema) => {
    const text = ascii(JSON.stringify(JSON.stringify(schema)));
    schemas.push(text);
    return '_'.repeat(text.length - 2);
  };
  const content = {
    manifest: version,
    generator,
    options: sorted(options),
    documents: [...documents]
      .map(({ file, sha256 }) => ({ file, sha256 }))
      .sort((left, right) => byCodeUnit(left.file, right.file)),
    stubs: sorted(Object.fromEntries(stubs)),
    files: sorted(Object.fromEntries(files)),
    ...(contract && { contract: contractJson(contract(), placeFor) }),
  };
  const laidOut = await layOut(jsonText(content));
  const places = /(?<="schema": ?)"_+"/g;
  // The types stand last: what looks like such a place before them is none.
  let index = schemas.length - (laidOut.match(places)?.length ?? 0);
  return laidOut.replace(places, (place) => schemas[index++] ?? place);
}

/** Checks a map of paths to hashes that some earlier run is said to have written. */
export function hashes(value: Json | undefined, file: string): ReadonlyMap<string, string> {
  const flaw = flawOf('files', value);
  if (flaw !== undefined) throw broken(file, flaw);
  return pathsOf(value as Readonly<Record<string, string>>, file);
}

function pathsOf(files: Readonly<Record<string, string>>, file: string): ReadonlyMap<string, string> {
  for (const path of Object.keys(files)) {
    const objection = isHandlerPath(path) ? 'belongs to the user' : pathObjection(path);
    if (objection !== undefined) {
      const message = `${file}: files: the path ${JSON.stringify(path)} ${objection}.`;
      throw new Misfit(['files', path], diagnostic('manifest-path', message));
    }
  }
  return new Map(Object.entries(files));
}

function parse(bytes: Uint8Array, file: string): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw new Misfit([], diagnostic('manifest-broken', `${file} is not JSON.`));
  }
}

/** What is wrong with a manifest, and the names that lead to where. */
class Misfit extends Rejected {
  readonly path: readonly string[];

  constructor(path: readonly string[], found: Diagnostic) {
    super(found);
    this.path = path;
  }
}

function broken(file: string, { path, how }: Flaw): Misfit {
  const key = path.map((name, at) => {
    if (/^\d+$/.test(name)) return `[${name}]`;
    if (!/^\w+$/.test(name)) return `[${JSON.stringify(name)}]`;
    return at === 0 ? name : `.${name}`;
  });
  const about = key.length === 0 ? 'the manifest' : key.join('');
  return new Misfit(path, diagnostic('manifest-broken', `${file}: ${about} ${how}.`));
}

/** Does something with what was read, and says of a flaw where it stands. */
function located<T>(bytes: Uint8Array, file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const position = positionIn(bytes, file, error.path);
    throw new Rejected(...error.diagnostics.map((found) => ({ ...found, position })));
  }
}

function positionIn(bytes: Uint8Array, file: string, path: readonly string[]): Position {
  const source = createSource(file, new TextDecoder().decode(bytes));
  return positionAt(source, offsetOf(path, source.text));
}

/**
 * Where a member stands in a text that the generator has laid out: each of the names behind the one before. Inside of a
 * schema, names are written with escapes, for a schema is a text itself.
 */
function offsetOf(path: readonly string[], text: string): number {
  const isSchema = path[0] === 'contract' && path[1] === 'types' && path[3] === 'schema';
  let offset = 0;
  for (const [index, name] of path.entries()) {
    const written = JSON.stringify(name);
    const spelling = isSchema && index > 3 ? JSON.stringify(written).slice(1, -1) : written;
    const next = text.indexOf(`${ascii(spelling)}:`, offset);
    if (next >= 0) offset = next;
  }
  return offset;
}
