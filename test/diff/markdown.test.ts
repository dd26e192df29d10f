import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportedChange } from '../../src/diff/accepted.js';
import { fails } from '../../src/diff/accepted.js';
import { markdown, marker } from '../../src/diff/markdown.js';
import { rules, type RuleId } from '../../src/model/change-rules.js';
import { changesText } from '../../src/diff/text.js';
import { runs } from '../sample.js';

const versions = { base: { name: 'main' }, head: { name: 'the documents' } };

function change(rule: RuleId, more: Partial<ReportedChange> = {}): ReportedChange {
  return {
    rule,
    level: rules[rule].level,
    subject: 'Order.id',
    message: 'Order.id is gone.',
    events: [],
    ...more,
  };
}

const some = [
  change('field-removed', {
    message: 'Order.paid is gone; it was boolean.',
    events: ['a', 'b', 'c', 'd', 'e'],
    before: { file: 'main:doc.yaml', line: 3, column: 5 },
    after: { file: 'doc.yaml', line: 2, column: 1 },
  }),
  change('field-removed', { accepted: 'Nobody reads it.' }),
  change('event-added', { subject: 'event shop/paid', message: 'shop/paid is new.', events: ['shop/paid'] }),
  change('field-added', { message: 'Order.note is new: string.' }),
];

test('a comment on a pull request', () => {
  expect(markdown({ ...versions, changes: some }).split('\n')).toEqual([
    marker,
    '',
    '### For those who receive the events: 1 breaking, 1 risky and 1 safe changes, 1 accepted',
    '',
    'From `main` to `the documents`.',
    '',
    '#### Breaking (1)',
    '',
    '**field-removed**: Code that reads the field does not compile.',
    '',
    '- `Order.paid is gone; it was boolean.` (in `a`, `b`, `c` and 2 more; `main:doc.yaml:3:5` → `doc.yaml:2:1`)',
    '',
    '#### Risky (1)',
    '',
    '**event-added**: The compiler asks for a decision about it: a handler, or `ignore`. Until then its deliveries are not handled.',
    '',
    '- `shop/paid is new.`',
    '',
    '<details>',
    '<summary>Safe (1)</summary>',
    '',
    '**field-added**: There is one more field to read. A delivery that already had another type of value under its name was accepted, and is answered 422.',
    '',
    '- `Order.note is new: string.`',
    '',
    '</details>',
    '',
    '<details>',
    '<summary>Accepted (1)</summary>',
    '',
    '**field-removed**: Code that reads the field does not compile.',
    '',
    '- `Order.id is gone.`: `Nobody reads it.`',
    '',
    '</details>',
    '',
    '',
  ]);
});

test('a comment on nothing', () => {
  expect(markdown({ ...versions, changes: [] })).toContain('receive the events: no change\n');
});

test('text for a terminal', () => {
  expect(changesText(some.slice(0, 2), (format, text) => `<${format}>${text}</>`).split('\n')).toEqual([
    '<red>breaking</> <bold>field-removed</>: Order.id',
    '  Order.paid is gone; it was boolean.',
    '  <dim>Code that reads the field does not compile.</>',
    '  at: was main:doc.yaml:3:5, is doc.yaml:2:1',
    '  in: a, b, c, d, e',
    '',
    '<red>breaking</> <bold>field-removed</>: Order.id',
    '  Order.id is gone.',
    '  <dim>Code that reads the field does not compile.</>',
    '  accepted: Nobody reads it.',
    '',
  ]);
});

test('a comment is never longer than GitHub takes, and says how many are left out', () => {
  for (const message of ['x'.repeat(90), '`'.repeat(5_000), '\u202e'.repeat(5_000)]) {
    const changes = Array.from({ length: 3_000 }, (_, index) =>
      change((['field-removed', 'event-added', 'field-added'] as const)[index % 3]!, {
        message: `${message} ${index}`,
        events: [message, message, message, message],
        accepted: index % 7 === 0 ? message : undefined,
      } as Partial<ReportedChange>),
    ).map(({ accepted, ...rest }) => (accepted === undefined ? rest : { ...rest, accepted }));
    const text = markdown({ ...versions, changes });
    expect(text.length).toBeLessThan(65_536);
    const shown = text.split('\n').filter((line) => line.startsWith('- ')).length;
    const left = [...text.matchAll(/^(\d+) more (?:is|are) left out here\.$/gm)].map(([, count]) =>
      Number(count),
    );
    expect(shown + left.reduce((sum, count) => sum + count, 0)).toBe(changes.length);
  }
});

/** What is outside of code spans, by the rule of CommonMark: a run of backticks ends at the next run as long. */
function outsideSpans(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
}

test('no word of a document is outside of a code span', () => {
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '@everyone',
      '</details>',
      '`',
      '``',
      '` @a `',
      '\n\n# x',
      '| a |',
      'https://x.example',
      '#1',
      '-->',
      '\\`',
    ),
    fc
      .array(fc.constantFrom('`', ' ', '@x', '\n', '\\', '<'), { maxLength: 8 })
      .map((parts) => parts.join('')),
  );
  const plain = outsideSpans(
    markdown({ ...versions, changes: [change('field-removed', { events: ['e'], accepted: 'x' })] }),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, (message, event, accepted) => {
      const text = markdown({
        ...versions,
        changes: [change('field-removed', { message, events: [event], accepted })],
      });
      expect(outsideSpans(text)).toBe(plain);
    }),
    { numRuns: runs(500) },
  );
});

test('no text drives a terminal or a CI log', () => {
  const text = changesText(
    [
      change('field-removed', {
        message: '\u001b[2J',
        subject: '::error ::x',
        events: ['\n::error ::y'],
        accepted: '##[error]z',
      }),
    ],
    (_, each) => each,
  );
  expect(text).not.toMatch(/\u001b|^ *::|##\[/m);
});

test.each([
  ['breaking', 'risky', false],
  ['breaking', 'breaking', true],
  ['risky', 'risky', true],
  ['risky', 'breaking', true],
  ['risky', 'safe', false],
] as const)('to fail on %s, with a change that is %s: %s', (level, worst, expected) => {
  const rule = ({ breaking: 'field-removed', risky: 'event-added', safe: 'field-added' } as const)[worst];
  expect(fails([change(rule)], level)).toBe(expected);
  expect(fails([change(rule, { accepted: 'For a reason.' })], level)).toBe(false);
});
