import { lstat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { quoted } from '../diagnostics/printable.js';
import type { Source } from '../diagnostics/source.js';
import { findUp, upwards } from './find-up.js';
import { matchesGlob } from './glob.js';
import { readProjectText, Unreadable } from './text.js';

const bytesAtMost = 64 * 1024;
const sectionsAtMost = 1_000;

/**
 * What the .editorconfig files above a folder mean for a file in it, as options of Prettier: nearer files and later sections
 * win. Files are looked for up to one that says `root = true`, or to the folder of the repository.
 *
 * @returns the options of a file; that throws Unreadable for a pattern that is refused
 * @throws Unreadable
 */
export async function readEditorConfig(
  folder: string,
  addDependency: AddDependency | undefined,
): Promise<(file: string) => ReadonlyMap<string, unknown>> {
  const repository = await repositoryAbove(folder, addDependency);
  const bodies: { readonly from: string; readonly source: Source; readonly sections: readonly Section[] }[] =
    [];
  for await (const path of findUp(folder, ['.editorconfig'], addDependency)) {
    if (repository !== undefined && !isBelow(repository, path)) break;
    const source = await readProjectText(path, bytesAtMost);
    const sections = sectionsOf(source);
    bodies.unshift({ from: dirname(path), source, sections });
    if (isTruthy(sections[0]?.properties.get('root'))) break;
  }
  return (file) => {
    const properties = new Map<string, unknown>();
    for (const { from, source, sections } of bodies) {
      const path = relative(from, file).split(sep).join('/');
      for (const section of sections.filter((each) => applies(each, path, source)))
        for (const [name, value] of section.properties) properties.set(name, value);
    }
    return prettierOptions(properties);
  };
}

interface Section {
  /** Undefined for what stands before the first section. */
  readonly pattern?: string;
  readonly offset: number;
  readonly properties: Map<string, unknown>;
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
    current.properties.set(name, valueOf(name, line.slice(equals + 1).trim()));
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

function isTruthy(value: unknown): boolean {
  return Boolean(value);
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
function prettierOptions(properties: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const style = properties.get('indent_style');
  const givenSize = properties.get('indent_size') ?? (style === 'tab' ? 'tab' : undefined);
  const tabWidth = properties.get('tab_width') ?? (givenSize === 'tab' ? undefined : givenSize);
  const size = givenSize === 'tab' && tabWidth !== undefined ? tabWidth : givenSize;
  const lineLength = properties.get('max_line_length');
  const quotes = properties.get('quote_type');
  const options = new Map<string, unknown>();

  if (style === 'space') options.set('useTabs', false);
  else if (style === 'tab' || size === 'tab') options.set('useTabs', true);

  if (options.get('useTabs') === false && isCount(size)) options.set('tabWidth', size);
  else if (isCount(tabWidth)) options.set('tabWidth', tabWidth);

  if (lineLength === 'off') options.set('printWidth', Infinity);
  else if (isCount(lineLength)) options.set('printWidth', lineLength);

  const lineEnd = properties.get('end_of_line');
  if (lineEnd === 'lf' || lineEnd === 'crlf' || lineEnd === 'cr') options.set('endOfLine', lineEnd);

  if (quotes === 'single' || quotes === 'double') options.set('singleQuote', quotes === 'single');
  return options;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** The nearest folder that git or Mercurial works in. */
async function repositoryAbove(
  folder: string,
  addDependency: AddDependency | undefined,
): Promise<string | undefined> {
  for (const each of upwards(folder)) {
    for (const name of ['.git', '.hg']) {
      const path = join(each, name);
      addDependency?.('content', path);
      const stats = await lstat(path).catch(() => undefined);
      if (stats && (name === '.git' || stats.isDirectory())) return each;
    }
  }
  return undefined;
}

function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}
