import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json.js';
import {
  comment,
  commentLines,
  identifier,
  keyPattern,
  literal,
  propertyName,
} from '../../src/typescript/code.js';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { runs } from '../sample.js';

describe('comments', () => {
  test('every short text of the characters that could end or bend one stays inside one', () => {
    const texts = every(['*', '/', '\\', '\r', '\n', '\u2028', ' ', 'a'], 4);
    expect(texts).toHaveLength(8 + 8 ** 2 + 8 ** 3 + 8 ** 4);
    const broken = texts.filter((text) => !isOneComment(comment(text).text));
    expect(broken).toEqual([]);
  });

  test('of any text, too', () => {
    const unit = fc.oneof(
      fc.constantFrom('*/', '/*', '**//', '*/*/', '@', '\u2029', '\ufeff', '\u202e', '\0'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(
        fc.array(unit).map((units) => units.join('')),
        (text) => {
          const { text: code } = comment(text);
          expect(isOneComment(code)).toBe(true);
          expect(hasHidden(code) || code.includes('\r')).toBe(false);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  const rows: readonly [string, string][] = [
    ['*/ globalThis.PWNED=1; /*', '*\\/ globalThis.PWNED=1; /*'],
    ['**//', '**\\//'],
    ['*/*/', '*\\/*\\/'],
    ['/*/', '/*\\/'],
    ['@ts-nocheck', '\\@ts-nocheck'],
    ['see @ts-ignore', 'see \\@ts-ignore'],
    ['write to anna@example.com', 'write to anna@example.com'],
    ['//# sourceMappingURL=x', '//# source\\MappingURL=x'],
    ['/// <reference path="x"/>', '\\/// <reference path="x"/>'],
    ['right\u202eleft', 'right\\u202eleft'],
    ['a\tb ', 'a b'],
  ];
  test.each(rows)('%j is written %j', (text, written) => expect(commentLines(text)).toEqual([written]));

  test('a text of several lines keeps them; an empty one is no comment', () => {
    expect(comment('a\r\nb\rc\u2028d').text).toBe('/**\n * a\n * b\n * c\n * d\n */\n');
    expect(comment('a', undefined, 'b').text).toBe('/**\n * a\n *\n * b\n */\n');
    expect(comment(' \n ').text).toBe('');
    expect(comment(undefined).text).toBe('');
  });
});

describe('literals', () => {
  // As a document can say it: JSON has one zero.
  const json = fc
    .jsonValue({ stringUnit: 'binary', maxDepth: 3 })
    .map((value) => JSON.parse(JSON.stringify(value)) as Json);

  test('evaluate to the value they were made of', () => {
    fc.assert(
      fc.property(json, (value) => {
        const { text } = literal(value);
        expect(evaluated(text)).toEqual(value);
        expect(hasHidden(text)).toBe(false);
      }),
      { numRuns: runs(500) },
    );
  });

  test.each([
    '__proto__',
    'constructor',
    "'",
    '"',
    '`',
    '\\',
    '${process.exit()}',
    '\u2028',
    '\u202e',
    'a\nb',
    '',
    '1',
    'class',
  ])('a member called %j is an own one', (name) => {
    const value = evaluated(literal(JSON.parse(`{${JSON.stringify(name)}: 1}`) as Json).text) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value)).toEqual([[name, 1]]);
    expect(evaluated(`{${propertyName(name).text}: 1}`)).toEqual(value);
  });

  test.each([NaN, Infinity, -Infinity])('%d is refused', (value) =>
    expect(() => literal(value)).toThrow('finite'),
  );
  test.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [2 ** 53, '9007199254740992'],
    [-1.5, '-1.5'],
  ])('%d is %s', (value, text) => expect(literal(value).text).toBe(text));
});

test.each(['', '1a', 'a-b', 'a b', 'a;b', 'e\u0301', '$', 'a\u200b', '__proto__'])(
  '%j is refused as an identifier',
  (name) => {
    expect(() => identifier(name)).toThrow('not an identifier');
  },
);

test('a pattern of keys keeps its fixed parts inside the template', () => {
  const { text } = keyPattern(['`${process.exit()}\\', ''], ['string']);
  expect(evaluated(text.replace('${string}', '!'))).toBe('`${process.exit()}\\!');
});

function evaluated(expression: string): unknown {
  return new Function(`'use strict'; return (${expression});`)() as unknown;
}

/** Whether a text is nothing but one comment, as the scanner of TypeScript sees it, and as JavaScript does. */
function isOneComment(text: string): boolean {
  if (text.trim() === '') return true;
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const kinds: ts.SyntaxKind[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind !== ts.SyntaxKind.NewLineTrivia && kind !== ts.SyntaxKind.WhitespaceTrivia) kinds.push(kind);
  }
  return (
    kinds.length === 1 &&
    kinds[0] === ts.SyntaxKind.MultiLineCommentTrivia &&
    evaluated(`[1${text}]`) !== undefined
  );
}

/** Every text of at least one and at most `length` of the characters. */
function every(characters: readonly string[], length: number): readonly string[] {
  const texts = [[''], ...Array.from({ length }, () => [] as string[])];
  for (let size = 1; size <= length; size += 1) {
    texts[size] = texts[size - 1]!.flatMap((text) => characters.map((character) => text + character));
  }
  return texts.slice(1).flat();
}
