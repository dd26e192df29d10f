import type { JsonParser } from '../kit/prettier-options.js';
import type { GivenOptions } from './given.js';

/** The files of a kit that Prettier lays out. */
export type Language = 'ts' | 'json';

export function languageOf(path: string): Language | undefined {
  if (path.endsWith('.ts')) return 'ts';
  return path.endsWith('.json') ? 'json' : undefined;
}

/** The options with which Prettier would want a file otherwise than a kit can have it. */
export function unfollowed(language: Language, given: GivenOptions): readonly string[] {
  const valueOf = (option: string) => given.get(option)?.value;
  const isTypeScript = language === 'ts';
  // A file without a pragma is left as it is then, whatever the other options are. JSON has none.
  if (isTypeScript && valueOf('requirePragma') === true) return [];

  const parser = isTypeScript ? typescriptParser(given) : jsonParser(given);
  // A range is laid out without what stands around it: a part of the validators no longer stands under `// prettier-ignore`.
  const isRange = (option: string, whole: number) =>
    isTypeScript && typeof valueOf(option) === 'number' && valueOf(option) !== whole;
  const found: Readonly<Record<string, boolean>> = {
    parser: parser === undefined,
    insertPragma: valueOf('insertPragma') === true && parser !== 'json' && parser !== 'json-stringify',
    endOfLine: valueOf('endOfLine') === 'cr',
    rangeStart: isRange('rangeStart', 0),
    rangeEnd: isRange('rangeEnd', Infinity),
  };
  return Object.keys(found).filter((option) => found[option]);
}

/** Prettier has two parsers for TypeScript, which give the same layout. */
function typescriptParser(given: GivenOptions): string | undefined {
  const parser = given.get('parser')?.value;
  // What is empty stands for the parser that goes by the name of the file.
  return !parser || parser === 'typescript' || parser === 'babel-ts' ? 'typescript' : undefined;
}

/** The parser for JSON, where what it gives is JSON: `json5` takes quotes away, and `jsonc` has trailing commas by default. */
export function jsonParser(given: GivenOptions): JsonParser | undefined {
  const parser = given.get('parser')?.value;
  if (!parser || parser === 'json') return 'json';
  if (parser === 'json-stringify') return parser;
  return parser === 'jsonc' && given.get('trailingComma')?.value === 'none' ? parser : undefined;
}
