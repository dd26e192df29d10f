import { lstat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { quoted } from '../diagnostics/printable.js';
import { locationAt, type Source } from '../diagnostics/source.js';
import { filesIn } from './find-up.js';
import type { Given, GivenOptions } from './given.js';
import { matchesGlob } from './glob.js';
import { editorConfigFile, repositoryMarks } from './layout-files.js';
import { readProjectText, Unreadable } from './text.js';

const bytesAtMost = 64 * 1024;
const sectionsAtMost = 1_000;

/** What an .editorconfig says. */
export interface EditorConfig {
  /** Patterns of sections are relative to it. */
  readonly folder: string;
  readonly source: Source;
  readonly sections: readonly Section[];
}

/**
 * The .editorconfig that stands in a folder, and whether those of the folders above count no longer: it says `root = true`, or
 * the folder is that of a repository.
 *
 * @throws Unreadable
 */
export async function editorConfigIn(
  folder: string,
  addDependency: AddDependency | undefined,
): Promise<{ readonly own?: EditorConfig; readonly isLast: boolean }> {
  const isLast = await isRepository(folder, addDependency);
  for await (const path of filesIn(folder, [editorConfigFile], addDependency)) {
    const source = await readProjectText(path, bytesAtMost);
    const sections = sectionsOf(source);
    const isRoot = Boolean(sections[0]?.properties.get('root')?.value);
    return { own: { folder: dirname(path), source, sections }, isLast: isLast || isRoot };
  }
  return { isLast };
}

/**
 * What .editorconfig files mean for a file, as options of Prettier: nearer files and later sections win.
 *
 * @param configs the farthest first
 * @throws Unreadable for a pattern that is refused
 */
export function editorOptions(configs: readonly EditorConfig[], file: string): GivenOptions {
  const properties = new Map<string, Given>();
  for (const { folder, source, sections } of configs) {
    const path = relative(folder, file).split(sep).join('/');
    for (const section of sections.filter((each) => applies(each, path, source)))
      for (const [name, property] of section.properties) properties.set(name, property);
  }
  return prettierOptions(properties);
}

interface Section {
  /** Undefined for what stands before the first section. */
  readonly pattern?: string;
  readonly offset: number;
  readonly properties: Map<string, Given>;
}

/** A file of which a line is neither a section, a property nor a comment says nothing, as Prettier has it. */
function sectionsOf(source: Source): readonly Section[] {
  const preamble: Section = { offset: 0, properties: new Map() };
  const sections = new Map<string, Section>();
  let current = preamble;
  for (const start of source.lineStarts()) {
    const line = (/[^\r\n]*/.exec(source.text.slice(start, start + bytesAtMost))?.[0] ?? '').trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[')) {
      if (!line.endsWith(']')) return [];
      const pattern = line.slice(1, -1);
      current = sections.get(pattern) ?? { pattern, offset: start, properties: new Map() };
      sections.set(pattern, current);
      if (sections.size > sectionsAtMost)
        throw new Unreadable(`it has more than ${sectionsAtMost} sections`, source, start);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 0) return [];
    const name = line.slice(0, equals).trim().toLowerCase();
    current.properties.set(name, {
      value: valueOf(name, line.slice(equals + 1).trim()),
      location: () => locationAt(source, start),
    });
  }
  return [preamble, ...sections.values()];
}

const caseless: ReadonlySet<string> = new Set(['end_of_line', 'indent_size', 'indent_style']);

/** A value is read as JSON where it is that: a number, a truth value, a text in quotes. */
function valueOf(name: string, text: string): unknown {
  const plain = caseless.has(name) ? text.toLowerCase() : text;
  // No value that counts is longer; nor is anything nested in so little.
  if (text.length > 40) return plain;
  try {
    return (JSON.parse(text) as unknown) ?? plain;
  } catch {
    return plain;
  }
}

/** The patterns of EditorConfig: one without a slash is about files in every folder below. */
function applies({ pattern, offset }: Section, path: string, source: Source): boolean {
  if (pattern === undefined || pattern === '') return false;
  const wrong = (problem: string) => new Unreadable(problem, source, offset);
  const slash = pattern.indexOf('/');
  const anchored = slash < 0 ? `**/${pattern}` : pattern.replace(/\/+/g, '/').replace(/^\//, '');
  // Prettier's reader takes the dot for the name of a folder, which none has.
  if (anchored.startsWith('./')) return false;
  return readings(anchored.replaceAll('[!', '[^'), wrong).some((each) =>
    matchesGlob(path, each, { negates: false }, wrong),
  );
}

/** `**` stands for any characters, in a name as well: none of them a slash, or some. */
function readings(pattern: string, wrong: (problem: string) => Error): readonly string[] {
  const [before, ...others] = pattern.split(/(?<!^|[/*])\*\*(?!\*)|(?<!\*)\*\*(?!$|[/*])/);
  if (others.length > 3) throw wrong(`the pattern ${quoted(pattern)} has too many wildcards`);
  return others.reduce<readonly string[]>(
    (so, rest) => so.flatMap((each) => [`${each}*${rest}`, `${each}*/**/*${rest}`]),
    [before ?? ''],
  );
}

/** https://github.com/prettier/prettier has this table; `unset` and other values say nothing. */
function prettierOptions(properties: ReadonlyMap<string, Given>): GivenOptions {
  const said = (name: string) => properties.get(name)?.value;
  const style = said('indent_style');
  const givenSize = said('indent_size') ?? (style === 'tab' ? 'tab' : undefined);
  const tabWidth = said('tab_width') ?? (givenSize === 'tab' ? undefined : givenSize);
  const size = givenSize === 'tab' && tabWidth !== undefined ? tabWidth : givenSize;
  const lineLength = said('max_line_length');
  const quotes = said('quote_type');
  const options = new Map<string, Given>();
  const set = (option: string, value: unknown, ...from: readonly string[]) => {
    const property = from.map((name) => properties.get(name)).find((each) => each !== undefined);
    options.set(option, { value, location: () => property?.location() });
  };

  const useTabs = style === 'space' ? false : style === 'tab' || size === 'tab' ? true : undefined;
  if (useTabs !== undefined) set('useTabs', useTabs, 'indent_style', 'indent_size');

  if (useTabs === false && isCount(size)) set('tabWidth', size, 'indent_size', 'tab_width');
  else if (isCount(tabWidth)) set('tabWidth', tabWidth, 'tab_width', 'indent_size');

  if (lineLength === 'off') set('printWidth', Infinity, 'max_line_length');
  else if (isCount(lineLength)) set('printWidth', lineLength, 'max_line_length');

  const lineEnd = said('end_of_line');
  if (lineEnd === 'lf' || lineEnd === 'crlf' || lineEnd === 'cr') set('endOfLine', lineEnd, 'end_of_line');

  if (quotes === 'single' || quotes === 'double') set('singleQuote', quotes === 'single', 'quote_type');
  return options;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Whether git or Mercurial works in the folder. */
async function isRepository(folder: string, addDependency: AddDependency | undefined): Promise<boolean> {
  for (const name of repositoryMarks) {
    const path = join(folder, name);
    addDependency?.('content', path);
    const stats = await lstat(path).catch(() => undefined);
    if (stats && (name === '.git' || stats.isDirectory())) return true;
  }
  return false;
}
