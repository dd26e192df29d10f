import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSource } from '../../src/diagnostics/source.js';
import { readJson } from '../../src/load/json.js';
import { runs } from '../sample.js';
import { brief, loadText } from './folder.js';

const rejected: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['a comment', '{\n  // no\n}', 'json-syntax api.json:2:3'],
  ['a comma at the end of an object', '{"a": 1,}', 'json-syntax api.json:1:9'],
  ['a comma at the end of an array', '{"a": [1,]}', 'json-syntax api.json:1:10'],
  ['two commas', '{"a": [1,,2]}', 'json-syntax api.json:1:10'],
  ['single quotes', "{'a': 1}", 'json-syntax api.json:1:2'],
  ['a bare key', '{a: 1}', 'json-syntax api.json:1:2'],
  ['a key without a value', '{"a"}', 'json-syntax api.json:1:5'],
  ['a leading zero', '{"a": 012}', 'json-syntax api.json:1:7'],
  ['NaN', '{"a": NaN}', 'json-syntax api.json:1:7'],
  ['a word run on', '{"a": nullx}', 'json-syntax api.json:1:7'],
  ['a tab in a string', '{"a": "\t"}', 'json-syntax api.json:1:7'],
  ['a line end in a string', '{"a": "x\ny"}', 'json-syntax api.json:1:7'],
  ['an unknown escape', '{"a": "\\x41"}', 'json-syntax api.json:1:7'],
  ['an open string', '{"a": "x', 'json-syntax api.json:1:7'],
  ['an open string that ends in a backslash', '{"a": "x\\', 'json-syntax api.json:1:7'],
  ['an open object', '{"a": 1', 'json-syntax api.json:1:8'],
  ['something after the end', '{}\n{}', 'json-syntax api.json:2:1'],
  ['a duplicate key', '{"a": 1, "\\u0061": 2}', 'key-duplicate api.json:1:10'],
  ['__proto__', '{"a": {"__proto__": 1}}', 'key-forbidden api.json:1:8'],
  ['a number beyond the range', '{"a": -1e999}', 'number-not-finite api.json:1:7'],
  ['brackets 5,000 deep', `{"a": ${'['.repeat(5000)}`, 'nesting-too-deep api.json:1:262'],
  ['a list as the root', '[]', 'root-not-object api.json:1:1'],
  ['a number as the root', '42', 'root-not-object api.json:1:1'],
  ['null as the root', 'null', 'root-not-object api.json:1:1'],
  ['1,000,001 values', `{"a":[${'1,'.repeat(999_998)}1,1]}`, 'nodes-too-many api.json:1:2000003'],
];

test.each(rejected)('rejects %s', async (_, text, expected) => {
  const { errors } = await loadText(text, 'api.json');
  expect(errors.map(brief)).toEqual([expected]);
});

test('reads what JSON.parse reads, and refuses what it refuses', () => {
  const fragments = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-',
    '0.5e1',
    'true',
    'null',
    ' ',
    '\\',
  );
  const texts = fc.oneof(
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
    fc.array(fragments).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const ours = outcome(() => readJson(createSource('x', text), new Map(), () => {}));
      const theirs = outcome(() => JSON.parse(text) as unknown);
      // The two differ by intent in what they refuse beyond the grammar.
      fc.pre(!/"__proto__"/u.test(text) && !hasDuplicate(text));
      expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
    }),
    { numRuns: runs(500, 2000) },
  );
});

test('warns about an integer that loses digits, at its place', async () => {
  const { warnings } = await loadText('{"a": 9007199254740993, "b": 9007199254740992}', 'api.json');
  expect(warnings.map(brief)).toEqual(['number-inexact api.json:1:7']);
});

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch {
    return 'refused';
  }
}

function hasDuplicate(text: string): boolean {
  const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/gu)].map((match) => match[1]);
  return new Set(keys).size < keys.length;
}
