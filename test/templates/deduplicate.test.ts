import { afterEach, describe, expect, test, vi } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import {
  createReceiver,
  memory,
  type Claim,
  type DeliveryStore,
  type ReceiverOptions,
} from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified } from '../../templates/runtime/signatures.js';

afterEach(() => {
  vi.useRealTimers();
});

function receiver(handler: () => unknown, options: Partial<ReceiverOptions>) {
  const errors: unknown[] = [];
  const { receive } = createReceiver({
    handlers: ignoringRest({
      'shop/order-paid': handler as () => Promise<void>,
      'reviews/posted': handler as () => Promise<void>,
    }),
    verify: { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() },
    onError: (error) => void errors.push(error),
    ...options,
  } as ReceiverOptions);
  const deliver = (id: string | undefined, path = '/shop/order-paid', body = '{"kind":"order.paid"}') =>
    receive({ method: 'POST', path, headers: { 'x-delivery-id': id }, body: Buffer.from(body) });
  return { deliver, errors };
}

describe('with memory()', () => {
  test('a retry is not handled again, another delivery is', async () => {
    const handler = vi.fn();
    const { deliver } = receiver(handler, { deduplicate: memory() });
    expect(await deliver('1')).toMatchObject({ status: 200, body: '{"result":"handled"}' });
    expect(await deliver('1')).toMatchObject({ status: 200, body: '{"result":"duplicate"}' });
    expect(await deliver('2')).toMatchObject({ status: 200, body: '{"result":"handled"}' });
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test('what failed is handled again', async () => {
    const handler = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue(undefined);
    const { deliver } = receiver(handler, { deduplicate: memory() });
    expect(await deliver('1')).toMatchObject({ status: 500 });
    expect(await deliver('1')).toMatchObject({ status: 200, body: '{"result":"handled"}' });
  });

  test('while one is handled, another with its key is answered 503', async () => {
    let finish = (): void => undefined;
    const work = new Promise<void>((resolve) => (finish = resolve));
    const { deliver } = receiver(() => work, { deduplicate: memory() });
    const first = deliver('1');
    expect(await deliver('1')).toMatchObject({ status: 503, body: '{"error":"unavailable"}' });
    finish();
    expect(await first).toMatchObject({ status: 200 });
    expect(await deliver('1')).toMatchObject({ body: '{"result":"duplicate"}' });
  });

  test('a delivery without a key is handled each time', async () => {
    const handler = vi.fn();
    const { deliver } = receiver(handler, { deduplicate: memory() });
    for (const id of [undefined, undefined, '']) await deliver(id);
    for (let count = 0; count < 2; count++) await deliver('1', '/reviews/posted', '{}');
    expect(handler).toHaveBeenCalledTimes(5);
  });
});

describe('by body', () => {
  test('equal bodies of one event are one delivery, within the time', async () => {
    vi.useFakeTimers();
    const handler = vi.fn();
    const { deliver } = receiver(handler, {
      deduplicate: memory(),
      deliveryKeys: { reviews: { by: 'body' } },
    });
    const post = (body: string) => deliver(undefined, '/reviews/posted', body);
    await post('{"stars":5}');
    vi.advanceTimersByTime(95 * 60_000 - 1);
    expect(await post('{"stars":5}')).toMatchObject({ body: '{"result":"duplicate"}' });
    expect(await post('{"stars":4}')).toMatchObject({ body: '{"result":"handled"}' });
    vi.advanceTimersByTime(1);
    expect(await post('{"stars":5}')).toMatchObject({ body: '{"result":"handled"}' });
    expect(handler).toHaveBeenCalledTimes(3);
    expect(handler.mock.calls[0]?.[0]).toMatchObject({
      deliveryKey: expect.stringMatching(/^body:[\w-]{43}$/) as unknown,
    });
  });

  test.each([
    [{ by: 'header' }],
    [{ by: 'body', within: 0 }],
    [{ by: 'body', within: Number.NaN }],
    [{ by: 'body', within: Infinity }],
    [{ by: 'body', within: 1000 / 3 }],
    [{ by: 'body', within: 400 * 86_400_000 }],
    ['body'],
  ])('%j is a TypeError', (reviews) => {
    expect(() => receiver(vi.fn(), { deliveryKeys: { reviews: reviews as never } })).toThrow(TypeError);
  });
});

describe('with a store of your own', () => {
  const store = (claim: () => unknown, settle: DeliveryStore['settle'] = () => undefined): DeliveryStore => ({
    claim: claim as () => Claim,
    settle,
  });

  test.each<[string, () => unknown, number]>([
    ['says new', () => Promise.resolve('new'), 200],
    ['says done', () => Promise.resolve('done'), 200],
    ['says busy', () => 'busy', 503],
    ['says something else', () => 'what', 503],
    [
      'throws',
      () => {
        throw new Error('down');
      },
      500,
    ],
    ['rejects', () => Promise.reject(new Error('down')), 500],
  ])('that %s', async (name, claim, status) => {
    const handler = vi.fn();
    const { deliver, errors } = receiver(handler, { deduplicate: store(claim) });
    expect(await deliver('1')).toMatchObject({ status });
    expect(errors).toHaveLength(/new|done|busy/.test(name) ? 0 : 1);
  });

  test.each<[string, DeliveryStore['settle'], number]>([
    ['hears of it', () => undefined, 1],
    ['hangs', () => new Promise(() => undefined), 1],
    ['rejects', () => Promise.reject(new Error('down')), 2],
    [
      'throws',
      () => {
        throw new Error('down');
      },
      2,
    ],
  ])('no success is what failed while the store %s', async (_, settle, count) => {
    const { deliver, errors } = receiver(() => Promise.reject(new Error('no')), {
      deduplicate: store(() => 'new', settle),
      deadlineMs: 20,
    });
    expect(await deliver('1')).toMatchObject({ status: 500 });
    expect(errors).toEqual([new Error('no'), new Error('down')].slice(0, count));
  });

  test('that hangs is answered 503 at the deadline, and what it claims after all is given back', async () => {
    let claim: (given: Claim) => void = () => undefined;
    const claimed = new Promise<Claim>((resolve) => (claim = resolve));
    const settle = vi.fn();
    const handler = vi.fn();
    const { deliver, errors } = receiver(handler, {
      deduplicate: store(() => claimed, settle),
      deadlineMs: 20,
    });
    expect(await deliver('1')).toMatchObject({ status: 503 });
    expect(errors).toEqual([new Error('the store of deliveries outran the deadline')]);
    claim('new');
    await vi.waitFor(() => expect(settle).toHaveBeenCalledWith('shop/order-paid:1', 'failed'));
    expect(handler).not.toHaveBeenCalled();
  });

  test('that cannot note the end is an error, so that the sender tries again', async () => {
    const { deliver, errors } = receiver(vi.fn(), {
      deduplicate: store(
        () => 'new',
        () => Promise.reject(new Error('down')),
      ),
    });
    expect(await deliver('1')).toMatchObject({ status: 500 });
    expect(errors).toEqual([new Error('down')]);
  });
});

describe('memory', () => {
  test('holds as many as it may, the latest ones', () => {
    const one = memory({ size: 3 });
    for (const key of ['a', 'b', 'c', 'd']) expect(one.claim(key, undefined)).toBe('new');
    expect(one.claim('d', undefined)).toBe('busy');
    expect(one.claim('a', undefined)).toBe('new');
  });

  test('forgets after its time', () => {
    vi.useFakeTimers();
    const one = memory({ ttlMs: 1000 });
    void one.claim('a', undefined);
    void one.settle('a', 'done');
    vi.advanceTimersByTime(999);
    expect(one.claim('a', undefined)).toBe('done');
    vi.advanceTimersByTime(1);
    expect(one.claim('a', undefined)).toBe('new');
  });

  test.each([{ size: 0 }, { size: Number.NaN }, { ttlMs: 0 }, { ttlMs: -1 }])(
    '%j is a TypeError',
    (options) => {
      expect(() => memory(options)).toThrow(TypeError);
    },
  );
});
