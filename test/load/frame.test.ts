import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName } from '../../src/diagnostics/file-name.js';
import { createSource, locationAt, positionAt } from '../../src/diagnostics/source.js';

const frameOf = (text: string, offset: number): string =>
  locationAt(createSource('a.yaml', text), offset).frame;

test('shows the line with two before it, and the column', () => {
  const text = 'one: 1\ntwo: 2\r\nthree:\n  four: x\nfive: 5\n';
  expect(frameOf(text, text.indexOf('x'))).toBe(
    ['  2 | two: 2', '  3 | three:', '> 4 |   four: x', '    |         ^'].join('\n'),
  );
  expect(frameOf(text, 0)).toBe(['> 1 | one: 1', '    | ^'].join('\n'));
});

test('numbers of different lengths line up', () => {
  const text = Array.from({ length: 10 }, (_, index) => `k${index}: v`).join('\n');
  expect(frameOf(text, text.length)).toBe(
    ['   8 | k7: v', '   9 | k8: v', '> 10 | k9: v', '     |      ^'].join('\n'),
  );
});

test('cuts a long line around the column', () => {
  const frame = frameOf(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, 5000);
  const [line, caret] = frame.split('\n');
  expect(line!.length).toBeLessThan(120);
  expect(line!.slice(caret!.indexOf('^')).startsWith('HERE')).toBe(true);
});

test('cuts between characters', () => {
  expect(frameOf(`x${'😀'.repeat(500)}`, 601)).not.toContain('\\u');
  expect(frameOf(`${'😀'.repeat(300)}x${'😀'.repeat(300)}`, 603)).not.toContain('\\u');
});

test('makes what acts on a terminal or deceives a reader visible', () => {
  const frame = frameOf('a: \u001b[2J\u202Eevil\u2028\u200B\tx', 3);
  expect(frame).toContain('a: \\u001b[2J\\u202eevil\\u2028\\u200b x');
});

test('the caret stands under the column, whatever is before it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (before) => {
      const text = `${before.replace(/[\r\n]/gu, '')}@rest`;
      const [line, caret] = frameOf(text, text.lastIndexOf('@rest')).split('\n');
      expect([...line!][[...caret!].indexOf('^')]).toBe('@');
      expect(frameOf(text, 0)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}](?<!\n)/u);
    }),
  );
});

test('a position is where an editor would put it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', 'é', '😀')), fc.nat(40), (parts, at) => {
      const text = parts.join('');
      const { line, column } = positionAt(createSource('f', text), at);
      const before = text.slice(0, at).replace(/\r$/u, (cr) => (text[at] === '\n' ? '' : cr));
      const lines = before.split(/\r\n|\r|\n/u);
      expect(line).toBe(lines.length);
      if (text[at] !== '\n') expect(column).toBe(lines.at(-1)!.length + 1);
    }),
  );
});

test('a source that may not be quoted has positions alone', () => {
  const place = locationAt(createSource('.env', 'KEY=secret', false), 4);
  expect(place).toEqual({ position: { file: '.env', line: 1, column: 5 }, frame: '' });
});

test.each([
  ['/home/me/app/specs/a.yaml', '/home/me/app', 'specs/a.yaml'],
  ['/home/me/a.yaml', '/home/me/app', '../a.yaml'],
  ['/a.yaml', '/home/me/app', '/a.yaml'],
])('%s seen from %s is %s', (path, cwd, expected) => {
  expect(fileName(path, cwd)).toBe(expected);
});
