import { expect, test } from 'vitest';
import { callerOf, quick, serve, type Came, type Reply } from './server.js';

/** A server that takes one token. */
function door() {
  const state = { valid: 'token-1' };
  const handler = ({ headers }: Came): Reply =>
    headers.authorization === `Basic ${btoa(`${state.valid}:X`)}`
      ? {}
      : { status: 401, body: '{"code":"expired"}' };
  return { state, handler };
}

test('a token is fetched once for all calls', async () => {
  const { handler } = door();
  await using server = await serve(handler);
  let fetched = 0;
  const call = callerOf(server.url, {}, () => `token-${++fetched}`);
  await Promise.all(Array.from({ length: 20 }, () => call('GET', '/')));
  expect(fetched).toBe(1);
});

test('of many calls that are refused together, one fetches the next token', async () => {
  const { state, handler } = door();
  await using server = await serve(handler);
  const refused: (string | undefined)[] = [];
  const call = callerOf(server.url, {}, async (token) => {
    refused.push(token);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return `token-${refused.length}`;
  });
  await call('GET', '/');
  state.valid = 'token-2';
  await Promise.all(Array.from({ length: 20 }, () => call('POST', '/')));
  expect(refused).toEqual([undefined, 'token-1']);
});

test('a token that is refused as well is an error, and the next call asks for another', async () => {
  const { state, handler } = door();
  state.valid = 'token-3';
  await using server = await serve(handler);
  let fetched = 0;
  const call = callerOf(server.url, {}, () => Promise.resolve(`token-${++fetched}`));
  await expect(call('GET', '/')).rejects.toMatchObject({ status: 401, fields: [{ code: 'expired' }] });
  expect(server.requests).toHaveLength(2);
  await call('GET', '/');
  expect(fetched).toBe(3);
});

test('what the function throws is thrown, and it is asked again', async () => {
  const { handler } = door();
  await using server = await serve(handler);
  let fetched = 0;
  const call = callerOf(server.url, {}, () => {
    fetched += 1;
    if (fetched === 1) throw new Error('no network');
    return 'token-1';
  });
  await expect(call('GET', '/')).rejects.toThrow('no network');
  await call('GET', '/');
  expect(fetched).toBe(2);
});

test('a function that never ends is bounded by the deadline', async () => {
  const call = callerOf(
    'https://example.com',
    { ...quick().options, deadlineMs: 1_000 },
    () => new Promise(() => undefined),
  );
  await expect(call('GET', '/')).rejects.toThrow('shop: GET /: not done within 1000 ms');
});

test('what is no token is refused without showing it', async () => {
  const call = callerOf('https://example.com', {}, () => 'two words');
  await expect(call('GET', '/')).rejects.toThrow('a key must be a text of printable ASCII, without spaces');
});
