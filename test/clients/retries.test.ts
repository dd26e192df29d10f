import { expect, test } from 'vitest';
import { ApiError } from '../../templates/runtime/clients/api-error.js';
import type { Method } from '../../templates/runtime/clients/http.js';
import { callerOf, quick, serve, type Reply } from './server.js';

const ok: Reply = { body: '{"id":1}' };
const full = (retryAfter?: string): Reply => ({
  status: 429,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});
const down: Reply = { status: 503 };
const cut: Reply = { body: '{"id":', isBroken: true };

/** How a call ends: 1 for an answer, else the status of its error, or `none` where no answer came. */
const table: readonly [what: string, Method, readonly Reply[], end: number | 'none', requests: number][] = [
  ['an answer', 'GET', [ok], 1, 1],
  ['a 429', 'GET', [full('2'), ok], 1, 2],
  ['a 429 that says no time', 'GET', [full(), ok], 1, 2],
  ['a 429 that says nonsense', 'GET', [full('soon'), ok], 1, 2],
  ['a 429 for a POST, which did nothing', 'POST', [full('1'), ok], 1, 2],
  ['many 429', 'GET', [...Array.from({ length: 8 }, () => full('1')), ok], 1, 9],
  ['a 503', 'GET', [down, down, ok], 1, 3],
  ['a 503 for a PUT', 'PUT', [down, ok], 1, 2],
  ['a 503 for a DELETE', 'DELETE', [down, ok], 1, 2],
  ['a 503 for a POST, which may have done it', 'POST', [down, ok], 503, 1],
  ['a 503 that stays', 'GET', [down], 503, 5],
  ['a connection that ends', 'GET', ['drop', 'drop', ok], 1, 3],
  ['a connection that ends in a body', 'GET', [cut, ok], 1, 2],
  ['a connection that ends for a POST', 'POST', ['drop', ok], 'none', 1],
  ['a body that ends for a POST', 'POST', [cut, ok], 'none', 1],
  ['a connection that always ends', 'GET', ['drop'], 'none', 5],
  ['no such record', 'GET', [{ status: 404 }, ok], 404, 1],
  ['a wrong key', 'GET', [{ status: 401 }, ok], 401, 1],
  ['another address', 'GET', [{ status: 302, headers: { location: '/elsewhere' } }, ok], 302, 1],
  ['an answer without JSON', 'GET', [{ body: '<html>' }, ok], 200, 1],
];

test.each(table)('%s: %s', async (_, method, replies, end, count) => {
  await using server = await serve(replies);
  const call = callerOf(server.url, quick().options);
  const result = await call(method, '/things/1').then(
    ({ value }) => (value as { readonly id: number }).id,
    (error: unknown) => (error instanceof ApiError ? (error.status ?? 'none') : error),
  );
  expect(result).toBe(end);
  expect(server.requests).toHaveLength(count);
});

test('a 204 has no value', async () => {
  await using server = await serve([{ status: 204, body: '' }]);
  expect(await callerOf(server.url)('DELETE', '/things/1')).toMatchObject({
    value: undefined,
    hasNext: false,
  });
});

test.each([
  ['seconds', '30'],
  ['a date', new Date(Date.now() + 60_000).toUTCString()],
  ['seconds of a 503', '30'],
])('what is asked for in %s is waited for, and a jitter beside', async (what, asked) => {
  const reply = full(asked) as object;
  await using server = await serve([{ ...reply, status: what.includes('503') ? 503 : 429 }, ok]);
  const { options, waits } = quick();
  await callerOf(server.url, options)('GET', '/');
  const wait = waits[0]!;
  // The date was written a while before, in a time that goes fast.
  expect(wait).toBeGreaterThan(what === 'a date' ? 0 : 30_000);
  expect(wait).toBeLessThan(62_000);
});

test('jitter is full, and grows with each failure up to a limit', async () => {
  await using server = await serve([...Array.from({ length: 9 }, () => full('0')), ok]);
  const { options, waits } = quick();
  await callerOf(server.url, options)('GET', '/');
  expect(waits).toHaveLength(9);
  waits.forEach((each, index) => expect(each).toBeLessThan(Math.min(30_000, 1_000 * 2 ** index)));
  expect(new Set(waits).size).toBe(9);
});

test('a try after the deadline is not waited for, and the last answer is told', async () => {
  await using server = await serve([full('3000')]);
  const error = await callerOf(server.url, quick().options)('GET', '/things').catch((each: unknown) => each);
  expect(error).toMatchObject({ status: 429, path: '/things', method: 'GET', product: 'shop' });
  expect(String(error)).toMatch(
    /^ApiError: shop: GET \/things: the next try is due in 30\d\d s, which is after the deadline$/,
  );
  expect(server.requests).toHaveLength(1);
});

test('the deadline ends a call that is not answered, and those that wait behind it', async () => {
  await using server = await serve(['hang']);
  const call = callerOf(server.url, { ...quick().options, deadlineMs: 10_000 });
  const all = await Promise.allSettled(Array.from({ length: 20 }, (_, id) => call('POST', `/things/${id}`)));
  expect(all.map((each) => String((each as PromiseRejectedResult).reason))).toEqual(
    all.map((_, id) => `ApiError: shop: POST /things/${id}: not done within 10000 ms`),
  );
  expect(server.requests.length).toBeLessThanOrEqual(10);
});

test.each(['client', 'call'] as const)(
  'a signal of the %s ends calls that wait, and those to come',
  async (whose) => {
    await using server = await serve([full('60')]);
    const controller = new AbortController();
    const { signal } = controller;
    const call = callerOf(server.url, { ...quick().options, ...(whose === 'client' && { signal }) });
    const own = whose === 'call' ? { signal } : {};
    const waiting = call('GET', '/', own);
    const reason = new Error('enough');
    const ended = expect(waiting).rejects.toBe(reason);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort(reason);
    await ended;
    await expect(call('GET', '/', own)).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  },
);

test('an answer over the limit is not read to its end', async () => {
  const body = Buffer.alloc(33 * 1024 * 1024, ' ');
  await using server = await serve([{ body }]);
  await expect(callerOf(server.url)('GET', '/')).rejects.toThrow(
    'shop: GET /: the answer is larger than 32 MiB',
  );
  expect(server.requests).toHaveLength(1);
});

test.each([[0], [-1], [NaN]])('a deadline of %s ms is refused', (deadlineMs) => {
  expect(() => callerOf('https://example.com', { deadlineMs })).toThrow(TypeError);
});

test.each([
  ['http://example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['ftp://example.com', false],
  ['example.com', false],
  ['https://example.com/base/', true],
  ['http://localhost:3000', true],
  ['http://[::1]:3000', true],
])('%s as an address: %s', (address, isFine) => {
  const make = () => callerOf(address);
  if (isFine) expect(make).not.toThrow();
  else expect(make).toThrow('baseUrl must be an https address');
});

test('a query is encoded, and what is undefined left out', async () => {
  await using server = await serve([ok]);
  const query = { a: 'x y+z&"', b: undefined, c: 0, d: false };
  await callerOf(server.url)('GET', '/find', { query });
  expect(server.requests[0]!.url).toBe('/find?a=x%20y%2Bz%26%22&c=0&d=false');
});
