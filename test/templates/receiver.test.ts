import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  ignore,
  ignoringRest,
  unhandled,
  type AnyWebhookEvent,
  type Handlers,
} from '../../templates/events.js';
import {
  createReceiver,
  type Delivery,
  type Refusal,
  type ReceiverOptions,
  type Rejection,
  type UnknownEvent,
} from '../../templates/runtime/receiver.js';
import { basicAuth, dangerouslyUnverified, hmacSignature } from '../../templates/runtime/signatures.js';
import { hmac } from './keys.js';

const secret = 'shared by test and sender';
const form = 'application/x-www-form-urlencoded';

type Changes = Partial<Omit<Delivery, 'body'>> & { readonly body?: unknown };

/** A rightly signed delivery of a paid order, with changes. */
function delivery({ body = { kind: 'order.paid', id: 7 }, headers, ...rest }: Changes = {}): Delivery {
  const raw =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: 'POST',
    path: '/shop/order-paid',
    headers: { 'Content-Type': 'application/json', 'X-Signature': hmac(secret, raw), ...headers },
    body: raw,
    ...rest,
  };
}

async function* stream(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function setUp(changes: Partial<ReceiverOptions> = {}) {
  const handled: AnyWebhookEvent[] = [];
  const rejected: Rejection[] = [];
  const unknown: UnknownEvent[] = [];
  const errors: unknown[] = [];
  const told: Refusal[] = [];
  const keep = (event: AnyWebhookEvent): void => {
    handled.push(event);
  };
  const receiver = createReceiver({
    handlers: { 'shop/order-paid': keep, 'shop/order-placed': ignore, 'reviews/posted': keep },
    verify: {
      shop: hmacSignature({ header: 'x-signature', secrets: secret }),
      reviews: dangerouslyUnverified(),
    },
    onRejected: (rejection) => {
      rejected.push(rejection);
    },
    onUnknownEvent: (delivered) => {
      unknown.push(delivered);
    },
    onError: (error, context) => {
      errors.push([error, context]);
    },
    on: {
      rejected: (refusal) => {
        told.push(refusal);
      },
    },
    ...changes,
  });
  return { receiver, handled, rejected, unknown, errors, told };
}

function handling(handler: (event: AnyWebhookEvent) => unknown): Partial<ReceiverOptions> {
  return { handlers: ignoringRest({ 'shop/order-paid': handler as () => Promise<void> }) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the answer table', () => {
  const rows: readonly [string, Changes, number, string][] = [
    ['a path of nothing', { path: '/shop/nothing' }, 404, 'not found'],
    ['a path of nothing, before the method', { path: '/nothing', method: 'GET' }, 404, 'not found'],
    ['a product without discriminator', { path: '/reviews' }, 404, 'not found'],
    ['a final slash', { path: '/shop/order-paid/' }, 404, 'not found'],
    ['GET', { method: 'GET' }, 405, 'method not allowed'],
    ['GET, before the size', { method: 'GET', body: Buffer.alloc(2_000_000) }, 405, 'method not allowed'],
    ['2 MB', { body: Buffer.alloc(2_000_000) }, 413, 'body too large'],
    [
      '2 MB, before the type',
      { body: Buffer.alloc(2_000_000), headers: { 'content-type': 'a/b' } },
      413,
      'body too large',
    ],
    ['XML', { headers: { 'Content-Type': 'application/xml' } }, 415, 'unsupported media type'],
    [
      'XML, before the signature',
      { headers: { 'Content-Type': 'text/xml', 'X-Signature': '' } },
      415,
      'unsupported media type',
    ],
    ['a form where none is listed', { headers: { 'Content-Type': form } }, 415, 'unsupported media type'],
    [
      'XML where a form is listed',
      { path: '/reviews/posted', headers: { 'Content-Type': 'text/xml' } },
      415,
      'unsupported media type',
    ],
    [
      'two types',
      { headers: { 'Content-Type': ['application/json', 'application/json'] } },
      415,
      'unsupported media type',
    ],
    ['a wrong signature', { headers: { 'X-Signature': '0'.repeat(64) } }, 401, 'unauthorized'],
    [
      'a wrong signature, before the body',
      { body: 'no JSON', headers: { 'X-Signature': '' } },
      401,
      'unauthorized',
    ],
    [
      'a charset that nobody knows',
      { headers: { 'Content-Type': 'application/json; charset=klingon' } },
      415,
      'unsupported charset',
    ],
    [
      'text/plain where it is not listed',
      { headers: { 'Content-Type': 'text/plain' } },
      415,
      'unsupported media type',
    ],
    ['not UTF-8', { body: Uint8Array.of(0xff) }, 400, 'the body is not UTF-8'],
    ['empty', { body: '' }, 400, 'the body is empty'],
    ['not JSON', { body: '{' }, 400, 'the body is not JSON'],
    [
      'a number beyond all numbers',
      { body: '{"kind":"order.paid","x":[-1e999]}' },
      400,
      'the body holds a number that is too large',
    ],
    ['null', { body: 'null' }, 422, 'the payload is not valid'],
    ['[]', { body: [] }, 422, 'the payload is not valid'],
    ['a wrong type', { body: { kind: 'order.paid', total: 'x' } }, 422, 'the payload is not valid'],
    ['another event than the path says', { body: { kind: 'order.placed' } }, 422, 'the payload is not valid'],
    [
      'no discriminator on a product path',
      { path: '/shop', body: { id: 1 } },
      422,
      'the payload names no event',
    ],
    ['null on a product path', { path: '/shop', body: 'null' }, 422, 'the payload names no event'],
    ['an unknown event', { path: '/shop', body: { kind: 'order.lost' } }, 200, 'unknown event'],
    ['an ignored event', { path: '/shop/order-placed', body: { kind: 'order.placed' } }, 200, 'ignored'],
    ['an ignored event on a product path', { path: '/shop', body: { kind: 'order.placed' } }, 200, 'ignored'],
    ['a good one', {}, 200, 'handled'],
    ['a good one on a product path', { path: '/shop' }, 200, 'handled'],
    ['a query string', { path: '/shop/order-paid?retry=1' }, 200, 'handled'],
    ['no content type', { headers: { 'Content-Type': undefined } }, 200, 'handled'],
    ['a charset', { headers: { 'Content-Type': 'Application/JSON ; charset=utf-8' } }, 200, 'handled'],
    ['text/json', { headers: { 'Content-Type': 'text/json' } }, 200, 'handled'],
    ['+json', { headers: { 'Content-Type': 'application/cloudevents+json' } }, 200, 'handled'],
    [
      'a form',
      { path: '/reviews/posted', body: 'review[id]=1', headers: { 'Content-Type': form } },
      200,
      'handled',
    ],
    [
      'a form beyond its limits',
      { path: '/reviews/posted', body: `a${'[b]'.repeat(100)}=1`, headers: { 'Content-Type': form } },
      400,
      'the form is nested too deeply',
    ],
  ];

  test.each(rows)('%s', async (_, changes, status, text) => {
    const { receiver, handled, rejected, unknown, errors, told } = setUp();
    const answer = await receiver.receive(delivery(changes));
    expect(told.map((event) => event.status)).toEqual(status === 200 ? [] : [status]);
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/json' } });
    const said = status === 200 ? { result: text } : { error: text };
    expect(JSON.parse(answer.body)).toEqual(
      status === 422 ? { ...said, issues: expect.any(Array) as unknown } : said,
    );
    expect(handled).toHaveLength(text === 'handled' ? 1 : 0);
    expect(rejected.map((each) => [each.status, each.reason])).toEqual(
      status === 400 || status === 422 ? [[status, text]] : [],
    );
    expect(unknown).toHaveLength(text === 'unknown event' ? 1 : 0);
    expect(errors).toEqual([]);
    expect(answer.headers['allow']).toBe(status === 405 ? 'POST' : undefined);
  });

  test('422 lists the issues', async () => {
    const { receiver } = setUp();
    const wrong = await receiver.receive(delivery({ body: { kind: 'order.paid', total: 'x' } }));
    expect(JSON.parse(wrong.body)).toEqual({
      error: 'the payload is not valid',
      issues: [{ path: ['total'], message: 'must be number,null' }],
    });
    const missing = await receiver.receive(delivery({ path: '/shop', body: {} }));
    expect(JSON.parse(missing.body)).toMatchObject({
      issues: [{ path: ['kind'], message: 'must be a string that names the event' }],
    });
  });

  test.each([
    ['kind=order.placed', 200],
    ['kind=order.paid', 415],
  ])('a form on a product path is taken for the event that lists it: %s', async (body, status) => {
    const { receiver } = setUp();
    const headers = { 'Content-Type': form };
    expect(await receiver.receive(delivery({ path: '/shop', body, headers }))).toMatchObject({ status });
  });
});

describe('an event', () => {
  test('is what was delivered', async () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const { receiver, handled } = setUp({ now: () => now });
    const given = delivery({ headers: { 'X-Delivery-Id': 'd-1', 'X-Twice': ['a', 'b'], 'x-twice': 'c' } });
    await receiver.receive(given);
    expect(handled).toEqual([
      {
        name: 'shop/order-paid',
        product: 'shop',
        payload: { kind: 'order.paid', id: 7 },
        deliveryKey: 'd-1',
        receivedAt: now,
        headers: new Map([
          ['content-type', 'application/json'],
          ['x-signature', given.headers['X-Signature']],
          ['x-delivery-id', 'd-1'],
          ['x-twice', 'a, b, c'],
        ]),
        rawBody: given.body,
      },
    ]);
  });

  test.each<[value: unknown, text: string | undefined]>([
    [null, undefined],
    [undefined, undefined],
    [5, '5'],
    [0, '0'],
    [10n, '10'],
    [true, 'true'],
    [[], ''],
    [['a'], 'a'],
    [['a', 5, null], 'a, 5, '],
  ])('has a header that a server gives as %s', async (value, text) => {
    const { receiver, handled } = setUp();
    const given = delivery({ headers: { 'X-Odd': value } as never });
    expect(await receiver.receive(given)).toMatchObject({ status: 200 });
    expect(handled[0]?.headers.get('x-odd')).toBe(text);
  });

  test('has a delivery key of several parts where the document names several', async () => {
    const keys: (string | undefined)[] = [];
    const { receiver } = setUp({
      handlers: ignoringRest({ 'shop/order-placed': ({ deliveryKey }) => void keys.push(deliveryKey) }),
    });
    await receiver.receive(delivery({ path: '/shop', body: { kind: 'order.placed', id: 'a:1' } }));
    await receiver.receive(delivery({ path: '/shop', body: { kind: 'order.placed' } }));
    expect(keys).toEqual(['a%3A1:order.placed', undefined]);
  });
});

describe('routes and basePath', () => {
  test('lead to their events', async () => {
    const { receiver } = setUp({ basePath: '/hooks', routes: { '/paid': 'shop/order-paid' } });
    for (const path of ['/paid', '/hooks/shop/order-paid', '/hooks/shop']) {
      expect(await receiver.receive(delivery({ path })), path).toMatchObject({ status: 200 });
    }
    expect(await receiver.receive(delivery())).toMatchObject({ status: 404 });
    expect(await receiver.receive(delivery({ path: '/paid', body: { kind: 'order.placed' } }))).toMatchObject(
      { status: 422 },
    );
  });
});

describe('options that leave a hole are a TypeError', () => {
  const verify = { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() };
  const handlers = ignoringRest({});
  test.each<[string, object, RegExp]>([
    ['a product without a verifier', { verify: { shop: verify.shop } }, /verify\.reviews/],
    ['a verifier that is none', { verify: { ...verify, shop: true } }, /verify\.shop/],
    ['an inherited verifier', { verify: Object.create(verify) as object }, /verify\.shop/],
    ['a route to nowhere', { routes: { '/a': 'shop/nothing' } }, /shop\/nothing/],
    ['a limit that is no number', { maxBodyBytes: NaN }, /maxBodyBytes/],
    ['a deadline that is no number', { deadlineMs: 'soon' }, /deadlineMs/],
  ])('%s', (_, changes, message) => {
    expect(() => createReceiver({ handlers, verify, ...changes })).toThrow(TypeError);
    expect(() => createReceiver({ handlers, verify, ...changes })).toThrow(message);
  });
});

test('no body at all and no time at all are limits like any other', async () => {
  const { receiver } = setUp({ maxBodyBytes: 0, deadlineMs: 0 });
  expect(await receiver.receive(delivery({ body: '' }))).toMatchObject({ status: 400 });
  expect(await receiver.receive(delivery({ body: ' ' }))).toMatchObject({ status: 413 });
});

test('a body may be as large as the limit', async () => {
  const { body } = delivery();
  const { receiver } = setUp({ maxBodyBytes: (body as Uint8Array).byteLength });
  expect(await receiver.receive(delivery())).toMatchObject({ status: 200 });
  const headers = { 'content-length': String((body as Uint8Array).byteLength) };
  expect(
    await receiver.receive({ ...delivery({ headers }), body: stream(body as Uint8Array) }),
  ).toMatchObject({ status: 200 });
});

describe('a decision is wanted for every event', () => {
  const verify = { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() };
  const stub = unhandled('shop/order-paid');
  // @ts-expect-error a stub is no handler
  const withStub: Handlers = { ...ignoringRest({}), 'shop/order-paid': stub };
  // @ts-expect-error an event without any decision
  const forgetful: Handlers = { 'shop/order-placed': ignore, 'reviews/posted': ignore };
  // @ts-expect-error a product without a verifier
  const unverified: ReceiverOptions['verify'] = { shop: verify.shop };

  test.each([
    ['a stub', withStub],
    ['none at all', forgetful],
    ['one that is inherited', Object.create(ignoringRest({})) as Handlers],
  ])('%s is answered 500 and reported, where nothing checked the types', async (_, handlers) => {
    const { receiver, errors } = setUp({ handlers });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 500 });
    const missing = new Error('the event has no handler: write one, or ignore it');
    expect(errors).toEqual([[missing, { product: 'shop', event: 'shop/order-paid' }]]);
    expect(unverified).toBeDefined();
  });
});

describe('a handler', () => {
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['rejects later', () => new Promise((_, reject) => setTimeout(reject, 5, new Error('no')))],
    [
      'throws undefined',
      () => {
        throw undefined;
      },
    ],
    [
      'rejects with undefined',
      async () =>
        Promise.resolve().then(() => {
          throw undefined;
        }),
    ],
    [
      'returns a thenable that throws',
      () => ({
        then: () => {
          throw new Error('no');
        },
      }),
    ],
  ])('that %s is answered 500 and reported', async (_, handler) => {
    const { receiver, errors } = setUp(handling(handler));
    expect(await receiver.receive(delivery())).toMatchObject({ status: 500 });
    expect(errors).toEqual([
      [/undefined/.test(_) ? undefined : new Error('no'), { product: 'shop', event: 'shop/order-paid' }],
    ]);
  });

  test.each<[string, () => unknown]>([
    ['returns', () => undefined],
    ['resolves', () => Promise.resolve()],
    ['resolves later', () => new Promise((resolve) => setTimeout(resolve, 5))],
    ['returns something', () => 5],
  ])('that %s is answered 200', async (_, handler) => {
    const { receiver, errors } = setUp(handling(handler));
    expect(await receiver.receive(delivery())).toMatchObject({ status: 200, body: '{"result":"handled"}' });
    expect(errors).toEqual([]);
  });

  test('is told about by its event on the path of a product as well', async () => {
    const { receiver, errors } = setUp(handling(() => Promise.reject(new Error('no'))));
    expect(await receiver.receive(delivery({ path: '/shop' }))).toMatchObject({ status: 500 });
    expect(errors).toEqual([[new Error('no'), { product: 'shop', event: 'shop/order-paid' }]]);
  });

  test('that never settles is answered 200 at the deadline', async () => {
    const { receiver, errors } = setUp({ ...handling(() => new Promise(() => undefined)), deadlineMs: 20 });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 200, body: '{"result":"received"}' });
    expect(errors).toEqual([]);
  });

  test('has what the verifier left of the time', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const set = vi.spyOn(globalThis, 'setTimeout');
    const verify = {
      shop: () => {
        clock.mockReturnValue(1_003_000);
        return { ok: true, credential: 0 } as const;
      },
      reviews: dangerouslyUnverified(),
    };
    const waiting = () => new Promise((resolve) => setImmediate(resolve));
    await setUp({ ...handling(waiting), verify }).receiver.receive(delivery());
    expect(set.mock.calls.map(([, ms]) => ms)).toEqual([1500]);
  });

  test('does not run while a verifier never settles: 500 at the deadline, and reported', async () => {
    const never = () => new Promise<never>(() => undefined);
    const verify = { shop: never, reviews: dangerouslyUnverified() };
    const { receiver, handled, errors } = setUp({ verify, deadlineMs: 5 });
    expect((await receiver.receive(delivery())).status).toBe(500);
    expect(handled).toEqual([]);
    expect(String(errors)).toContain('the verifier outran the deadline');
  });

  test('that outruns the deadline goes on, and its failure is reported', async () => {
    let fail: (error: Error) => void = () => undefined;
    const kept: Promise<unknown>[] = [];
    const { receiver, errors } = setUp({
      ...handling(() => new Promise((_, reject) => (fail = reject))),
      deadlineMs: 5,
    });
    const answer = await receiver.receive(delivery({ waitUntil: (work) => void kept.push(work) }));
    expect(answer).toMatchObject({ status: 200 });
    expect(errors).toEqual([]);
    expect(kept).toHaveLength(1);
    fail(new Error('late'));
    await Promise.all(kept);
    expect(errors).toEqual([[new Error('late'), { product: 'shop', event: 'shop/order-paid' }]]);
  });

  test('that had nothing to wait for costs no timer, one that had takes its timer away', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    await setUp(handling(async () => undefined)).receiver.receive(delivery());
    expect(set).not.toHaveBeenCalled();
    await setUp(handling(() => new Promise((resolve) => setImmediate(resolve)))).receiver.receive(delivery());
    expect(set).toHaveBeenCalledOnce();
    expect(clear).toHaveBeenCalledWith(set.mock.results[0]?.value);
  });

  test('has as long as it likes where the deadline is Infinity', async () => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 20));
    const { receiver } = setUp({ ...handling(slow), deadlineMs: Infinity });
    expect(await receiver.receive(delivery())).toMatchObject({ body: '{"result":"handled"}' });
  });
});

describe('onRejected', () => {
  test('gets the raw bytes and what is known', async () => {
    const { receiver, rejected } = setUp();
    await receiver.receive(delivery({ body: '{"SECRET' }));
    await receiver.receive(delivery({ path: '/shop', body: [] }));
    expect(rejected).toMatchObject([
      {
        status: 400,
        event: 'shop/order-paid',
        product: 'shop',
        rawBody: Buffer.from('{"SECRET'),
        issues: [],
      },
      { status: 422, event: undefined, product: 'shop', issues: [{ path: ['kind'] }] },
    ]);
  });

  test.each(['{', '[]'])("'accept' answers %s with 200", async (body) => {
    for (const onRejected of [() => 'accept' as const, () => Promise.resolve('accept' as const)]) {
      const { receiver } = setUp({ onRejected });
      expect(await receiver.receive(delivery({ body }))).toMatchObject({ status: 200 });
    }
  });

  test.each(['{', '[]'])(
    '%s keeps its status when onRejected fails, is late or accepts nothing',
    async (body) => {
      const status = body === '{' ? 400 : 422;
      for (const onRejected of [
        () => Promise.reject(new Error('no')),
        () => {
          throw new Error('no');
        },
        () => new Promise<undefined>(() => undefined),
        () => 'yes' as unknown as undefined,
        undefined,
      ]) {
        const { receiver } = setUp({ onRejected, deadlineMs: 5 });
        expect(await receiver.receive(delivery({ body }))).toMatchObject({ status });
      }
    },
  );
});

describe('a payload that onRejected repairs', () => {
  const good = { kind: 'order.paid', id: 7 };
  test.each<[string, Changes, unknown, number, string]>([
    ['broken JSON', { body: '{"kind": order.paid}' }, good, 200, 'handled'],
    ['broken JSON on the path of a product', { path: '/shop', body: '{,}' }, good, 200, 'handled'],
    ['not valid', { body: { kind: 'order.paid', total: 'x' } }, good, 200, 'handled'],
    ['no event', { path: '/shop', body: {} }, good, 200, 'handled'],
    ['not text', { body: Uint8Array.of(0xff) }, good, 200, 'handled'],
    ['to an event that is ignored', { path: '/shop', body: '{' }, { kind: 'order.placed' }, 200, 'ignored'],
    [
      'to an event that nobody knows',
      { path: '/shop', body: '{' },
      { kind: 'order.lost' },
      200,
      'unknown event',
    ],
    [
      'to one that is not valid',
      { body: '{' },
      { kind: 'order.paid', total: 'x' },
      422,
      'the payload is not valid',
    ],
    [
      'to another event than the path says',
      { body: '{' },
      { kind: 'order.placed' },
      422,
      'the payload is not valid',
    ],
    ['to no event', { path: '/shop', body: '{' }, {}, 422, 'the payload names no event'],
    ['to nothing', { body: '{' }, undefined, 422, 'the payload is not valid'],
    [
      'to what cannot be looked at',
      { body: '{' },
      new Proxy({}, { getOwnPropertyDescriptor: throwing }),
      422,
      '',
    ],
  ])('%s', async (_, changes, payload, status, text) => {
    let asked = 0;
    for (const answer of [{ payload }, Promise.resolve({ payload })]) {
      const { receiver, handled, told, errors } = setUp({
        onRejected: () => {
          asked++;
          return answer;
        },
      });
      const { body, ...rest } = await receiver.receive(delivery(changes));
      expect(rest.status).toBe(status);
      expect(body).toContain(text);
      expect(handled.map((event) => event.payload)).toEqual(text === 'handled' ? [good] : []);
      expect(told.map((event) => event.status)).toEqual(status === 422 ? [422] : []);
      expect(errors).toEqual([]);
    }
    expect(asked).toBe(2);
  });

  test('is what was read, where it could be', async () => {
    const { receiver, rejected } = setUp();
    await receiver.receive(delivery({ body: '{' }));
    await receiver.receive(delivery({ body: { total: 'x' } }));
    expect(rejected.map(({ payload }) => payload)).toEqual([undefined, { total: 'x' }]);
  });

  function throwing(): never {
    throw new Error('no');
  }
});

describe('onUnknownEvent', () => {
  test('gets the payload and the word', async () => {
    const { receiver, unknown } = setUp();
    await receiver.receive(delivery({ path: '/shop', body: { kind: 'order.lost', id: 1 } }));
    expect(unknown).toMatchObject([
      { product: 'shop', discriminator: 'order.lost', payload: { kind: 'order.lost', id: 1 } },
    ]);
  });

  test.each<[string, (() => Promise<void>) | undefined, number]>([
    ['missing', undefined, 200],
    ['failing', () => Promise.reject(new Error('no')), 500],
    ['late', () => new Promise(() => undefined), 200],
  ])('%s', async (_, onUnknownEvent, status) => {
    const { receiver } = setUp({ onUnknownEvent, deadlineMs: 5 });
    expect(await receiver.receive(delivery({ path: '/shop', body: { kind: 'x' } }))).toMatchObject({
      status,
    });
  });
});

describe('a verifier', () => {
  const throwing = () => {
    throw new Error('vault');
  };
  test.each([
    ['that throws', throwing],
    ['that rejects', () => Promise.reject(new Error('vault'))],
    ['whose secret cannot be had', hmacSignature({ header: 'x', secrets: throwing })],
  ])('%s is answered 500 and reported', async (_, shop) => {
    const { receiver, errors } = setUp({ verify: { shop, reviews: dangerouslyUnverified() } });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 500 });
    expect(errors).toEqual([[new Error('vault'), { product: 'shop', event: 'shop/order-paid' }]]);
  });

  test.each([
    [undefined, 401],
    [null, 500],
    [true, 500],
    [{}, 401],
    [{ ok: 'yes' }, 401],
    [{ ok: 1 }, 401],
  ])('that says %j lets nothing pass: %i', async (verdict, status) => {
    const { receiver, handled } = setUp({
      verify: { shop: () => verdict as never, reviews: dangerouslyUnverified() },
    });
    expect((await receiver.receive(delivery())).status).toBe(status);
    expect(handled).toEqual([]);
  });

  test('may take its time', async () => {
    const { receiver } = setUp({
      verify: {
        shop: hmacSignature({ header: 'x-signature', secrets: () => Promise.resolve([secret]) }),
        reviews: dangerouslyUnverified(),
      },
    });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 200 });
    expect(await receiver.receive(delivery({ headers: { 'X-Signature': '' } }))).toMatchObject({
      status: 401,
    });
  });

  test('sees the time of the receiver', async () => {
    const now = new Date(0);
    const seen: unknown[] = [];
    const { receiver } = setUp({
      now: () => now,
      verify: {
        shop: (request) => {
          seen.push(request.now);
          return { ok: true, credential: 0 };
        },
        reviews: dangerouslyUnverified(),
      },
    });
    await receiver.receive(delivery());
    expect(seen).toEqual([now]);
  });
});

describe('onError', () => {
  test.each<[string, () => Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('again');
      },
    ],
    ['rejects', () => Promise.reject(new Error('again'))],
  ])('that %s changes nothing', async (_, onError) => {
    const { receiver } = setUp({ ...handling(throwing), onError });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 500 });
  });

  function throwing(): never {
    throw new Error('line one\nline \u001B[31mtwo\u2028three');
  }

  test('is a line on stderr by default', async () => {
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { receiver } = setUp({ ...handling(throwing), onError: undefined });
    await receiver.receive(delivery());
    await receiver.receive(null as never);
    expect(lines.mock.calls).toEqual([
      ['shop/order-paid: Error: line one line [31mtwo three'],
      [expect.stringMatching(/^webhook: TypeError: /)],
    ]);
  });

  test('is a line of 500 characters at most', async () => {
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { receiver } = setUp({
      ...handling(() => Promise.reject(new Error('x'.repeat(10_000)))),
      onError: undefined,
    });
    await receiver.receive(delivery());
    expect(lines.mock.calls).toEqual([[`shop/order-paid: Error: ${'x'.repeat(493)}`]]);
  });

  test('keeps no platform alive but by a promise of its own', async () => {
    const kept: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>): void => void kept.push(work);
    const failing = handling(() => Promise.reject(new Error('no')));
    await setUp(failing).receiver.receive(delivery({ waitUntil }));
    expect(kept).toEqual([]);
    await setUp({ ...failing, onError: () => Promise.resolve() }).receiver.receive(delivery({ waitUntil }));
    expect(kept).toHaveLength(1);
  });

  test('survives errors that are not even text', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { receiver } = setUp({
      ...handling(() => Promise.reject(Object.create(null) as Error)),
      onError: undefined,
    });
    expect(await receiver.receive(delivery())).toMatchObject({ status: 500 });
  });
});

describe('a waitUntil that throws', () => {
  test('is reported, and the answer stands', async () => {
    const { receiver, errors } = setUp({ ...handling(() => new Promise(() => undefined)), deadlineMs: 5 });
    const waitUntil = () => {
      throw new Error('illegal invocation');
    };
    expect(await receiver.receive(delivery({ waitUntil }))).toMatchObject({ status: 200 });
    expect(errors).toMatchObject([[new Error('illegal invocation'), {}]]);
  });
});

describe('a body that is a stream', () => {
  test('is read under the limit, and not before the rest is settled', async () => {
    const { receiver } = setUp({ maxBodyBytes: 100 });
    let reads = 0;
    const watched = (...pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> => ({
      async *[Symbol.asyncIterator]() {
        for (const piece of pieces) {
          reads++;
          yield piece;
        }
      },
    });
    const raw = delivery().body as Uint8Array;
    const early: [Partial<Delivery>, number][] = [
      [{ path: '/nothing' }, 404],
      [{ method: 'PUT' }, 405],
      [{ headers: { 'Content-Length': '101' } }, 413],
      [{ headers: { 'content-length': '1e9' } }, 413],
      [{ headers: { 'content-type': 'text/xml' } }, 415],
    ];
    for (const [changes, status] of early) {
      expect(await receiver.receive({ ...delivery(), body: watched(raw), ...changes })).toMatchObject({
        status,
      });
    }
    expect(reads).toBe(0);
    expect(
      await receiver.receive({
        ...delivery(),
        body: watched(...Array<Uint8Array>(500).fill(new Uint8Array(10))),
      }),
    ).toMatchObject({ status: 413 });
    expect(reads).toBe(11);
    expect(
      await receiver.receive({ ...delivery(), body: stream(raw.subarray(0, 5), raw.subarray(5)) }),
    ).toMatchObject({ status: 200 });
  });

  test("that breaks off is nobody's error", async () => {
    async function* broken() {
      yield Buffer.from('{"kind"');
      throw new Error('ECONNRESET');
    }
    const { receiver, errors, rejected } = setUp();
    expect(await receiver.receive({ ...delivery(), body: broken() })).toMatchObject({ status: 400 });
    expect([errors, rejected]).toEqual([[], []]);
  });
});

describe('fetch', () => {
  function posted(changes: Changes = {}): Request {
    const { method, path, headers, body } = delivery(changes);
    const defined = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    );
    return new Request(`https://receiver.example${path}`, {
      method,
      headers: defined,
      ...(method === 'POST' && { body: body as Uint8Array<ArrayBuffer> }),
    });
  }

  test.each<[Changes, number]>([
    [{}, 200],
    [{ path: '/shop?x=1' }, 200],
    [{ path: '/nothing' }, 404],
    [{ method: 'GET' }, 405],
    [{ body: 'x'.repeat(1_048_577) }, 413],
    [{ headers: { 'X-Signature': 'x' } }, 401],
    [{ body: '' }, 400],
    [{ body: '{' }, 400],
  ])('%j is answered %i', async (changes, status) => {
    const response = await setUp().receiver.fetch(posted(changes));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toBeTypeOf('object');
  });

  test('a repeated signature is refused', async () => {
    const request = posted();
    request.headers.append('x-signature', request.headers.get('x-signature') ?? '');
    expect((await setUp().receiver.fetch(request)).status).toBe(401);
  });

  test('hands work that outruns the deadline to waitUntil, as a method of its context', async () => {
    const context = {
      kept: [] as Promise<unknown>[],
      waitUntil(work: Promise<unknown>) {
        this.kept.push(work);
      },
    };
    const { receiver } = setUp({ ...handling(() => new Promise(() => undefined)), deadlineMs: 5 });
    expect((await receiver.fetch(posted(), context)).status).toBe(200);
    expect(context.kept).toHaveLength(1);
  });

  test.each([true, false])('waits for such work where awaitLate is %j', async (awaitLate) => {
    let finished = false;
    const slow = () =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          finished = true;
          resolve();
        }, 40),
      );
    const { receiver } = setUp({ ...handling(slow), deadlineMs: 5 });
    const response = await receiver.fetch(posted(), { awaitLate });
    expect(await response.json()).toEqual({ result: 'received' });
    expect(finished).toBe(awaitLate);
  });

  test.each<[string, (request: Request) => unknown]>([
    ['read', (request) => request.text()],
    ['partly read', (request) => request.body?.getReader().read()],
    ['locked', (request) => request.body?.getReader()],
    ['cancelled', (request) => request.body?.cancel()],
  ])('answers 500 and says why when the body has been %s before', async (_, use) => {
    const request = posted();
    await use(request);
    const { receiver, errors } = setUp();
    expect((await receiver.fetch(request)).status).toBe(500);
    expect(errors).toEqual([
      [
        expect.objectContaining({
          message: expect.stringMatching(/^something read the body before/) as string,
        }),
        { product: 'shop', event: 'shop/order-paid' },
      ],
    ]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no request', {}],
    ['an address that is none', { method: 'POST', url: 5, headers: new Headers() }],
  ])('answers %s as well', async (_, request) => {
    const { receiver, errors } = setUp();
    expect((await receiver.fetch(request as Request)).status).toBe(500);
    expect(errors).toHaveLength(1);
  });

  test('takes a context that is something else', async () => {
    for (const context of [null, {}, 5, { waitUntil: 'soon' }, { params: {} }])
      expect((await setUp().receiver.fetch(posted(), context as never)).status).toBe(200);
  });

  test('takes a request without a body for one that is empty', async () => {
    const request = new Request('https://receiver.example/reviews/posted', { method: 'POST' });
    const response = await setUp().receiver.fetch(request);
    expect([response.status, await response.json()]).toEqual([400, { error: 'the body is empty' }]);
  });

  test('needs no receiver around it', async () => {
    const { fetch, receive } = setUp().receiver;
    expect((await fetch(posted())).status).toBe(200);
    expect((await receive(delivery())).status).toBe(200);
  });

  test('basic authentication, end to end', async () => {
    const { receiver } = setUp({
      verify: { shop: basicAuth({ username: 'u', password: 'p' }), reviews: dangerouslyUnverified() },
    });
    const headers = { Authorization: `Basic ${btoa('u:p')}` };
    expect((await receiver.fetch(posted({ headers }))).status).toBe(200);
    expect((await receiver.fetch(posted())).status).toBe(401);
  });
});
