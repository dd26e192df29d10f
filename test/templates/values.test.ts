import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Values } from '../../templates/runtime/values.js';

function areEqual(a: unknown, b: unknown): boolean {
  const verdicts = [new Values([a]).has(b), new Values([b]).has(a), new Values().hasEqual([a, b])];
  expect(new Set(verdicts).size).toBe(1);
  return verdicts[0]!;
}

describe('values are equal', () => {
  const rows: readonly [unknown, unknown, boolean][] = [
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[], {}, false],
    ['', {}, false],
    [5, {}, false],
    [true, [], false],
    [{ a: { b: 1 } }, { a: { b: 1 } }, true],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    [[1], { 0: 1 }, false],
    [null, {}, false],
    [0, false, false],
    ['1', 1, false],
    [{}, JSON.parse('{"__proto__":1}'), false],
    [{ constructor: 1 }, {}, false],
    [[[1], '#0'], [[1], [1]], false],
    [['[1]'], [[1]], false],
    [[[], [[]]], [[[]], []], false],
    [[0], [-0], true],
    // Small ones stand in the text of what holds them, others by a number.
    [[[1, 2], 3], [[1], 2, 3], false],
    [[1, []], [[1]], false],
    [[{ a: 1 }, 2], [{ a: 1, b: 2 }], false],
    [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }], true],
    [[{ a: 1, b: 2, c: 3, d: 4, e: 5 }], [{ e: 5, d: 4, c: 3, b: 2, a: 1 }], true],
    [[[1, 2, 3, 4, 5]], [[1, 2, 3, 4, 6]], false],
    [[['a'.repeat(70)]], [['a'.repeat(70)]], true],
    [[['a'.repeat(70)]], [['a'.repeat(71)]], false],
    [['[1,]'], [[1]], false],
    [['{"a":1,}'], [{ a: 1 }], false],
    [['a,"1:b'], ['a', 'b'], false],
    [[',', ''], ['', ','], false],
    [{ ab: 'c' }, { a: 'bc' }, false],
    [{ 'a"1:b': 1 }, { a: 'b', 1: 1 }, false],
    // Of what is longer than all that is known, the beginning is read alone.
    [[1, 2], [1, 2, 3], false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[null], ['null'], false],
    [[Infinity], [null], false],
    [{ 'a":1,"b': 2 }, { a: 1, b: 2 }, false],
    [[{ a: {} }, { a: {} }], [{ a: {} }, { a: {} }], true],
  ];
  test.each(rows)('%j and %j: %s', (a, b, equal) => {
    expect(areEqual(a, b)).toBe(equal);
  });

  test('where JSON text with sorted keys is the same', () => {
    const sorted = (value: unknown): string =>
      JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
          : inner,
      );
    const small = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(areEqual(a, structuredClone(a))).toBe(true);
        expect(areEqual(a, b)).toBe(sorted(a) === sorted(b));
      }),
    );
  });
});
