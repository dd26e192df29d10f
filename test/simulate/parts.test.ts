import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../src/model/json.js';
import { brokenTemplate } from '../../src/simulate/broken.js';
import { Due } from '../../src/simulate/due.js';
import { Latency } from '../../src/simulate/latency.js';
import { runs, seed } from '../sample.js';

const parameters = { seed, numRuns: runs(200, 2000) };

test('what waits comes in the order of its time, what is due at once in the order of its coming', () => {
  const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(times, (steps) => {
      const due = new Due<number>();
      let waiting: { readonly at: number; readonly order: number }[] = [];
      for (const [order, [at, isTaken]] of steps.entries()) {
        if (isTaken) {
          const first = waiting.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
          const wanted = first !== undefined && first.at <= at ? first : undefined;
          expect(due.take(at)).toBe(wanted?.order);
          waiting = waiting.filter((each) => each !== wanted);
        } else {
          due.add(at, order);
          waiting.push({ at, order });
        }
        expect(due.size).toBe(waiting.length);
        expect(due.next).toBe(Math.min(...waiting.map((each) => each.at)));
      }
    }),
    parameters,
  );
});

test('a percentile is right to two in a hundred, and no more than the longest', () => {
  const times = fc.array(fc.double({ min: 0.01, max: 3_600_000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.double({ min: 0.001, max: 1, noNaN: true }), (all, share) => {
      const latency = new Latency();
      for (const each of all) latency.add(each);
      const sorted = all.toSorted((a, b) => a - b);
      const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
      expect(latency.max).toBe(sorted.at(-1));
      expect(latency.percentile(share)).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
      expect(latency.percentile(share)).toBeLessThanOrEqual(Math.min(exact * 1.02 * (1 + 1e-9), latency.max));
    }),
    parameters,
  );
  expect(new Latency().percentile(0.5)).toBe(0);
});

test('a broken template is no JSON, whatever is in it', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('1', 'null', '', '"', '\\', '{}', '1, "a": 2', ' '));
  const payload = fc.oneof(
    fc.dictionary(fc.string(), fc.oneof(text, fc.jsonValue(), fc.dictionary(text, text))),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(payload, (value) => {
      expect(() => JSON.parse(brokenTemplate(value as Json)) as unknown).toThrow(SyntaxError);
    }),
    parameters,
  );
});
