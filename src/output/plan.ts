import { join } from 'node:path';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { withLineEnds, type LayoutOf } from '../kit/prettier-options.js';
import { lookUp, type Found } from '../kit/disk.js';
import { checkFolder } from './folder.js';
import { format } from './format.js';
import { readJournal } from './journal.js';
import { manifestPath, manifestText, type Manifest } from '../kit/manifest.js';
import { byCodeUnit, foldCase, isHandlerPath, parentsOf, pathObjection } from '../kit/path.js';
import { sha256 } from '../kit/sha256.js';
import { findShadows } from '../kit/shadows.js';
import { shown } from '../kit/shown.js';
import { isUnfinished } from './temporary.js';

export interface PlanRequest {
  /** The kit's folder; it need not exist. */
  readonly out: string;
  /** Every generated file by path, formatted and verified, lines ending in LF; the manifest is not among them. */
  readonly files: ReadonlyMap<string, string>;
  /** The user's handler files as they should be. */
  readonly handlers: ReadonlyMap<string, string>;
  /** The handler files as they were read: what `handlers` was made from. */
  readonly handlersBefore: ReadonlyMap<string, string>;
  /** What the last run left behind. */
  readonly manifest: Manifest | undefined;
  /** What this run will leave behind; the hashes of the files are added here. */
  readonly next: Omit<Manifest, 'files'>;
  /** The working directory, which a new kit may not hold; that of the process by default. */
  readonly cwd?: string;
  /** How the project wants files laid out. */
  readonly layoutOf: LayoutOf;
}

/**
 * - `created`: absent so far; `changed`: ours, and different now; `unchanged`: as it should be, line ends aside
 * - `removed`: ours, and no longer produced
 * - `edited`: listed as ours, but changed since; `foreign`: in the way, and never ours. Both need `force`
 */
export type State = 'created' | 'changed' | 'unchanged' | 'removed' | 'edited' | 'foreign';

export interface PlannedFile {
  readonly path: string;
  readonly state: State;
  /** Whose the file is: handlers are the user's. */
  readonly role: 'generated' | 'handler' | 'manifest';
  /** The text on disk, line ends and byte order mark included; absent with the file. */
  readonly before?: string;
  /** Hash of the bytes on disk: what is replaced or removed must still have it. */
  readonly beforeSha256?: string;
  /** The text to be written; absent where the file is to go. */
  readonly after?: string;
}

/** What a run would do to the disk. Making one changes nothing. */
export interface Plan {
  readonly out: string;
  /** By path. */
  readonly files: readonly PlannedFile[];
  readonly manifest: PlannedFile;
  /** The paths of files in the way that a kit without its manifest has left. */
  readonly lost: readonly string[];
  /** What stands in the kit where resolvers look for its modules, and was not generated. */
  readonly shadows: readonly Diagnostic[];
  /** Whether an earlier run was killed and left something to tidy up, or another one is at work. */
  readonly unfinished: boolean;
}

/**
 * Compares what should be with what is on disk.
 *
 * @throws Rejected where the folder or a path in it must not be written (`output-folder`, `output-link` and their kin),
 * or a handler file changed since it was read (`output-moved-on`)
 * @throws Error for paths that no emitter may produce: a fault of the generator
 */
export async function plan(request: PlanRequest): Promise<Plan> {
  const { out, files, handlers, layoutOf, next } = request;
  checkPaths(files, handlers);
  await checkFolder(out, request.cwd);

  const journal = await readJournal(out);
  const known = knownHashes(request.manifest, journal);
  const after = new Map([...files].map(([path, code]) => [path, sha256(code)]));
  const asWritten = async (path: string, code: string) => withLineEnds(code, await layoutOf(path));
  const { options } = await layoutOf(manifestPath);
  const laidOut = await manifestText({ ...next, files: after }, (code) =>
    format({ path: manifestPath, code, statements: [] }, options),
  );
  const nextText = await asWritten(manifestPath, laidOut);

  const planned: PlannedFile[] = [];
  const objections: Diagnostic[] = [];
  const look = async (path: string, compare: (found: Exclude<Found, Refused>) => PlannedFile | undefined) => {
    const found = await lookUp(out, path);
    if (found.kind !== 'refused') return compare(found);
    objections.push(found.diagnostic);
    return undefined;
  };
  const add = (file: PlannedFile | undefined) => file && planned.push(file);

  for (const [path, code] of files) {
    const text = await asWritten(path, code);
    add(await look(path, (found) => generated(path, text, found, known.get(path))));
  }
  for (const [path, code] of handlers) {
    // One that was there keeps the line ends that it has.
    const text = request.handlersBefore.has(path) ? code : await asWritten(path, code);
    const file = await look(path, (found) => handler(path, text, found));
    if (file && file.before !== request.handlersBefore.get(path)) {
      objections.push(
        diagnostic('output-moved-on', `${shown(join(out, path))} changed while it was being read.`),
      );
    }
    add(file);
  }
  for (const [path, hashes] of orphans(known, [...files.keys(), ...handlers.keys()])) {
    const found = await lookUp(out, path);
    if (found.kind === 'file') planned.push(orphan(path, found, hashes));
  }
  const manifest = await look(manifestPath, (found) => ({
    ...generated(manifestPath, nextText, found, new Set()),
    state: stateBeside(found, nextText),
    role: 'manifest',
  }));
  if (manifest === undefined || objections.length > 0) throw new Rejected(...objections);

  return {
    out,
    files: planned.sort((left, right) => byCodeUnit(left.path, right.path)),
    manifest,
    lost: manifest.before === undefined ? planned.filter(isGenerated).map(({ path }) => path) : [],
    shadows: await findShadows(
      out,
      planned.map(({ path }) => path),
    ),
    unfinished: await isUnfinished(out),
  };
}

/** Whether a file that no manifest lists says that it was generated. */
function isGenerated({ state, before = '' }: PlannedFile): boolean {
  return state === 'foreign' && /^(?:# Written|\/\* Generated) by freshworks-gen\b/m.test(before);
}

type Refused = Extract<Found, { kind: 'refused' }>;
type OnDisk = Extract<Found, { kind: 'file' }>;

/** An emitter's path is the generator's own doing, so a bad one is a fault of the program and not of the user. */
function checkPaths(files: ReadonlyMap<string, string>, handlers: ReadonlyMap<string, string>): void {
  const taken = new Map<string, string>();
  for (const path of [...files.keys(), ...handlers.keys()]) {
    const objection = pathObjection(path);
    if (objection !== undefined) throw new Error(`The path ${JSON.stringify(path)} ${objection}.`);
    if (isHandlerPath(path) !== handlers.has(path)) {
      throw new Error(`The path ${path} is on the wrong side of the handlers' folder.`);
    }
    const twin = taken.get(foldCase(path));
    if (twin !== undefined)
      throw new Error(`The paths ${twin} and ${path} are one file on a disk that is blind to case.`);
    taken.set(foldCase(path), path);
  }
  for (const path of taken.values()) {
    const parent = parentsOf(path).find((folder) => taken.has(foldCase(folder)));
    if (parent !== undefined) throw new Error(`The path ${parent} is a file and the folder of ${path}.`);
  }
}

function knownHashes(
  manifest: Manifest | undefined,
  journal: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>(journal);
  for (const [path, hash] of manifest?.files ?? []) known.set(path, new Set(known.get(path)).add(hash));
  return known;
}

/** Listed files that are no longer produced. One that differs in case alone from a produced file may be that very file. */
function orphans(known: ReadonlyMap<string, ReadonlySet<string>>, produced: readonly string[]) {
  const folded = new Set(produced.map(foldCase));
  return [...known].filter(([path]) => !folded.has(foldCase(path)));
}

function generated(
  path: string,
  after: string,
  found: Exclude<Found, Refused>,
  hashes: ReadonlySet<string> | undefined,
): PlannedFile {
  const beside = stateBeside(found, after);
  const state = found.kind === 'absent' || beside === 'unchanged' ? beside : stateOf(found, hashes);
  return { path, state, role: 'generated', ...before(found), after };
}

function handler(path: string, after: string, found: Exclude<Found, Refused>): PlannedFile {
  const held = before(found);
  const state = held.before === undefined ? 'created' : held.before === after ? 'unchanged' : 'changed';
  return { path, state, role: 'handler', ...held, after };
}

function orphan(path: string, found: OnDisk, hashes: ReadonlySet<string>): PlannedFile {
  const state = stateOf(found, hashes) === 'changed' ? 'removed' : 'edited';
  return { path, state, role: 'generated', ...before(found) };
}

function stateBeside(found: Exclude<Found, Refused>, after: string): 'created' | 'changed' | 'unchanged' {
  if (found.kind === 'absent') return 'created';
  // A checkout may have put CRLF where LF is wanted, but not the other way: the .gitattributes asks for CRLF then.
  if (after.includes('\r\n') && !Buffer.from(found.bytes).includes('\r\n')) return 'changed';
  return withoutCarriageReturns(found.bytes) === withoutCarriageReturns(Buffer.from(after))
    ? 'unchanged'
    : 'changed';
}

function stateOf(found: OnDisk, hashes: ReadonlySet<string> | undefined): 'changed' | 'edited' | 'foreign' {
  if (hashes === undefined) return 'foreign';
  return hashes.has(sha256(Buffer.from(withoutCarriageReturns(found.bytes), 'latin1')))
    ? 'changed'
    : 'edited';
}

/** Bytes as text, one character each: a CRLF checkout is told from an edited file without minding what the bytes mean. */
function withoutCarriageReturns(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n');
}

function before(found: Exclude<Found, Refused>): { before?: string; beforeSha256?: string } {
  if (found.kind === 'absent') return {};
  return { before: Buffer.from(found.bytes).toString('utf8'), beforeSha256: sha256(found.bytes) };
}
