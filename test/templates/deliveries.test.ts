import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { createReceiver, type Delivery } from '../../templates/runtime/receiver.js';
import {
  dangerouslyUnverified,
  hmacSignature,
  standardWebhooks,
} from '../../templates/runtime/signatures.js';
import { runs } from '../sample.js';
import { hmac } from './keys.js';

/** What arrives on a bad day. Nothing of it may throw, and nothing of it may pass. */

const secret = 'shared by test and sender';
const good = '{"kind":"order.paid"}';

function setUp() {
  const handled: AnyWebhookEvent[] = [];
  const errors: unknown[] = [];
  const keep = (event: AnyWebhookEvent): void => {
    handled.push(event);
  };
  const receiver = createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': keep, 'reviews/posted': keep }),
    verify: {
      shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
      reviews: dangerouslyUnverified(),
    },
    onError: (error) => void errors.push(error),
  });
  const post = (body: string | Uint8Array, changes: Partial<Delivery> = {}) => {
    const raw = Buffer.from(body);
    const headers = { 'x-signature': hmac(secret, raw) };
    return receiver.receive({ method: 'POST', path: '/shop/order-paid', headers, body: raw, ...changes });
  };
  return { receiver, handled, errors, post };
}

const digest = hmac(secret, good);

test.each<[string, Delivery['headers'], number]>([
  ['missing', {}, 401],
  ['undefined', { 'x-signature': undefined }, 401],
  ['empty', { 'x-signature': '' }, 401],
  ['an array of two', { 'x-signature': [digest, digest] }, 401],
  ['an array of one', { 'x-signature': [digest] }, 401],
  ['an empty array', { 'x-signature': [] }, 401],
  ['repeated in two cases', { 'x-signature': digest, 'X-Signature': digest }, 401],
  ['joined', { 'x-signature': `${digest}, ${digest}` }, 401],
  ['not ASCII', { 'x-signature': 'ü'.repeat(64) }, 401],
  ['a prefix only', { 'x-signature': 'sha256=' }, 401],
  ['an inherited header', Object.create({ 'x-signature': digest }) as Delivery['headers'], 401],
  ['upper-case hex', { 'x-signature': digest.toUpperCase() }, 200],
  ['a name in upper case', { 'X-SIGNATURE': digest }, 200],
  ['beside another header that is repeated', { 'x-signature': digest, 'x-other': ['a', 'b'] }, 200],
])('signature: %s', async (_, headers, status) => {
  const { post, errors, handled } = setUp();
  expect(await post(good, { headers })).toMatchObject({ status });
  expect(handled).toHaveLength(status === 200 ? 1 : 0);
  expect(errors).toEqual([]);
});

test.each([
  ['an hour old', -3600],
  ['an hour ahead', 3600],
  ['not a number', NaN],
])('timestamp: %s', async (_, seconds) => {
  const key = Buffer.from('a key as long as it has to be');
  const receiver = createReceiver({
    handlers: ignoringRest({}),
    verify: { shop: standardWebhooks({ secrets: key.toString('base64') }), reviews: dangerouslyUnverified() },
  });
  const send = (timestamp: string) =>
    receiver.receive({
      method: 'POST',
      path: '/shop/order-paid',
      headers: {
        'webhook-id': 'm',
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${hmac(key, `m.${timestamp}.${good}`, 'base64')}`,
      },
      body: Buffer.from(good),
    });
  const now = Math.floor(Date.now() / 1000);
  expect(await send(String(now))).toMatchObject({ status: 200 });
  expect(await send(String(now + seconds))).toMatchObject({ status: 401 });
});

test.each<[string, string | Uint8Array, number, RegExp]>([
  ['invalid UTF-8', Uint8Array.of(0x7b, 0xff), 400, /not UTF-8/],
  ['empty', '', 400, /empty/],
  ['not JSON', 'hello', 400, /not JSON/],
  ['null', 'null', 422, /not valid/],
  ['[]', '[]', 422, /not valid/],
  ['5', '5', 422, /not valid/],
  ['BOM and JSON', `\uFEFF${good}`, 200, /handled/],
  ['nested 200,000 times', '['.repeat(200_000) + ']'.repeat(200_000), 422, /not valid/],
])('rightly signed, %s', async (_, body, status, text) => {
  const { post, errors } = setUp();
  const answer = await post(body);
  expect(answer).toMatchObject({ status });
  expect(answer.body).toMatch(text);
  expect(errors).toEqual([]);
});

test.each([
  ['application/json', '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"review":{}}'],
  ['application/x-www-form-urlencoded', '__proto__[x]=1&constructor[prototype][x]=1&review[id]=1'],
])('prototypes in %s stay as they are, the payload keeps its keys', async (type, body) => {
  const { post, handled } = setUp();
  expect(await post(body, { path: '/reviews/posted', headers: { 'content-type': type } })).toMatchObject({
    status: 200,
  });
  expect(Object.keys(handled[0]?.payload ?? {})).toEqual(['__proto__', 'constructor', 'review']);
  expect({}).not.toHaveProperty('x');
  expect(Object).not.toHaveProperty('prototype.x');
});

test.each([
  ['10,000 keys', Array.from({ length: 10_000 }, (_, index) => `k${index}=1`).join('&')],
  ['100 levels', `a${'[b]'.repeat(100)}=1`],
])('a form of %s', async (_, body) => {
  const { post } = setUp();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await post(body, { path: '/reviews/posted', headers })).toMatchObject({ status: 400 });
});

test.each([
  '/shop/../shop/order-paid',
  '/shop/%2e%2e/shop/order-paid',
  '//shop/order-paid',
  '/shop//order-paid',
  '/__proto__',
  '/shop/__proto__',
  '/constructor',
  'shop/order-paid',
  'ftp://receiver.example/shop/order-paid',
  'https://shop/order-paid',
  '/shop/order-paid\0',
  '/shop/order%2Dpaid',
  '',
  '?',
  `/${'a'.repeat(100_000)}`,
  '/%'.repeat(50_000),
])('path %.40j', async (path) => {
  const { post, errors } = setUp();
  expect(await post(good, { path })).toMatchObject({ status: 404 });
  expect(errors).toEqual([]);
});

test('path and payload disagree', async () => {
  const { post } = setUp();
  const answer = await post('{"kind":"order.placed"}');
  expect(answer).toMatchObject({ status: 422 });
  expect(JSON.parse(answer.body)).toMatchObject({ issues: [{ path: ['kind'] }] });
});

describe('what is no delivery at all', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'delivery'],
    ['nothing in it', {}],
    ['a path that is a number', { method: 'POST', path: 5, headers: {}, body: Buffer.from(good) }],
    ['no headers', { method: 'POST', path: '/shop', body: Buffer.from(good) }],
    ['a parsed body', { method: 'POST', path: '/shop', headers: {}, body: { kind: 'order.paid' } }],
    ['a text as body', { method: 'POST', path: '/shop', headers: {}, body: good }],
    ['no body', { method: 'POST', path: '/shop', headers: {} }],
    [
      'a header of objects',
      { method: 'POST', path: '/shop', headers: { 'x-signature': {} }, body: Buffer.from(good) },
    ],
    [
      'a path that throws',
      {
        get path(): string {
          throw new Error('no');
        },
      },
    ],
  ])('%s is answered 500 and reported', async (_, delivery) => {
    const { receiver, errors } = setUp();
    expect(await receiver.receive(delivery as Delivery)).toMatchObject({ status: 500 });
    expect(errors).toHaveLength(1);
    expect(String(errors)).not.toContain('order.paid');
  });

  test('anything is answered', async () => {
    const { receiver, handled } = setUp();
    const anything = fc.anything();
    const delivery = fc.record(
      {
        method: fc.oneof(fc.constant('POST'), anything),
        path: fc.oneof(fc.constantFrom('/shop', '/shop/order-paid'), anything),
        headers: fc.oneof(
          fc.dictionary(fc.string(), fc.string()),
          fc.constant({ 'x-signature': digest }),
          anything,
        ),
        body: fc.oneof(fc.uint8Array(), anything),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(delivery, async (given) => {
        const answer = await receiver.receive(given as Delivery);
        expect([400, 401, 404, 405, 413, 415, 422, 500]).toContain(answer.status);
      }),
      { numRuns: runs(500, 2000) },
    );
    expect(handled).toEqual([]);
  });
});

test('no answer and no error quotes a secret or a header', async () => {
  const { post, errors } = setUp();
  for (const headers of [
    { 'x-signature': 'HEADER' },
    { 'x-signature': digest, 'content-type': 'HEADER/x' },
  ]) {
    const answer = await post('{"kind":"SECRET', { headers });
    expect(JSON.stringify([answer, errors])).not.toMatch(/HEADER|SECRET|shared by/);
  }
});
