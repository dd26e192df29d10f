import { describe, expect, test } from 'vitest';
import { brief, loadText } from './folder.js';

const bomb = (levels: number): string => {
  const names = Array.from({ length: levels + 1 }, (_, index) => String.fromCharCode(97 + index));
  const lines = names.map((name, index) => {
    const below = index === 0 ? 'lol' : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array(9).fill(below).join(', ')}]`;
  });
  return lines.join('\n');
};

const chain = (length: number, link: (before: string, index: number) => string): string =>
  Array.from(
    { length },
    (_, index) => `a${index}: &a${index} ${index === 0 ? '{k: 1}' : link(`*a${index - 1}`, index)}`,
  ).join('\n');

const rejected: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['an alias bomb of 6 levels', bomb(6), 'yaml-alias-expansion api.yaml:5:12'],
  ['an alias bomb of 9 levels', bomb(9), 'yaml-alias-expansion api.yaml:5:12'],
  [
    'a merge-key chain of 3,000',
    chain(3000, (before, index) => `{<<: ${before}, k${index}: 1}`),
    'yaml-alias-expansion api.yaml:252:14',
  ],
  [
    'a merge-key chain of 200',
    chain(200, (before, index) => `{<<: ${before}, k${index}: 1}`),
    'yaml-alias-expansion api.yaml:142:18',
  ],
  ['a chain of aliases', chain(3000, (before) => `{k: ${before}}`), 'yaml-alias-expansion api.yaml:200:17'],
  ['brackets 5,000 deep', `a: ${'['.repeat(5000)}`, 'nesting-too-deep api.yaml:1:260'],
  [
    'brackets 5,000 deep, closed',
    `a: ${'['.repeat(5000)}${']'.repeat(5000)}`,
    'nesting-too-deep api.yaml:1:260',
  ],
  ['dashes 5,000 deep', '- '.repeat(5000), 'nesting-too-deep api.yaml:1:515'],
  ['question marks 5,000 deep', '? '.repeat(5000), 'nesting-too-deep api.yaml:1:515'],
  [
    'indentation of 257 levels',
    Array.from({ length: 257 }, (_, level) => `${' '.repeat(level)}k:`).join('\n'),
    'nesting-too-deep api.yaml:257:257',
  ],
  [
    'a schema of 400 levels',
    `a: ${'{properties: {a: '.repeat(400)}{}${'}}'.repeat(400)}`,
    'nesting-too-deep api.yaml:1:2180',
  ],
  ['2,000,000 values', `a: [${'1,'.repeat(2_000_000)}]`, 'nodes-too-many api.yaml:1:1000001'],
  ['a duplicate key', 'a: 1\nb:\n  c: 1\n  c: 2', 'key-duplicate api.yaml:4:3'],
  ['a duplicate key in two spellings', '{a: 1, "a": 2}', 'key-duplicate api.yaml:1:8'],
  ['a number and a text as the same key', '1: x\n"1": y', 'key-duplicate api.yaml:2:1'],
  ['two merge keys', 'x: &x {a: 1}\ny:\n  <<: *x\n  <<: *x', 'key-duplicate api.yaml:4:3'],
  ['__proto__', 'a:\n  __proto__: {}', 'key-forbidden api.yaml:2:3'],
  ['__proto__ in quotes', 'a: {"__proto\\u005f_": 1}', 'key-forbidden api.yaml:1:5'],
  ['two documents', 'a: 1\n---\nb: 2', 'yaml-several-documents api.yaml:2:1'],
  ['a tab as indentation', 'a:\n\tb: 1', 'yaml-tab api.yaml:2:1'],
  ['!!js/function', 'a: !!js/function "function () {}"', 'yaml-tag api.yaml:1:4'],
  ['a tag of its own', 'a: !secret x', 'yaml-tag api.yaml:1:4'],
  ['a tag before an error', 'a: !secret x\nb: "\\q"', 'yaml-tag api.yaml:1:4'],
  ['an error before a tag', 'b: "\\q"\na: !secret x', 'yaml-syntax api.yaml:1:5'],
  ['!!binary', 'a: !!binary aGk=', 'yaml-tag api.yaml:1:4'],
  ['!!set', 'a: !!set {x}', 'yaml-tag api.yaml:1:4'],
  ['a tag by a directive', '%TAG !e! tag:example.com,2000:\n---\na: !e!x 1', 'yaml-tag api.yaml:3:4'],
  ['an unknown alias', 'a: *nobody', 'yaml-alias-unknown api.yaml:1:4'],
  ['an alias in its own anchor', 'a: &a\n  b: *a', 'yaml-alias-cycle api.yaml:2:6'],
  ['a merge key in its own anchor', 'a: &a\n  <<: *a', 'yaml-alias-cycle api.yaml:2:7'],
  ['a merge key over text', 'a: {<<: x}', 'yaml-merge api.yaml:1:9'],
  ['a list as a key', '? [a]\n: 1', 'yaml-key api.yaml:1:3'],
  ['an alias as a key', 'a: &a x\n*a : 1', 'yaml-key api.yaml:2:1'],
  ['no key', 'a: 1\n: 2', 'yaml-key api.yaml:2:1'],
  ['a list as the root', '\n[]', 'root-not-object api.yaml:2:1'],
  ['a number as the root', '42', 'root-not-object api.yaml:1:1'],
  ['text as the root', 'hello', 'root-not-object api.yaml:1:1'],
  ['an open bracket', 'a: [1, 2', 'yaml-syntax api.yaml:1:9'],
  ['an open quote', 'a: "x', 'yaml-syntax api.yaml:1:6'],
  ['infinity', 'maximum: .inf', 'number-not-finite api.yaml:1:10'],
  ['not a number', 'maximum: .NaN', 'number-not-finite api.yaml:1:10'],
  ['a number beyond the range', 'maximum: 1e999', 'number-not-finite api.yaml:1:10'],
];

test.each(rejected)('rejects %s', async (_, text, expected) => {
  const { errors } = await loadText(text);
  expect(errors.map(brief)).toEqual([expected]);
});

const scalars: readonly (readonly [written: string, value: unknown])[] = [
  ['no', 'no'],
  ['on', 'on'],
  ['012', 12],
  ['0o14', 12],
  ['0x1F', 31],
  ['1_000', '1_000'],
  ['2026-01-01', '2026-01-01'],
  ['12:30:45', '12:30:45'],
  ['-0', 0],
  ['+1', 1],
  ['~', null],
  ['TRUE', true],
  ['1e3', 1000],
  ['!!str 12', '12'],
  ['"\\ud83d\\ude00"', '😀'],
  ['|\n  two\n  lines', 'two\nlines\n'],
  ['', null],
];

test.each(scalars)('reads %j by the YAML 1.2 core schema', async (written, value) => {
  const { documents } = await loadText(`%YAML 1.1\n---\na: ${written}`);
  expect(documents[0]?.data['a']).toStrictEqual(value);
});

describe('integers beyond 2^53', () => {
  test.each([
    ['9007199254740993', ['number-inexact api.yaml:1:4']],
    ['9223372036854775807', ['number-inexact api.yaml:1:4']],
    ['0x20000000000001', ['number-inexact api.yaml:1:4']],
    ['9007199254740992', []],
    ['36028797018963968', []],
    ['48046815001', []],
    ['1.5e300', []],
  ])('%s is warned about when digits are lost', async (written, expected) => {
    const { warnings, documents } = await loadText(`a: ${written}`);
    expect(warnings.map(brief)).toEqual(expected);
    expect(documents[0]?.data['a']).toBe(Number(written));
  });
});

describe('aliases and merge keys', () => {
  test('an alias is a copy in the place of its anchor', async () => {
    const { documents } = await loadText('a: &a\n  x: {y: 1}\nb: *a\nc: *a');
    const { data, sourceMap } = documents[0]!;
    expect(data).toEqual({ a: { x: { y: 1 } }, b: { x: { y: 1 } }, c: { x: { y: 1 } } });
    expect(data['b']).not.toBe(data['c']);
    expect(sourceMap.of(data['b'] as typeof data, 'x')?.position).toMatchObject({ line: 2, column: 6 });
    expect(sourceMap.of(data, 'b')?.position).toMatchObject({ line: 3, column: 4 });
  });

  test('aliases repeat 20,000 values, and not one more', async () => {
    const repeated = `a: &a [${Array(199).fill('1').join()}]\nb: [${Array(100).fill('*a').join()}]`;
    expect((await loadText(repeated)).errors.map(brief)).toEqual([]);
    const more = `${repeated}\nc: &c 1\nd: *c`;
    expect((await loadText(more)).errors.map(brief)).toEqual(['yaml-alias-expansion api.yaml:4:4']);
  });

  test('250 merge keys may stand in a file, and not one more', async () => {
    const merging = (count: number): string =>
      `a: &a {}\n${Array.from({ length: count }, (_, index) => `m${index}: {<<: *a}`).join('\n')}`;
    expect((await loadText(merging(250))).errors.map(brief)).toEqual([]);
    expect((await loadText(merging(251))).errors.map(brief)).toEqual(['yaml-alias-expansion api.yaml:252:8']);
  });

  test.each(['*a', '{<<: *a}'])('what %s brings is nested 256 levels deep, and no deeper', async (alias) => {
    const nested = (levels: number): string =>
      `a: &a ${'{k: '.repeat(200)}1${'}'.repeat(200)}\nb: ${'['.repeat(levels)}${alias}${']'.repeat(levels)}`;
    const most = alias === '*a' ? 54 : 53;
    expect((await loadText(nested(most))).errors.map(brief)).toEqual([]);
    expect((await loadText(nested(most + 1))).errors.map(({ code }) => code)).toEqual(['nesting-too-deep']);
  });

  test('an anchor may be set again', async () => {
    const { documents } = await loadText('a: &x 1\nb: *x\nc: &x 2\nd: *x');
    expect(documents[0]?.data).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test('a merge key yields to own members, and to the first of several', async () => {
    const { documents } = await loadText(
      'x: &x {a: x, b: x}\ny: &y {b: y, c: y}\nz:\n  <<: [*x, *y, {d: z}]\n  a: own\n"<<": kept',
    );
    expect(documents[0]?.data).toMatchObject({ z: { a: 'own', b: 'x', c: 'y', d: 'z' } });
    expect(documents[0]?.data).toHaveProperty('<<', 'kept');
  });
});

test('names of Object.prototype are keys like any other', async () => {
  const { documents } = await loadText(
    'constructor: 1\ntoString: 2\nhasOwnProperty: 3\nvalueOf: {prototype: 4}',
  );
  expect(Object.keys(documents[0]!.data)).toEqual(['constructor', 'toString', 'hasOwnProperty', 'valueOf']);
});

test('nothing in quotes is a key, and so is a number', async () => {
  const { documents } = await loadText('"": 1\n12: 2\nnull: 3');
  expect(documents[0]?.data).toEqual({ '': 1, '12': 2, null: 3 });
});

test('ends at the cap, whatever is nested 256 levels deep', async () => {
  const { documents } = await loadText(`a: ${'['.repeat(255)}${']'.repeat(255)}`);
  expect(documents).toHaveLength(1);
});
