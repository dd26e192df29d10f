import { afterEach, expect, test, vi } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import { createReceiver, type Hooks, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified, staticHeaders } from '../../templates/runtime/signatures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const names = ['received', 'rejected', 'stored', 'handled', 'failed', 'deadLettered'] as const;

/** What each hook is told, in order. */
async function told(
  given: { path?: string; body?: string; token?: string },
  options: Partial<ReceiverOptions> = {},
) {
  const all: unknown[] = [];
  const on = Object.fromEntries(
    names.map((name) => [name, (occurrence: object) => void all.push([name, occurrence])]),
  ) as Hooks;
  const receiver = createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': () => undefined }),
    verify: { shop: staticHeaders({ 'x-token': 'TOKEN' }), reviews: dangerouslyUnverified() },
    onError: () => undefined,
    on,
    ...options,
  } as ReceiverOptions);
  const { path = '/shop/order-paid?QUERY', body = '{"kind":"order.paid"}', token = 'TOKEN' } = given;
  await receiver.receive({ method: 'POST', path, headers: { 'x-token': token }, body: Buffer.from(body) });
  expect(JSON.stringify(all)).not.toMatch(/TOKEN|QUERY|VALUE/);
  return all;
}

const durationMs = expect.any(Number) as unknown;
const paid = { path: '/shop/order-paid', product: 'shop', event: 'shop/order-paid' };
const received = ['received', { ...paid, bytes: 21, durationMs }];

test('what is handled', async () => {
  expect(await told({})).toEqual([
    received,
    ['handled', { ...paid, result: 'handled', attempt: 1, durationMs }],
  ]);
});

test('what is ignored, unknown, or accepted', async () => {
  const results = [
    await told({}, { handlers: ignoringRest({}) }),
    await told({ path: '/shop', body: '{"kind":"order.lost"}' }),
    await told({ body: '{"VALUE"' }, { onRejected: () => 'accept' }),
  ].map(([, handled]) => handled);
  expect(results).toMatchObject([
    ['handled', { result: 'ignored' }],
    ['handled', { result: 'unknown' }],
    ['handled', { result: 'accepted' }],
  ]);
});

test('what is refused', async () => {
  const [refusal, ...rest] = await told({ token: 'WRONG' });
  expect(refusal).toMatchObject(['rejected', { ...paid, status: 401, issues: 0, durationMs }]);
  expect(rest).toEqual([]);
  expect((await told({ body: '{"kind":"order.paid","total":"VALUE"}' }))[1]).toMatchObject([
    'rejected',
    { ...paid, status: 422, issues: 1, issue: '/total' },
  ]);
});

test('what fails', async () => {
  const error = new Error('no');
  const handlers = ignoringRest({ 'shop/order-paid': () => Promise.reject(error) });
  expect(await told({}, { handlers })).toEqual([
    received,
    ['failed', { ...paid, error, attempt: 1, durationMs }],
  ]);
});

test('what is stored', async () => {
  expect(await told({}, { handlers: undefined, inbox: { put: () => Promise.resolve('stored') } })).toEqual([
    received,
    ['stored', { ...paid, result: 'stored', durationMs }],
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('of a hook');
    },
  ],
  ['rejects', () => Promise.reject(new Error('of a hook'))],
])('a hook that %s is an error, and the answer stands', async (_, hook) => {
  const errors: unknown[] = [];
  const receiver = createReceiver({
    handlers: ignoringRest({}),
    verify: { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() },
    onError: (error) => void errors.push(error),
    on: { received: hook, handled: hook, failed: hook },
  });
  const answer = await receiver.receive({
    method: 'POST',
    path: '/shop/order-paid',
    headers: {},
    body: Buffer.from('{"kind":"order.paid"}'),
  });
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(errors).toEqual([new Error('of a hook'), new Error('of a hook')]));
});

test('hooks may be methods of a class', async () => {
  class Counts implements Hooks {
    readonly seen: string[] = [];
    received(): void {
      this.seen.push('received');
    }
    rejected(): void {
      this.seen.push('rejected');
    }
    stored(): void {
      this.seen.push('stored');
    }
    handled(): void {
      this.seen.push('handled');
    }
    failed(): void {
      this.seen.push('failed');
    }
  }
  const on = new Counts();
  await told({}, { on });
  await told({ token: 'WRONG' }, { on });
  await told({}, { on, handlers: undefined, inbox: { put: () => Promise.resolve('stored') } } as object);
  await told({}, { on, handlers: {} } as object);
  expect(on.seen).toEqual(['received', 'handled', 'rejected', 'received', 'stored', 'received', 'failed']);
});

test.each([
  ['an error', new Error('no\nway'), 'Error: no way'],
  ['no text at all', Object.create(null), 'an error without a message'],
])('of %s there is a line by default', async (_, error, line) => {
  const stderr = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const handlers = ignoringRest({ 'shop/order-paid': () => Promise.reject(error as Error) });
  await told({}, { handlers, onError: undefined });
  expect(stderr.mock.calls).toEqual([[`shop/order-paid: ${line}`]]);
});
