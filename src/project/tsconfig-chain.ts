import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Node } from 'jsonc-parser';
import type { AddDependency } from '../model/dependency.js';
import { quoted } from '../diagnostics/printable.js';
import { createSource, type Source } from '../diagnostics/source.js';
import { memberNamed, parseJson } from './json.js';
import { readProjectText, Unreadable } from './text.js';

/** Far above what people write: the whole of what a tsconfig.json extends, directly and indirectly. */
const filesAtMost = 100;
const bytesAtMost = 256 * 1024;
const nameLengthAtMost = 1_000;

/** The options that say how modules import each other. Others are not looked at. */
const wanted: ReadonlySet<string> = new Set([
  'module',
  'moduleResolution',
  'allowImportingTsExtensions',
  'rewriteRelativeImportExtensions',
]);

type CompilerOptions = ReadonlyMap<string, unknown>;

export interface Tsconfig {
  /** Those of `extends` beneath those of the file itself. */
  readonly compilerOptions: CompilerOptions;
  /** Whether it only points at other projects and says nothing about how their files import each other. */
  readonly isSolution: boolean;
}

/**
 * Reads a tsconfig.json and what it extends. TypeScript’s own reader would follow `extends` without an end, once for every way
 * that leads to a file; here each file is read once, and there are limits.
 *
 * @throws Unreadable naming the file and the offset
 */
export async function readTsconfig(
  file: string,
  addDependency: AddDependency | undefined,
): Promise<Tsconfig> {
  const known = new Map<string, CompilerOptions | 'being read'>();
  let root: Node | undefined;

  async function optionsOf(path: string, namedIn: { source: Source; offset: number } | undefined) {
    const before = known.get(path);
    if (before === 'being read')
      throw new Unreadable('it extends itself', namedIn?.source ?? blank, namedIn?.offset);
    if (before !== undefined) return before;
    if (known.size >= filesAtMost)
      throw new Unreadable(
        `it extends more than ${filesAtMost} files`,
        namedIn?.source ?? blank,
        namedIn?.offset,
      );
    known.set(path, 'being read');
    addDependency?.('content', path);
    const source = await readProjectText(path, bytesAtMost).catch((error: unknown) => {
      if (!(error instanceof Unreadable) || namedIn === undefined) throw error;
      throw new Unreadable(`${error.source.file}: ${error.message}`, namedIn.source, namedIn.offset);
    });
    const config = parseJson(source, { comments: true });
    if (config !== undefined && config.type !== 'object')
      throw new Unreadable('it is not an object', source, config.offset);
    root ??= config;
    const options = new Map<string, unknown>();
    for (const { name, offset } of extendedBy(config, source)) {
      const from = { source, offset };
      for (const [key, value] of await optionsOf(await locate(name, path, from, addDependency), from))
        options.set(key, value);
    }
    for (const [key, value] of ownOptions(config)) options.set(key, value);
    known.set(path, options);
    return options;
  }

  const compilerOptions = await optionsOf(file, undefined);
  return { compilerOptions, isSolution: isSolution(root) };
}

const blank = createSource('tsconfig.json', '');

function extendedBy(config: Node | undefined, source: Source): readonly { name: string; offset: number }[] {
  const node = memberNamed(config, 'extends');
  if (node === undefined) return [];
  const list = node.type === 'array' ? (node.children ?? []) : [node];
  if (list.length > filesAtMost)
    throw new Unreadable(`it extends more than ${filesAtMost} files`, source, node.offset);
  return list.map(({ type, value, offset }) => {
    if (type !== 'string')
      throw new Unreadable('`extends` is neither a string nor a list of them', source, offset);
    return { name: String(value), offset };
  });
}

/** `null` takes back what an extended file says, as TypeScript has it. */
function ownOptions(config: Node | undefined): readonly (readonly [string, unknown])[] {
  return (memberNamed(config, 'compilerOptions')?.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    const name = String(key?.value);
    if (!wanted.has(name) || value === undefined) return [];
    // What is no scalar is no value of these; TypeScript is to say so.
    return [[name, value.type === 'null' ? undefined : (value.value as unknown)] as const];
  });
}

function isSolution(config: Node | undefined): boolean {
  const files = memberNamed(config, 'files');
  return (
    memberNamed(config, 'references') !== undefined &&
    files?.type === 'array' &&
    (files.children ?? []).length === 0
  );
}

/** The file that `extends` names: a path, or a module of a package, found as TypeScript finds it. */
async function locate(
  name: string,
  from: string,
  { source, offset }: { readonly source: Source; readonly offset: number },
  addDependency: AddDependency | undefined,
): Promise<string> {
  const missing = () => new Unreadable(`it extends ${quoted(name)}, which is not there`, source, offset);
  if (name === '' || name.length > nameLengthAtMost || name.includes('\0')) throw missing();
  const exists = (path: string) => {
    addDependency?.('content', path);
    return isFile(path);
  };
  if (/^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])/.test(name)) {
    const path = resolve(dirname(from), name.replaceAll('\\', '/'));
    if (exists(path) || path.endsWith('.json')) return path;
    if (exists(`${path}.json`)) return `${path}.json`;
    throw missing();
  }
  const { moduleOfPackage } = await import('./package-tsconfig.js');
  const found = moduleOfPackage(name, from, { exists, bytesAtMost, addDependency });
  if (found === undefined) throw missing();
  return found;
}

/** Whether something other than a folder is there: whether it can be read is for the reader to say. */
function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
