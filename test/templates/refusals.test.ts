import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import { createReceiver, type Delivery, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { basicAuth, staticHeaders } from '../../templates/runtime/signatures.js';

const token = 'token-of-the-sender';
const order = { 'x-token': token, 'content-type': 'application/json' };

function receiver(changes: Partial<ReceiverOptions> = {}) {
  return createReceiver({
    handlers: ignoringRest({}),
    verify: {
      shop: staticHeaders({ 'x-token': token }),
      reviews: basicAuth({ username: 'u', password: 'p' }),
    },
    basePath: '/hooks',
    ...changes,
  });
}

function delivery(changes: Partial<Omit<Delivery, 'body'>> & { readonly body?: string } = {}): Delivery {
  const { body = '{"kind":"order.paid"}', ...rest } = changes;
  return {
    method: 'POST',
    path: '/hooks/shop/order-paid?key=QUERY',
    headers: order,
    body: Buffer.from(body),
    ...rest,
  };
}

let stderr: MockInstance<typeof console.error>;
beforeEach(() => {
  stderr = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const lines = () => stderr.mock.calls.map((call) => call.join(' '));

describe('a refusal is one line on stderr, without a header, a query or a value', () => {
  test.each<[Delivery, string]>([
    [delivery({ body: '{"kind": VALUE}' }), 'refused 400 /hooks/shop/order-paid: the body is not JSON'],
    [
      delivery({ headers: { ...order, 'x-token': 'HEADER' } }),
      'refused 401 /hooks/shop/order-paid: unauthorized: no match',
    ],
    [delivery({ path: '/hooks/shop/nothing?QUERY' }), 'refused 404 /hooks/shop/nothing: not found'],
    [delivery({ method: 'GET' }), 'refused 405 /hooks/shop/order-paid: method not allowed'],
    [delivery({ body: 'VALUE'.repeat(300_000) }), 'refused 413 /hooks/shop/order-paid: body too large'],
    [
      delivery({ headers: { ...order, 'content-type': 'HEADER/x' } }),
      'refused 415 /hooks/shop/order-paid: unsupported media type',
    ],
    [
      delivery({ headers: { ...order, 'content-type': 'text/json;charset=HEADER' } }),
      'refused 415 /hooks/shop/order-paid: unsupported charset',
    ],
    [
      delivery({ body: '{"kind":"order.paid","total":"VALUE"}' }),
      'refused 422 /hooks/shop/order-paid: the payload is not valid, at /total',
    ],
    [
      delivery({ path: '/hooks/shop?QUERY', body: '{"kind":["VALUE"]}' }),
      'refused 422 /hooks/shop: the payload names no event, at /kind',
    ],
    [delivery({ body: '"VALUE"' }), 'refused 422 /hooks/shop/order-paid: the payload is not valid'],
    [
      delivery({ path: 'http://receiver.example/a\n::error::\u001B[31m\u202E\uD800b?QUERY' }),
      'refused 404 /a\\u{a}::error::\\u{1b}[31m\\u{202e}\\u{d800}b: not found',
    ],
    [delivery({ path: `/${'a'.repeat(100_000)}` }), `refused 404 /${'a'.repeat(199)}…: not found`],
  ])('%#: %s', async (given, line) => {
    await receiver().receive(given);
    expect(lines()).toEqual([line]);
    expect(lines().join()).not.toMatch(/HEADER|QUERY|VALUE/);
  });

  test('and what is handled, ignored, accepted or unknown is none', async () => {
    const quiet = receiver({ onRejected: () => 'accept' });
    for (const given of [
      delivery(),
      delivery({ path: '/hooks/shop' }),
      delivery({ body: '{' }),
      delivery({ path: '/hooks/shop', body: '{"kind":"order.lost"}' }),
    ])
      expect((await quiet.receive(given)).status).toBe(200);
    expect(lines()).toEqual([]);
  });
});

describe('the hook of refusals', () => {
  test('is told instead', async () => {
    const told: unknown[] = [];
    const one = receiver({ on: { rejected: (refusal) => void told.push(refusal) } });
    await one.receive(delivery({ path: '/hooks/shop?QUERY', body: '{"kind":"order.paid","total":"VALUE"}' }));
    await one.receive(delivery({ path: '/' }));
    expect(told).toEqual([
      {
        status: 422,
        path: '/hooks/shop',
        product: 'shop',
        event: 'shop/order-paid',
        reason: 'the payload is not valid',
        issue: '/total',
        issues: 1,
        durationMs: expect.any(Number) as unknown,
      },
      {
        status: 404,
        path: '/',
        product: undefined,
        event: undefined,
        reason: 'not found',
        issue: undefined,
        issues: 0,
        durationMs: expect.any(Number) as unknown,
      },
    ]);
    expect(lines()).toEqual([]);
  });
});

describe('of each status', () => {
  const shown = (status: number) => lines().filter((line) => line.startsWith(`refused ${status}`));

  test('20 lines are printed in a minute, then how many were left out', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const one = receiver();
    for (let count = 0; count < 1000; count++) await one.receive(delivery({ path: '/' }));
    expect(shown(404)).toEqual([
      ...Array<string>(20).fill('refused 404 /: not found'),
      'refused 404: more than 20 in a minute, the rest is counted',
    ]);
    // The others do not drown in them.
    await one.receive(delivery({ method: 'GET' }));
    expect(shown(405)).toHaveLength(1);

    stderr.mockClear();
    clock.mockReturnValue(1_060_000);
    await one.receive(delivery({ path: '/' }));
    expect(lines()).toEqual(['refused 404: 980 more', 'refused 404 /: not found']);
  });

  test('a clock that is set back silences nothing for long', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(100_000_000);
    const one = receiver();
    for (let count = 0; count < 100; count++) await one.receive(delivery({ path: '/' }));
    stderr.mockClear();
    clock.mockReturnValue(1_000_000);
    await one.receive(delivery({ path: '/' }));
    expect(shown(404)).toHaveLength(2);
  });
});
