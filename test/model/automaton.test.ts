import fc from 'fast-check';
import { expect, test } from 'vitest';
import { automatonOf, budget, type Automaton } from '../../src/model/automaton.js';
import { linearPattern } from '../../templates/runtime/patterns.js';
import { runs, sample } from '../sample.js';
import { realPatterns } from './real-patterns.js';

/** What patterns are made of, and their nearest neighbours; some characters are two units, some half of one. */
const characters = [
  ...'aab01 -.,@:/_Ab\n\u2028éß\u{1F600}\u{1F601}',
  '\ud83d',
  '\ude00',
  'foo',
  'http://',
  '"',
  '=',
];
const texts = fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map((each) => each.join(''));

const atoms = fc.constantFrom(
  ...[
    'a',
    'b',
    '0',
    '.',
    '-',
    'é',
    '[ab]',
    '[^a]',
    '[^]',
    '[]',
    '[0-9a]',
    '[a-z]',
    ' ',
    '\u{1F600}',
    '[\u{1F600}-\u{1F610}]',
  ],
  ...[
    String.raw`\d`,
    String.raw`\D`,
    String.raw`\w`,
    String.raw`\W`,
    String.raw`\s`,
    String.raw`\S`,
    String.raw`\p{L}`,
    String.raw`\P{L}`,
  ],
  ...[String.raw`\u{1F600}`, String.raw`\ud83d`, String.raw`\ude00`, String.raw`\ud83d\ude00`],
);
const quantifiers = fc.constantFrom(
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,3}',
  '{2,}',
  '{0}',
  '{0,2}?',
);
const { pattern: patterns } = fc.letrec<{ pattern: string; sequence: string; term: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('sequence'),
    fc.tuple(tie('sequence'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
  ),
  sequence: fc.array(tie('term'), { maxLength: 4 }).map((terms) => terms.join('')),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(atoms, quantifiers).map(([atom, quantifier]) => atom + quantifier),
    fc.constantFrom('^', '$', '^', '$', String.raw`\b`, String.raw`\B`),
    fc
      .tuple(fc.constantFrom('(', '(?:'), tie('pattern'), quantifiers)
      .map(([open, inner, quantifier]) => `${open}${inner})${quantifier}`),
    fc
      .tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('pattern'))
      .map(([open, inner]) => `${open}${inner})`),
  ),
}));

/** The library knows Unicode 15, and a kit is the same from every Node: what later versions call a letter is none here. */
const assigned = linearPattern(automatonOf(String.raw`^\p{Assigned}$`) as Automaton);
const isOld = (text: string) =>
  [...text].every((each) => assigned.test(each) || /^\P{Assigned}$/u.test(each));

function agree(pattern: string, texts: readonly string[]): boolean {
  const automaton = automatonOf(pattern);
  if (!automaton) return false;
  const expression = new RegExp(pattern, 'u');
  const { test } = linearPattern(automaton);
  for (const text of texts)
    expect([pattern, text, test(text)]).toEqual([pattern, text, expression.test(text)]);
  return true;
}

test('agrees with regular expressions on random patterns', () => {
  let converted = 0;
  const some = fc.array(texts, { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(patterns, some, (pattern, texts) => {
      if (agree(pattern, ['', 'a', 'aa', ...texts])) converted += 1;
    }),
    { numRuns: runs(60, 300) },
  );
  expect(converted).toBeGreaterThan(runs(60, 300) / 2);
});

test.each(sample(realPatterns, 20))('agrees with %s', (pattern) => {
  const canBeWritten = !/\(\?<?[=!]|\\[bB]/u.test(pattern);
  const matching = canBeWritten ? fc.stringMatching(new RegExp(pattern, 'u')) : texts;
  // Short enough for the expressions of this list that take exponential time.
  const some = fc
    .tuple(matching, fc.oneof(fc.constant(''), texts))
    .map((each) => [...each.join('')].slice(0, 20).join(''));
  const drawn = fc.sample(some, { numRuns: 30 }).filter(isOld);
  expect(agree(pattern, drawn)).toBe(true);
});

const hopeless = [
  String.raw`(a)\1`,
  String.raw`(?<x>a)\k<x>`,
  String.raw`(?=\ba)b`,
  '(?=(?<=a)b)',
  '(?<=a(?!b))',
  '(?=^a)b',
  '(?i:a)+',
  '[ab]*a[ab]{12}',
  String.raw`.*a.{200}`,
  '^(?:a{100}){100}b+$',
  `${'('.repeat(5000)}a+${')'.repeat(5000)}`,
  '(',
];

test.each(sample(hopeless, 6))('none is made of %s', (pattern) => {
  expect(automatonOf(pattern)).toBeUndefined();
});

test('patterns of one run share what may be looked at', () => {
  const left = budget();
  let made = 0;
  while (automatonOf('(?:a|b)*c', left)) made += 1;
  expect(made).toBeLessThan(2_001);
  expect(automatonOf('a+', left)).toBeUndefined();
  expect(automatonOf('a+')).toBeDefined();
});

test('what is made does not depend on what was made before, and is small', () => {
  expect(automatonOf('(a+)+$')).toEqual({
    starts: [0, 0x61, 0x62],
    classes: [0, 1, 0],
    next: [0, 1, 0, 1],
    accepting: [1],
  });
  expect(automatonOf('^[]$')).toEqual({ starts: [0], classes: [0], next: [-1], accepting: [] });
  expect(automatonOf('^(?:ab)*$')).toEqual(automatonOf('^(?:ab|)(?:ab)*$'));
});

const mebibyte = 2 ** 20;
const pieces = ['a', '1', ' ', 'a@', '1-', 'x="', '/a', 'a.', 'é', '\u{1F600}', '\ud83d', '<a>'];

test.each(sample([...realPatterns, '(?:a?){50}a{50}'], 8))('%s takes time linear in the text', (pattern) => {
  const { test } = linearPattern(automatonOf(pattern) as Automaton);
  const { user } = process.cpuUsage();
  for (const piece of pieces) test(`${piece.repeat(mebibyte / piece.length)}!`);
  expect((process.cpuUsage().user - user) / pieces.length).toBeLessThan(1_000_000);
});
