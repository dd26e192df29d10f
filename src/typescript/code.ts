import { isIdentifier } from '../model/identifier.js';
import type { Json } from '../model/json.js';
import { printable } from '../diagnostics/printable.js';

/**
 * A piece of generated code. There is no way from a string to one but the constructors below, and each of them makes its
 * text harmless in the one position it is for: a document's words reach the output as a checked identifier, an escaped
 * literal or an escaped comment, or not at all.
 */
export interface Code {
  readonly text: string;
  /** The types of the document that it names. */
  readonly types: readonly string[];
  /** Only this module makes them. */
  readonly [made]: true;
}

declare const made: unique symbol;

function make(text: string, types: readonly string[] = none): Code {
  return { text, types } as Code;
}

const none: readonly string[] = [];

/** The types that pieces of code name; most name none. */
function typesIn(parts: readonly Code[]): readonly string[] {
  const naming = parts.filter(({ types }) => types.length > 0);
  return naming.length === 0 ? none : [...new Set(naming.flatMap(({ types }) => types))];
}

/** Code as it is written in this program, with other code in its gaps. */
export function code(strings: TemplateStringsArray, ...parts: readonly Code[]): Code {
  return make(
    strings.reduce((text, string, index) => text + (parts[index - 1]?.text ?? '') + string),
    typesIn(parts),
  );
}

export function join(
  parts: readonly Code[],
  separator: ',' | ', ' | ' | ' | ' & ' | '\n' | '\n\n' | '',
): Code {
  return make(parts.map(({ text }) => text).join(separator), typesIn(parts));
}

/** A name that the catalog has made safe; anything else here is a mistake of the program. */
export function identifier(name: string): Code {
  if (!isIdentifier(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return make(name);
}

/** The name of a type of the document. */
export function typeReference(name: string): Code {
  return make(identifier(name).text, [name]);
}

/** A JSON value as an expression, or as a literal type. */
export function literal(value: Json): Code {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number must be finite');
  if (typeof value !== 'object' || value === null) return make(quoted(value));
  if (Array.isArray(value)) return code`[${join((value as readonly Json[]).map(literal), ',')}]`;
  return code`{${join(
    Object.entries(value).map(([key, member]) => code`${propertyName(key)}: ${literal(member)}`),
    ',',
  )}}`;
}

/** The name of a member. As a plain string `__proto__` would set the prototype. */
export function propertyName(name: string): Code {
  if (name === '__proto__') return make(`[${quoted(name)}]`);
  return make(/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name));
}

/** A template literal type that a key matches: its fixed parts around `${string}` and `${number}`. */
export function keyPattern(parts: readonly string[], gaps: readonly ('string' | 'number')[]): Code {
  const fixed = parts.map((part) => printable(part).replace(/[`\\$]/g, (character) => `\\${character}`));
  return make(
    `\`${fixed.map((part, index) => part + (gaps[index] === undefined ? '' : `\${${gaps[index]}}`)).join('')}\``,
  );
}

/** A JSDoc comment, on one line where one is enough; nothing where there is no text. */
export function comment(...texts: readonly (string | undefined)[]): Code {
  return commentOf(commentLines(...texts));
}

/** A JSDoc comment of lines that `commentLines` has made harmless. */
export function commentOf(lines: readonly string[]): Code {
  if (lines.length === 0) return make('');
  if (lines.length === 1) return make(`/** ${lines[0]} */\n`);
  return make(`/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`);
}

/** The lines of a comment, each unable to end it, to address a tool or to hide a character. */
export function commentLines(...texts: readonly (string | undefined)[]): readonly string[] {
  return texts
    .filter((text) => text !== undefined && text.trim() !== '')
    .flatMap((text, index) => [
      ...(index > 0 ? [''] : []),
      ...(text as string).trim().split(/\r\n|[\r\n\u2028\u2029]/),
    ])
    .map((line) => harmless(line.replaceAll('\t', ' ').trimEnd()));
}

function harmless(line: string): string {
  return printable(line)
    .replaceAll('*/', '*\\/')
    .replace(/@(?=[a-z])/gi, (at, index: number, all: string) =>
      /[\w.]/.test(all[index - 1] ?? '') ? at : `\\${at}`,
    )
    .replace(/@(?=jsx)/gi, '@\\')
    .replace(/(source)(?=(?:mapping)?url)/gi, '$1\\')
    .replace(/^(\/+)(?=\s*<)/, '\\$1');
}

/**
 * The same literals, with nothing in them that could be a source map's address: Node looks for one everywhere in a file, and
 * reads what it names.
 */
export function unmapped(text: string): string {
  return text.replace(/(?<=\/[/*])[#@](?=\s*source(?:mapping)?url)/gi, (mark) =>
    mark === '#' ? '\\u0023' : '\\u0040',
  );
}

function quoted(value: string | number | boolean | null): string {
  return Object.is(value, -0) ? '0' : unmapped(printable(JSON.stringify(value)));
}
