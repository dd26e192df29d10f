import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLinear, patternCode, preparePatterns } from '../../src/model/pattern.js';
import { runs } from '../sample.js';

const linear: readonly string[] = [
  '',
  'a',
  'foo|bar',
  '^$',
  '^foo$',
  String.raw`^\d{4}-\d{2}-\d{2}$`,
  '^[a-z]+$',
  '^[^@]*@',
  String.raw`^\p{L}+$`,
  String.raw`^\u{1F600}*$`,
  String.raw`^[\]a-z]+$`,
  '^(INC|REQ)-[0-9]+$',
  '^(?<year>[0-9]{4})-',
  '(?:^a|^b+)c',
  '^a+$|^b+$',
  String.raw`\bfoo\b`,
  '^(?:a|b){1,5}$',
  '^.{1,4000}$',
  '^a+?b',
  'a{3}',
  '^(?:[a-z]{3}){2}[0-9]*$',
  String.raw`^\(+$`,
  String.raw`\.(?:png|jpe?g)$`,
];

const other: readonly string[] = [
  // No text start that holds it: it is tried from everywhere.
  'a+',
  String.raw`\s+$`,
  'a+$|^b$',
  '(^|,)a*b',
  '(?:^)?a+b',
  // Two repetitions.
  '^a+b+$',
  '^a+b{2,}$',
  '^(?:a*|b)(?:c*|d)$',
  // Of groups.
  '^(?:ab)+$',
  '^(a+)+$',
  '^(a|aa){2,}$',
  '^(?:a+){2}$',
  '^(a+)*?$',
  // Many ways.
  '^(?:a|a){20}$',
  '^(?:a?){50}a{50}$',
  '[ab]{0,200}c',
  'a{200}',
  '^a{1,99999}$',
  '^(?:a{0,100}){2}b*$',
  // What is not understood.
  '^(?=a)b',
  '^(?!a)b',
  '(?<=a)b',
  '(?<!a)b',
  String.raw`^(a)\1$`,
  String.raw`^(?<x>a)\k<x>$`,
  '^(?i:a)$',
  `${'('.repeat(60)}${')'.repeat(60)}`,
];

describe('a pattern', () => {
  test.each(linear)('%s is linear', (pattern) => {
    new RegExp(pattern, 'u');
    expect(isLinear(pattern)).toBe(true);
    expect(patternCode(pattern)).toEqual({ kind: 'regexp' });
  });

  test.each(other)('%s is not known to be', (pattern) => {
    expect(isLinear(pattern)).toBe(false);
    expect(() => patternCode(pattern)).toThrow('no automaton');
  });

  test('has an automaton where it was prepared', async () => {
    expect(await preparePatterns(['^a$', '(b+)+', String.raw`(c)\1`])).toEqual([String.raw`(c)\1`]);
    expect(patternCode('^a$').kind).toBe('regexp');
    expect(patternCode('(b+)+').kind).toBe('automaton');
    expect(() => patternCode(String.raw`(c)\1`)).toThrow('no automaton');
  });
});

test.each(linear)('as a regular expression, %s takes time linear in the text', (pattern) => {
  const expression = new RegExp(pattern, 'u');
  const pieces = ['a', '1', ' ', 'a@', '1-', 'aab', 'foo', 'INC-', '\u{1F600}', '('];
  const { user } = process.cpuUsage();
  for (const piece of pieces) expression.test(`${piece.repeat(2 ** 20 / piece.length)}!`);
  expect((process.cpuUsage().user - user) / pieces.length).toBeLessThan(1_000_000);
});

const atoms = fc.constantFrom(
  ...['a', 'b', '.', '[ab]', '[^a]', '[^]', ' ', String.raw`\d`, String.raw`\w`, String.raw`\s`, '\u{1F600}'],
);
const quantifiers = fc.constantFrom('', '', '*', '+', '?', '*?', '{2}', '{1,3}', '{2,}', '{0,30}', '{0,9}?');
const { pattern: patterns } = fc.letrec<{ pattern: string; sequence: string; term: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('sequence'),
    fc.tuple(tie('sequence'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
  ),
  sequence: fc.array(tie('term'), { maxLength: 5 }).map((terms) => terms.join('')),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(atoms, quantifiers).map(([atom, quantifier]) => atom + quantifier),
    fc.constantFrom('^', '$', String.raw`\b`, String.raw`\B`),
    fc
      .tuple(fc.constantFrom('(', '(?:'), tie('pattern'), quantifiers)
      .map(([open, inner, quantifier]) => `${open}${inner})${quantifier}`),
  ),
}));

test('so do random ones that are held to be linear', () => {
  const some = fc.oneof(
    patterns,
    patterns.map((pattern) => `^${pattern}`),
    patterns.map((pattern) => `^(?:${pattern})$`),
  );
  fc.assert(
    fc.property(some.filter(isLinear), (pattern) => {
      const expression = new RegExp(pattern, 'u');
      const { user } = process.cpuUsage();
      for (const piece of ['a', 'ab', ' ', '1', 'a\u{1F600}'])
        expression.test(`${piece.repeat(2 ** 17 / piece.length)}\n!`);
      // What is quadratic takes a hundred times as long.
      expect(process.cpuUsage().user - user).toBeLessThan(2_000_000);
    }),
    { numRuns: runs(100, 500) },
  );
});
