import { expect, test } from 'vitest';
import { simulate, type SimulateOptions } from '../../src/simulate/simulate.js';
import type { Recipe } from '../../src/simulate/sequence.js';
import { serverOf } from '../delivery/server.js';

function options(url: URL, change: Partial<SimulateOptions>): SimulateOptions {
  const event = { name: 'a/b', product: 'a' } as Recipe['event'];
  const recipes = Array.from({ length: 100 }, (_, at): Recipe => ({
    number: at + 1,
    event,
    ticket: at,
    isBroken: false,
    isDuplicated: false,
    late: undefined,
  }));
  return {
    deliveries: recipes.values() as Iterator<Recipe, undefined>,
    compose: () => ({ url, headers: [], body: Buffer.from('{}') }),
    idOf: ({ number }) => String(number),
    rate: undefined,
    concurrency: 10,
    timeoutMs: 5000,
    clock: 1,
    log: undefined,
    signal: new AbortController().signal,
    ...change,
  };
}

test('a log that cannot be written ends the run: nothing more is sent, and nothing more is logged', async () => {
  const { url } = await serverOf((_, response) => void response.end());
  const made = options(url, {});
  let sent = 0;
  const compose: SimulateOptions['compose'] = (recipe) => {
    sent += 1;
    return made.compose(recipe);
  };
  let calls = 0;
  const log = () => {
    calls += 1;
    if (calls >= 2) throw new Error('the disk is full');
  };
  await expect(simulate({ ...made, compose, log })).rejects.toThrow('the disk is full');
  const before = { sent, calls };
  expect(sent).toBeLessThan(100);
  // Whatever was still under way would have come to its end by the end of another run.
  await simulate(options(url, {}));
  expect({ sent, calls }).toEqual(before);
});

test('a signal ends a run whose deliveries nobody answers', async () => {
  const ended = new AbortController();
  const { url } = await serverOf(() => {
    ended.abort();
  });
  const report = await simulate(options(url, { signal: ended.signal }));
  expect(report.total).toMatchObject({ acknowledged: 0, dropped: 0 });
  expect(report.total.unfinished).toBeGreaterThan(0);
});
