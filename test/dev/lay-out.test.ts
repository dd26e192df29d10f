import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { layOut } from '../../src/dev/lay-out.js';
import { runs, seed } from '../sample.js';

test('JSON is laid out as JSON.stringify does, whatever white space it has', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      expect(layOut(text)).toBe(JSON.stringify(value, undefined, 2));
    }),
    { seed, numRuns: runs(200, 2000) },
  );
});

describe('what it says stays as it stands', () => {
  test.each(['12345678901234567890.10', '1e400', '"\\u00e9\\/"', '"a\\\\\\"b"', '{"a":1,"a":2}', '"\ud800"'])(
    '%s',
    (text) => {
      expect(layOut(text).replace(/\s/g, '')).toBe(text);
    },
  );
});

test('what is deep, or broad and deep, takes no more than a few times its size', () => {
  const deep = '['.repeat(500_000) + ']'.repeat(500_000);
  const comb = `${'['.repeat(40)}${'[0],'.repeat(200_000)}0${']'.repeat(40)}`;
  for (const text of [deep, comb]) expect(layOut(text).length).toBeLessThan(text.length * 9 + 2 ** 17);
});
