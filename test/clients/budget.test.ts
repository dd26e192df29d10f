import { expect, test } from 'vitest';
import { clock, type Clock } from '../../templates/testing.js';
import { Budget, type Done } from '../../templates/runtime/clients/budget.js';
import { clockOf, patience } from '../../templates/runtime/clients/waiting.js';

/** Lets everything happen that waits for nothing but promises. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Started {
  readonly call: number;
  /** In seconds. */
  readonly at: number;
  readonly done: Done;
}

/** A budget with a clock that stands still until it is told to go on. */
function opened(time: Clock = clock()) {
  const { now, after } = clockOf(time.now, time.after);
  const budget = new Budget(now);
  const began = now();
  const starts: Started[] = [];
  const failures: unknown[] = [];
  let calls = 0;
  return {
    starts,
    failures,
    /** When calls started, in seconds. */
    times: () => starts.map(({ at }) => at),
    ask: async (count: number, signal?: AbortSignal) => {
      for (let index = 0; index < count; index++) {
        const call = ++calls;
        const life = patience(10_000_000, { now, after }, [signal], (reason) => new Error(reason));
        budget.start(life).then(
          (done) => void starts.push({ call, at: (now() - began) / 1000, done }),
          (error: unknown) => void failures.push(error),
        );
      }
      await settled();
    },
    answer: async (call: number, status: number, headers: Readonly<Record<string, string>> = {}) => {
      starts.find((each) => each.call === call)!.done({ status, headers: new Headers(headers) });
      await settled();
    },
    pass: async (seconds: number) => {
      // Step by step, as what starts sets timers of its own.
      for (let index = 0; index < seconds * 10; index++) {
        time.advance(100);
        await settled();
      }
    },
  };
}

const left = (remaining: number, total = 200) => ({
  'x-ratelimit-total': String(total),
  'x-ratelimit-remaining': String(remaining),
});

test('before anything is known, ten calls start, in order; the first answer says how many more', async () => {
  const { ask, answer, starts } = opened();
  await ask(100);
  expect(starts.map(({ call }) => call)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await answer(1, 200, left(199));
  expect(starts.map(({ call }) => call)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test('a vendor that says nothing is not waited for', async () => {
  const { ask, answer, starts } = opened();
  await ask(100);
  await answer(1, 200);
  expect(starts).toHaveLength(100);
});

test('calls without an answer make room for others', async () => {
  const { ask, starts } = opened();
  await ask(12);
  starts[0]!.done(undefined);
  await settled();
  expect(starts).toHaveLength(11);
});

test('below a tenth, calls are spread over the rest of the minute', async () => {
  const { ask, answer, pass, times } = opened();
  await ask(1);
  await answer(1, 200, left(23));
  await ask(30);
  // Down to a tenth at once; the others each take their share of the time that is left.
  expect(times()).toHaveLength(1 + 4);
  await pass(59);
  const spread = times().slice(5);
  expect(spread).toHaveLength(19);
  const gaps = spread.map((at, index) => at - (spread[index - 1] ?? 0));
  for (const gap of gaps) expect(gap).toBeCloseTo(3, 0);
});

test('when nothing is left, one call finds out what the next minute allows', async () => {
  const { ask, answer, pass, starts, times } = opened();
  await ask(1);
  await answer(1, 200, left(0));
  await ask(30);
  await pass(59);
  expect(starts).toHaveLength(1);
  await pass(2);
  expect(times().slice(1)).toEqual([60]);
  await answer(2, 200, left(199));
  expect(starts).toHaveLength(31);
});

test('after a 429 nothing starts for as long as it says, and then one call', async () => {
  const { ask, answer, pass, starts, times } = opened();
  await ask(4);
  await answer(1, 200, left(100));
  await answer(2, 429, { 'retry-after': '30' });
  // What was under way may still be answered.
  await answer(3, 200, left(0));
  await answer(4, 429, { 'retry-after': '30' });
  await ask(20);
  await pass(29);
  expect(starts).toHaveLength(4);
  await pass(2);
  expect(times().slice(4)).toEqual([30]);
  await answer(5, 429, { 'retry-after': '5' });
  await pass(10);
  expect(starts).toHaveLength(6);
  await answer(6, 200, left(199));
  expect(starts).toHaveLength(24);
});

test('what others use up is counted', async () => {
  const { ask, answer, starts } = opened();
  await ask(1);
  await answer(1, 200, left(100));
  await ask(1);
  await answer(2, 200, left(30));
  await ask(50);
  expect(starts.length - 2).toBe(11);
});

test('a new minute is seen by what an answer says', async () => {
  const { ask, answer, pass, starts } = opened();
  await ask(1);
  await answer(1, 200, left(10));
  await ask(3);
  expect(starts).toHaveLength(2);
  await answer(2, 200, left(199));
  await pass(6);
  expect(starts).toHaveLength(4);
});

test('answers in another order than their calls do not make room that is not there', async () => {
  const { ask, answer, starts } = opened();
  await ask(1);
  await answer(1, 200, left(12, 100));
  await ask(2);
  await answer(3, 200, left(10, 100));
  await answer(2, 200, left(11, 100));
  await ask(10);
  expect(starts).toHaveLength(4);
});

test.each([1, 2, 3, 4, 5])(
  'a burst that is answered in any order starts no more than the minute allows (%i)',
  async (seed) => {
    const { ask, answer, starts } = opened();
    await ask(500);
    let random = seed;
    let counted = 0;
    const answered = new Set<number>();
    for (;;) {
      const waiting = starts.filter(({ call }) => !answered.has(call));
      if (waiting.length === 0) break;
      random = (random * 48_271) % 2_147_483_647;
      const { call } = waiting[random % waiting.length]!;
      answered.add(call);
      counted += 1;
      await answer(call, 200, left(Math.max(0, 200 - counted)));
    }
    expect(counted).toBeGreaterThan(150);
    expect(counted).toBeLessThanOrEqual(200);
  },
);

test('who gives up in the queue does not hold up those behind', async () => {
  const { ask, answer, starts, failures } = opened();
  const controller = new AbortController();
  await ask(10);
  await ask(3, controller.signal);
  await ask(3);
  controller.abort(new Error('enough'));
  await settled();
  expect(failures).toEqual([new Error('enough'), new Error('enough'), new Error('enough')]);
  await answer(1, 200, left(100));
  expect(starts.map(({ call }) => call).slice(10)).toEqual([14, 15, 16]);
});

test.each([
  ['nonsense', 'much', 'some'],
  ['negative numbers', '-5', '-5'],
  ['huge numbers', '9'.repeat(400), '9'.repeat(400)],
])('headers with %s are not believed', async (_, total, remaining) => {
  const { ask, answer, starts } = opened();
  await ask(20);
  await answer(1, 200, { 'x-ratelimit-total': total, 'x-ratelimit-remaining': remaining });
  expect(starts).toHaveLength(20);
});
