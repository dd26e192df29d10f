import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import { createReceiver, type Delivery, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified } from '../../templates/runtime/signatures.js';
import { share } from '../sample.js';

/** Whatever a function of the user's does, the delivery is answered at the deadline, and no promise is left unheld. */

const deadlineMs = 20;
const never = () => new Promise<never>(() => undefined);
const failing = () => {
  throw new Error('no');
};
const rejecting = () => Promise.reject(new Error('no'));
const rejectingLate = () => sleep(2 * deadlineMs).then(failing);
const badThenable = () => ({
  get then(): never {
    throw new Error('no');
  },
});
const twice = () => ({
  then: (done: () => void, fail: (error: Error) => void) => {
    done();
    fail(new Error('no'));
    throw new Error('no');
  },
});
const ways: readonly (readonly [string, () => unknown])[] = [
  ['never settles', never],
  ['throws', failing],
  ['rejects', rejecting],
  ['rejects late', rejectingLate],
  ['returns what only seems to be a promise', badThenable],
  ['settles twice', twice],
];

let uncaught: unknown[] = [];
const catching = (error: unknown) => void uncaught.push(error);
beforeEach(() => {
  uncaught = [];
  process.on('uncaughtException', catching).on('unhandledRejection', catching);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  await sleep(3 * deadlineMs);
  process.off('uncaughtException', catching).off('unhandledRejection', catching);
  vi.restoreAllMocks();
  expect(uncaught).toEqual([]);
});

const body = '{"kind":"order.paid"}';

/** An option, and a delivery that calls it. */
const callbacks: Readonly<
  Record<
    string,
    (
      callback: () => unknown,
    ) => readonly [options: object, delivery: Partial<Omit<Delivery, 'body'>>, body?: string]
  >
> = {
  'the handler': (callback) => [{ handlers: ignoringRest({ 'shop/order-paid': callback as never }) }, {}],
  onError: (onError) => [{ onError, handlers: ignoringRest({ 'shop/order-paid': failing }) }, {}],
  onRejected: (onRejected) => [{ onRejected }, {}, '{'],
  onUnknownEvent: (onUnknownEvent) => [{ onUnknownEvent }, { path: '/shop' }, '{"kind":"order.lost"}'],
  on: (on) => [{ on }, { path: '/nothing' }],
  now: (now) => [{ now }, {}],
  'a verifier': (shop) => [{ verify: { shop, reviews: dangerouslyUnverified() } }, {}],
  waitUntil: (waitUntil) => [
    { handlers: ignoringRest({ 'shop/order-paid': never }) },
    { waitUntil: waitUntil as never },
  ],
  'onError and waitUntil': (callback) => [
    { onError: callback, handlers: ignoringRest({ 'shop/order-paid': failing }) },
    { waitUntil: callback as never },
  ],
  'on and onError': (callback) => [{ on: callback, onError: callback }, { path: '/nothing' }],
};

const statuses: Readonly<Record<string, readonly number[]>> = {
  'the handler': [200, 500],
  onError: [500],
  onRejected: [400],
  onUnknownEvent: [200, 500],
  on: [404],
  now: [500],
  'a verifier': [500, 401],
  waitUntil: [200],
  'onError and waitUntil': [500],
  'on and onError': [404],
};

describe.each(Object.keys(callbacks))('%s', (name) => {
  test.each(share(ways, Object.keys(callbacks).indexOf(name), 3))(
    'that %s: answered by receive and by fetch',
    async (_, way) => {
      const [options, changes, text = body] = callbacks[name]!(way);
      const receiver = setUp(options);
      const delivery = {
        method: 'POST',
        path: '/shop/order-paid',
        headers: {},
        body: Buffer.from(text),
        ...changes,
      };
      const { status } = await soon(receiver.receive(delivery));
      expect(statuses[name]).toContain(status);
      const request = new Request(`https://receiver.example${delivery.path}`, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json' },
      });
      const response = await soon(
        receiver.fetch(request, 'waitUntil' in changes ? { waitUntil: changes.waitUntil } : undefined),
      );
      expect(response.status).toBe(status);
    },
  );
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a number', 0],
  ['no time', new Date(NaN)],
  ['a promise', Promise.resolve(new Date())],
])('a clock that tells %s is a 500, and reported', async (_, time) => {
  const errors: unknown[] = [];
  const receiver = setUp({ now: () => time as Date, onError: (error) => void errors.push(error) });
  const { status } = await receiver.receive(delivered(Buffer.from(body)));
  expect([status, errors]).toEqual([500, [new TypeError('now must return a Date')]]);
});

describe('a body', () => {
  const chunk = { done: false, value: Buffer.from('{"kind":') } as const;
  const streams: readonly (readonly [string, () => object, number])[] = [
    ['never comes', () => ({ next: never }), 408],
    ['stops coming', () => ({ next: vi.fn(never).mockResolvedValueOnce(chunk as never) }), 408],
    ['never comes, and cannot be stopped', () => ({ next: never, return: never }), 408],
    ['never comes, and fails when it is stopped', () => ({ next: never, return: failing }), 408],
    ['never comes, and fails after it was stopped', () => ({ next: never, return: rejectingLate }), 408],
    ['fails after the deadline', () => ({ next: rejectingLate }), 408],
    ['fails', () => ({ next: rejecting }), 400],
    ['fails at once', () => ({ next: failing }), 400],
    [
      'is too large, and cannot be stopped',
      () => ({ next: async () => Promise.resolve(chunk), return: never }),
      413,
    ],
    [
      'is too large, and fails when it is stopped',
      () => ({ next: async () => Promise.resolve(chunk), return: failing }),
      413,
    ],
    [
      'is too large, and fails after it was stopped',
      () => ({ next: async () => Promise.resolve(chunk), return: rejecting }),
      413,
    ],
    [
      'is of texts, and cannot be stopped',
      () => ({ next: async () => Promise.resolve({ value: 'x' }), return: never }),
      500,
    ],
    ['is of nothing', () => ({ next: async () => Promise.resolve(undefined) }), 500],
    ['has no beginning', failing, 500],
  ];
  test.each(streams)('that %s', async (_, iterator, status) => {
    const receiver = setUp({ maxBodyBytes: 1000 });
    const stream = { [Symbol.asyncIterator]: iterator } as AsyncIterable<Uint8Array>;
    expect(await soon(receiver.receive(delivered(stream)))).toMatchObject({ status });
  });

  test.each<[string, ConstructorParameters<typeof ReadableStream<Uint8Array>>[0], number]>([
    ['never comes', { pull: never }, 408],
    ['never comes, and cannot be cancelled', { pull: never, cancel: never }, 408],
    ['never comes, and fails to be cancelled', { pull: never, cancel: failing }, 408],
    ['is too large, and cannot be cancelled', { pull: fill, cancel: never }, 413],
    ['fails', { pull: failing }, 400],
  ])('of a Request that %s', async (_, source, status) => {
    const request = new Request('https://receiver.example/shop/order-paid', {
      method: 'POST',
      body: new ReadableStream(source),
      duplex: 'half',
    } as RequestInit);
    expect(await soon(setUp({ maxBodyBytes: 1000 }).fetch(request))).toMatchObject({ status });
  });

  test('that came late leaves the handler what is left of the time', async () => {
    async function* late() {
      yield Buffer.from(body);
      await sleep(30);
    }
    const receiver = setUp({
      deadlineMs: 60,
      handlers: ignoringRest({ 'shop/order-paid': () => sleep(45) }),
    });
    expect(await receiver.receive(delivered(late()))).toMatchObject({ body: '{"result":"received"}' });
  });

  function fill(controller: ReadableStreamDefaultController<Uint8Array>): void {
    controller.enqueue(new Uint8Array(100));
  }
});

describe('work that outran the deadline', () => {
  const order = (handler: () => unknown) => ({
    deadlineMs: 5,
    handlers: ignoringRest({ 'shop/order-paid': handler as never }),
  });

  test.each(['receive', 'fetch'] as const)(
    'is waited for by %s where awaitLate says so, what it reports included',
    async (way) => {
      let reported = false;
      const receiver = setUp({
        ...order(() => sleep(20).then(failing)),
        onError: () => sleep(20).then(() => void (reported = true)),
      });
      const { status } =
        way === 'receive'
          ? await receiver.receive({ ...delivered(Buffer.from(body)), awaitLate: true })
          : await receiver.fetch(
              new Request('https://receiver.example/shop', {
                method: 'POST',
                body,
                headers: { 'content-type': '' },
              }),
              { awaitLate: true },
            );
      expect([status, reported]).toEqual([200, true]);
    },
  );

  test('goes to waitUntil where there are both', async () => {
    const kept: unknown[] = [];
    const receiver = setUp(order(never));
    const waitUntil = (work: Promise<unknown>) => kept.push(work);
    await soon(receiver.receive({ ...delivered(Buffer.from(body)), awaitLate: true, waitUntil }));
    expect(kept).toHaveLength(1);
  });
});

function setUp(options: Partial<ReceiverOptions>) {
  return createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': () => undefined }),
    verify: { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() },
    deadlineMs,
    ...options,
  });
}

function delivered(given: Delivery['body']): Delivery {
  return { method: 'POST', path: '/shop/order-paid', headers: {}, body: given };
}

/** Fails for what takes much longer than the deadline. */
function soon<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([
    answer,
    sleep(5000, undefined, { ref: false }).then(() => {
      throw new Error('not answered');
    }),
  ]);
}
