import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';
import {
  ignore,
  ignoringRest,
  routes,
  unhandled,
  type AnyWebhookEvent,
  type Route,
} from '../../templates/events.js';
import type { InboxRecord } from '../../templates/runtime/inbox.js';
import { storing } from '../../templates/runtime/no-inbox.js';
import { createReceiver, type Delivery, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { runInbox, type RunInboxOptions } from '../../templates/runtime/run-inbox.js';
import { dangerouslyUnverified, staticHeaders } from '../../templates/runtime/signatures.js';
import { ArrayInbox } from './array-inbox.js';

let stderr: MockInstance<typeof console.error>;
beforeEach(() => {
  stderr = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const token = 'TOKEN-OF-THE-SENDER';

function delivery(
  changes: Partial<Omit<Delivery, 'body'>> & { readonly body?: string | Uint8Array } = {},
): Delivery {
  const { body = '{"kind":"order.paid","id":7}', headers, ...rest } = changes;
  return {
    method: 'POST',
    path: '/hooks/shop/order-paid?key=QUERY',
    headers: {
      'Content-Type': 'application/json',
      Authorization: 'Basic CREDENTIALS',
      Cookie: 'COOKIE',
      'X-Token': token,
      'X-Delivery-Id': '1',
      ...headers,
    },
    body: Buffer.from(body),
    ...rest,
  };
}

/** The side that stores. */
function store(inbox: ReceiverOptions['inbox'], options: Partial<ReceiverOptions> = {}) {
  return createReceiver({
    verify: { shop: staticHeaders({ 'x-token': token }), reviews: dangerouslyUnverified() },
    basePath: '/hooks',
    routes: { '/new/order': 'shop/order-placed' },
    ...options,
    inbox,
  } as ReceiverOptions);
}

/** The side that works, until all is done. */
async function work(inbox: ArrayInbox, options: Partial<RunInboxOptions> = {}) {
  const handled: AnyWebhookEvent[] = [];
  const errors: unknown[] = [];
  const dead: unknown[] = [];
  const keep = (event: AnyWebhookEvent): void => void handled.push(event);
  const worker = runInbox({
    inbox,
    handlers: { 'shop/order-paid': keep, 'shop/order-placed': keep, 'reviews/posted': keep },
    onError: (error) => void errors.push(error),
    on: {
      deadLettered: ({ error, attempt, event, path }) =>
        void dead.push([String(error), attempt, event ?? path]),
    },
    ...options,
  });
  await worker.stop();
  return { handled, errors, dead };
}

const stored = (receiver: ReturnType<typeof store>, given: Delivery) =>
  receiver.receive(given).then(({ status, body }): unknown => [status, JSON.parse(body)]);

describe('a delivery is stored, and handled later', () => {
  test('as it came', async () => {
    const inbox = new ArrayInbox();
    const now = new Date('2026-01-02T03:04:05.678Z');
    expect(await stored(store(inbox, { now: () => now }), delivery())).toEqual([200, { result: 'stored' }]);
    const { handled, errors, dead } = await work(inbox);
    expect({ errors, dead }).toEqual({ errors: [], dead: [] });
    expect(handled).toEqual([
      {
        name: 'shop/order-paid',
        product: 'shop',
        payload: { kind: 'order.paid', id: 7 },
        deliveryKey: '1',
        receivedAt: now,
        headers: new Map([
          ['content-type', 'application/json'],
          ['x-delivery-id', '1'],
        ]),
        rawBody: Buffer.from('{"kind":"order.paid","id":7}'),
      },
    ]);
  });

  test.each<[string, Delivery, string]>([
    ['path of an event', delivery(), 'shop/order-paid'],
    ['path of a product', delivery({ path: '/hooks/shop' }), 'shop/order-paid'],
    [
      'path of your own',
      delivery({ path: '/new/order', body: '{"kind":"order.placed","id":1}' }),
      'shop/order-placed',
    ],
    [
      'form',
      delivery({
        path: '/hooks/reviews/posted',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'stars=5',
      }),
      'reviews/posted',
    ],
  ])('from the %s', async (_, given, name) => {
    const inbox = new ArrayInbox();
    await stored(store(inbox), given);
    const { handled } = await work(inbox);
    expect(handled.map((event) => event.name)).toEqual([name]);
  });

  test('a second time: stored before', async () => {
    const inbox = new ArrayInbox();
    const receiver = store(inbox);
    await stored(receiver, delivery());
    expect(await stored(receiver, delivery())).toEqual([200, { result: 'duplicate' }]);
    expect(await stored(receiver, delivery({ headers: { 'X-Delivery-Id': '2' } }))).toEqual([
      200,
      { result: 'stored' },
    ]);
    expect(inbox.records.map(({ key }) => key)).toEqual(['shop/order-paid:1', 'shop/order-paid:2']);
  });

  test('no header is stored that could be a credential, but those that are asked for', async () => {
    const inbox = new ArrayInbox();
    await stored(store(inbox), delivery());
    expect(JSON.stringify(inbox.records)).not.toMatch(/CREDENTIALS|COOKIE|TOKEN|QUERY/);
    const more = new ArrayInbox();
    await stored(store(more, { inboxHeaders: ['X-Shard'] }), delivery({ headers: { 'X-Shard': '5' } }));
    expect(more.records[0]?.headers).toMatchObject({ 'x-shard': '5' });
  });

  test('what is ignored is not stored where the handlers are known', async () => {
    const inbox = new ArrayInbox();
    expect(await stored(store(inbox, { handlers: ignoringRest({}) }), delivery())).toEqual([
      200,
      { result: 'ignored' },
    ]);
    expect(inbox.records).toEqual([]);
  });

  test('by its body, where that is its key', async () => {
    const inbox = new ArrayInbox();
    const receiver = store(inbox, { deliveryKeys: { reviews: { by: 'body', within: 5000 } } });
    const given = delivery({ path: '/hooks/reviews/posted', body: '{"stars":5}' });
    expect([await stored(receiver, given), await stored(receiver, given)]).toEqual([
      [200, { result: 'stored' }],
      [200, { result: 'duplicate' }],
    ]);
    expect(inbox.records).toMatchObject([{ keyMs: 5000 }]);
  });
});

/** Whatever is authentic is stored: a retry would bring the same bytes. The dead letters say what is wrong. */
describe.each<[string, Delivery, string]>([
  ['not JSON', delivery({ body: '{"kind": VALUE}' }), 'Unprocessable: the body is not JSON'],
  [
    'no text',
    delivery({ body: new Uint8Array([0x7b, 0xff, 0x00, 0x7d]) }),
    'Unprocessable: the body is not UTF-8',
  ],
  [
    'not valid',
    delivery({ body: '{"kind":"order.paid","total":"VALUE"}' }),
    'Unprocessable: the payload is not valid, at /total: must be number,null',
  ],
  [
    'not valid as a whole',
    delivery({ body: '"VALUE"' }),
    'Unprocessable: the payload is not valid: must be object',
  ],
  [
    'without the word that names its event',
    delivery({ path: '/hooks/shop', body: '{"kind":["VALUE"]}' }),
    'Unprocessable: the payload names no event, at /kind: must be a string that names the event',
  ],
])('a delivery that is %s', (_, given, reason) => {
  test('is stored, and goes to the dead letters at once', async () => {
    const inbox = new ArrayInbox();
    expect(await stored(store(inbox), given)).toEqual([200, { result: 'stored' }]);
    expect(Buffer.from(inbox.records[0]?.body ?? '', 'base64')).toEqual(given.body);
    const { handled, errors, dead } = await work(inbox);
    expect({ handled, errors }).toEqual({ handled: [], errors: [] });
    expect(dead).toEqual([[reason, 1, expect.any(String)]]);
    expect(reason).not.toContain('VALUE');
  });

  test('is what onRejected makes of it', async () => {
    const inbox = new ArrayInbox();
    await stored(store(inbox), given);
    const accepted = await work(inbox, { onRejected: () => 'accept' });
    expect(accepted).toEqual({ handled: [], errors: [], dead: [] });
    const repaired = await work(inbox, { onRejected: () => ({ payload: { kind: 'order.paid' } }) });
    expect(repaired).toMatchObject({ handled: [{ name: 'shop/order-paid', rawBody: given.body }], dead: [] });
    const again = await work(inbox, { onRejected: () => ({ payload: 5 }) });
    expect(again.dead).toHaveLength(1);
  });
});

describe('the answer while the store', () => {
  const hang = () => new Promise<never>(() => undefined);
  test.each<[string, (record: InboxRecord, signal: AbortSignal) => unknown, number]>([
    ['is down', () => Promise.reject(new Error('down')), 503],
    [
      'throws',
      () => {
        throw new Error('down');
      },
      503,
    ],
    ['hangs', hang, 503],
    ['says nothing', () => undefined, 503],
    ['says what it does not know', () => 'perhaps', 503],
    ['stores', () => 'stored', 200],
  ])('%s', async (_, put, status) => {
    const errors: unknown[] = [];
    const receiver = store(
      { put: put as never },
      { deadlineMs: 540, onError: (error) => void errors.push(error) },
    );
    expect((await receiver.receive(delivery())).status).toBe(status);
    expect(errors).toHaveLength(status === 200 ? 0 : 1);
  });

  test('takes its time, within a short deadline', async () => {
    const put = () => new Promise<'stored'>((resolve) => setTimeout(resolve, 20, 'stored'));
    const { status } = await store({ put }, { deadlineMs: 400 }).receive(delivery());
    expect(status).toBe(200);
  });

  test('hangs, says to it that nobody waits any longer', async () => {
    let given: AbortSignal | undefined;
    const put = (_: InboxRecord, signal: AbortSignal) => {
      given = signal;
      return hang();
    };
    await store({ put }, { deadlineMs: 520 }).receive(delivery());
    expect(given?.aborted).toBe(true);
  });

  test('stores, what is refused before is not put', async () => {
    const inbox = new ArrayInbox();
    const receiver = store(inbox);
    for (const [given, status] of [
      [delivery({ headers: { 'X-Token': 'wrong' } }), 401],
      [delivery({ path: '/nothing' }), 404],
      [delivery({ method: 'GET' }), 405],
      [delivery({ body: 'x'.repeat(1_048_577) }), 413],
      [delivery({ headers: { 'Content-Type': 'image/png' } }), 415],
    ] as const)
      expect((await receiver.receive(given)).status).toBe(status);
    expect(inbox.records).toEqual([]);
  });
});

describe('a worker', () => {
  async function filled(given = delivery()): Promise<ArrayInbox> {
    const inbox = new ArrayInbox();
    await store(inbox).receive(given);
    return inbox;
  }
  const handling = (handler: () => unknown) => ({
    handlers: ignoringRest({ 'shop/order-paid': handler as () => Promise<void> }),
  });

  test('tries a handler again that throws, and tells of each time', async () => {
    const handler = vi.fn().mockRejectedValueOnce(new Error('one')).mockRejectedValueOnce(new Error('two'));
    const told: unknown[] = [];
    const { errors, dead } = await work(await filled(), {
      ...handling(handler),
      on: {
        failed: ({ attempt, event }) => void told.push(['failed', attempt, event]),
        handled: ({ attempt, result }) => void told.push([result, attempt]),
      },
    });
    expect(errors).toEqual([new Error('one'), new Error('two')]);
    expect(dead).toEqual([]);
    expect(told).toEqual([
      ['failed', 1, 'shop/order-paid'],
      ['failed', 2, 'shop/order-paid'],
      ['handled', 3],
    ]);
  });

  test('gives up on what keeps failing, on one line', async () => {
    await work(await filled(), { ...handling(() => Promise.reject(new Error('no\nway'))), on: {} });
    expect(stderr.mock.calls.flat()).toEqual([
      'shop/order-paid: Error: no way, after 3 attempts: it is among the dead letters',
    ]);
  });

  test('counts a handler as failed that takes too long', async () => {
    const { errors } = await work(await filled(), {
      ...handling(() => new Promise(() => undefined)),
      timeoutMs: 5,
    });
    expect(errors).toEqual(Array(3).fill(new Error('the handler took longer than 5 ms')));
  });

  test.each([
    ['ignores what is ignored', ignore, 0],
    ['fails on a stub', unhandled('shop/order-paid'), 3],
  ])('%s', async (_, handler, failures) => {
    const handlers = { ...ignoringRest({}), 'shop/order-paid': handler } as RunInboxOptions['handlers'];
    expect((await work(await filled(), { handlers })).errors).toHaveLength(failures);
  });

  test('passes on what names an unknown event', async () => {
    const unknown: unknown[] = [];
    const inbox = await filled(delivery({ path: '/hooks/shop', body: '{"kind":"order.lost"}' }));
    const { handled, dead } = await work(inbox, {
      onUnknownEvent: ({ discriminator }) => void unknown.push(discriminator),
    });
    expect({ handled, dead, unknown }).toEqual({ handled: [], dead: [], unknown: ['order.lost'] });
  });

  test('does not try what no event of this version takes', async () => {
    const inbox = await filled();
    inbox.records[0] = { ...(inbox.records[0] as InboxRecord), path: '/shop/gone' };
    const { dead } = await work(inbox);
    expect(dead).toEqual([['Unprocessable: its path leads to no event of this version', 1, '/shop/gone']]);
  });

  test('names the event of a dead letter whose path is encoded', async () => {
    const all = routes as Route[];
    const [route] = all;
    all.push({ ...(route as Route), name: 'shop/a#b ü' as Route['name'] });
    try {
      const inbox = new ArrayInbox();
      const path = '/hooks/shop/a%23b%20%C3%BC';
      await stored(store(inbox), delivery({ path, body: '{' }));
      expect((await work(inbox)).dead).toEqual([['Unprocessable: the body is not JSON', 1, 'shop/a#b ü']]);
    } finally {
      all.pop();
    }
  });

  test.each([{ concurrency: 0 }, { concurrency: 1.5 }, { timeoutMs: 0 }, { timeoutMs: Number.NaN }])(
    '%j is a TypeError',
    async (options) => {
      await expect(work(new ArrayInbox(), options)).rejects.toThrow(TypeError);
    },
  );
});

test('a kit that was generated without an inbox says so', () => {
  expect(() => storing()).toThrow(/--inbox/);
});
