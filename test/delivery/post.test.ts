import { expect, test } from 'vitest';
import { post } from '../../src/delivery/post.js';
import { serverOf } from './server.js';

test('one signal ends as many deliveries as are under way, and Node takes it for no leak', async () => {
  const warnings: string[] = [];
  const warned = ({ name }: Error) => void warnings.push(name);
  process.on('warning', warned);
  const ended = new AbortController();
  const { url, arrived } = await serverOf((_, response) => {
    if (arrived.length === 30) ended.abort();
    // Nobody is answered.
    response.on('close', () => undefined);
  });
  const composed = { url, headers: [], body: Buffer.from('{}') };
  const posted = await Promise.all(
    Array.from({ length: 30 }, () => post(composed, { signal: ended.signal, timeoutMs: 60_000 })),
  );
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warned);
  expect(posted.map((each) => 'failure' in each && each.failure)).toEqual(posted.map(() => 'aborted'));
  expect(warnings).toEqual([]);
});
