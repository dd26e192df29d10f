import { describe, expect, test } from 'vitest';
import { difference } from '../../src/diff/difference.js';

const lines = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');

describe('the difference of a file', () => {
  test('shows three lines around each change', () => {
    const before = lines(20);
    const after = before.replace('line 9\n', 'line nine\n');
    expect(difference('a/b.ts', before, after).split('\n')).toEqual([
      '--- a/a/b.ts',
      '+++ b/a/b.ts',
      '@@ -7,7 +7,7 @@',
      ' line 6',
      ' line 7',
      ' line 8',
      '-line 9',
      '+line nine',
      ' line 10',
      ' line 11',
      ' line 12',
      '',
    ]);
  });

  test.each<[string, string | undefined, string | undefined, readonly string[]]>([
    ['a new file', undefined, 'a\nb\n', ['--- /dev/null', '+++ b/x', '@@ -0,0 +1,2 @@', '+a', '+b', '']],
    ['a removed file', 'a\n', undefined, ['--- a/x', '+++ /dev/null', '@@ -1 +0,0 @@', '-a', '']],
    ['a file that was empty', '', 'a', ['--- a/x', '+++ b/x', '@@ -0,0 +1 @@', '+a', '']],
    ['line ends alone', 'a\r\nb\r\n', 'a\nb\n', ['']],
    ['nothing', 'a', 'a', ['']],
    [
      'a final newline',
      'a',
      'a\n',
      ['--- a/x', '+++ b/x', '@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+a', ''],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(difference('x', before, after).split('\n')).toEqual(expected);
  });

  test('is cut, and says by how much', () => {
    const shown = difference('x', undefined, lines(100), 10).split('\n');
    expect(shown).toHaveLength(2 + 10 + 2);
    expect(shown.at(-2)).toBe('… 91 more lines');
    expect(difference('x', undefined, lines(10), 10)).toContain('… 1 more line\n');
    expect(difference('x', undefined, lines(9), 10)).not.toContain('more');
  });

  test('drives no terminal and no CI log', () => {
    const text = `\u001b[31mred\u202e\ttab\n::error ::x\n  ::error ::x\n${'w'.repeat(1_000)}\n`;
    const shown = difference('\u001b]x', text, `${text}more\n`);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(shown).not.toMatch(/^ *::/m);
    expect(Math.max(...shown.split('\n').map(({ length }) => length))).toBeLessThan(250);
  });

  test('of two texts that have nothing in common is not computed', () => {
    const shown = difference('x', lines(20_000, 'one'), lines(20_000, 'other'));
    expect(shown.split('\n')).toEqual([
      '--- a/x',
      '+++ b/x',
      '@@ -1,20000 +1,20000 @@',
      '… too different to be compared line by line',
      '',
    ]);
  });
});
