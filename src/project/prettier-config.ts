import { basename, dirname, extname } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import type { Source } from '../diagnostics/source.js';
import { filesIn } from './find-up.js';
import { memberNamed, parseJson } from './json.js';
import { prettierFiles, programEndings } from './layout-files.js';
import { readProjectText, Unreadable } from './text.js';

/** What a file says to Prettier. */
export interface PrettierConfig {
  readonly source: Source;
  /** Paths of `overrides` are relative to it. */
  readonly folder: string;
  /** Own properties alone count. Empty where the file is. */
  readonly value: object;
  /** Where that stands: a package file has more than that. */
  readonly offset: number;
  /** Set where the options are a program’s: the file is one, or names one. Where that is said. */
  readonly program?: number;
}

/** A package.json may be long. The parsers of YAML, TOML and JSON5 get nothing that could keep them busy. */
const bytesOfPackage = 4 * 2 ** 20;
const bytesAtMost = 64 * 1024;
const levelsAtMost = 100;

/**
 * The configuration that stands in a folder. A package file is one only where it says something of Prettier, and one that cannot
 * be read might.
 *
 * @throws Unreadable
 */
export async function prettierConfigIn(
  folder: string,
  addDependency: AddDependency | undefined,
): Promise<PrettierConfig | undefined> {
  for await (const path of filesIn(folder, prettierFiles, addDependency)) {
    const found = await read(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function read(path: string): Promise<PrettierConfig | undefined> {
  const isPackage = basename(path).startsWith('package.');
  const isProgram = programEndings.includes(extname(path).slice(1));
  const isJson = extname(path) === '.json';
  const source = await readProjectText(path, isPackage && isJson ? bytesOfPackage : bytesAtMost).catch(
    (error: unknown) => {
      // What a program says is not asked, and it may be long.
      if (error instanceof Unreadable && isProgram) return error.source;
      throw error;
    },
  );
  const config = { source, folder: dirname(path), value: {}, offset: 0 };
  if (isProgram) return { ...config, program: 0 };

  const { value, offset } = isJson ? fromJson(source, isPackage) : await fromOthers(source, isPackage);
  if (typeof value === 'string' && value !== '') return { ...config, program: offset };
  // So Prettier has it: an empty file is a configuration, an empty member of a package file is none.
  if (!value) return isPackage ? undefined : config;
  if (typeof value !== 'object') throw new Unreadable('it is not an object', source, offset);
  return { ...config, value, offset };
}

interface Found {
  readonly value: unknown;
  readonly offset: number;
}

function fromJson(source: Source, isPackage: boolean): Found {
  const root = parseJson(source, { comments: false });
  if (root === undefined) throw new Unreadable('it is empty', source);
  const whole: unknown = JSON.parse(source.text);
  if (!isPackage) return { value: whole, offset: root.offset };
  const keys = (root.type === 'object' ? (root.children ?? []) : []).filter(
    ({ children }) => children?.[0]?.value === 'prettier',
  );
  const [, second] = keys;
  if (second !== undefined) throw new Unreadable('it has the key `prettier` twice', source, second.offset);
  return {
    value: memberOf(whole, 'prettier'),
    offset: memberNamed(root, 'prettier')?.offset ?? 0,
  };
}

async function fromOthers(source: Source, isPackage: boolean): Promise<Found> {
  const whole = await parsed(source);
  if (!isPackage) return { value: whole, offset: Math.max(0, source.text.search(/\S/)) };
  return {
    value: memberOf(whole, 'prettier'),
    offset: Math.max(0, source.text.search(/^["']?prettier\b/m)),
  };
}

async function parsed(source: Source): Promise<unknown> {
  const { parseJson5, parseToml, parseYaml, yamlDepth } = await import('./parsers.js');
  switch (extname(source.file)) {
    case '.json5':
      return guarded(source, brackets, parseJson5);
    case '.toml':
      return guarded(source, brackets, parseToml);
    default:
      return guarded(source, (text) => yamlDepth(text, levelsAtMost), parseYaml);
  }
}

/** An upper bound of how deep something is nested: brackets in strings and comments count as well. */
function brackets(text: string): number {
  return text.split(/[[{]/).length - 1 > levelsAtMost ? nested(text) : 0;
}

function nested(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Parses what is not nested too deeply for a parser that calls itself. */
function guarded(
  source: Source,
  depthOf: (text: string) => number,
  parse: (text: string) => unknown,
): unknown {
  if (depthOf(source.text) > levelsAtMost)
    throw new Unreadable(`it is nested deeper than ${levelsAtMost} levels`, source);
  try {
    return parse(source.text);
  } catch (error) {
    throw new Unreadable('its syntax is wrong', source, offsetOf(error, source));
  }
}

/** Where a parser found something: `yaml` tells the offset, the others line and column. */
function offsetOf(error: unknown, source: Source): number {
  const { pos, line, column, lineNumber, columnNumber } = error as Readonly<Record<string, unknown>>;
  if (Array.isArray(pos) && typeof pos[0] === 'number') return pos[0];
  const start = source.lineStarts()[Number(line ?? lineNumber ?? 1) - 1] ?? 0;
  return start + Math.max(0, Number(column ?? columnNumber ?? 1) - 1);
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
