import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import { createReceiver, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import {
  basicAuth,
  freshchatSignature,
  freshworksSignature,
  hmacSignature,
  queryParameter,
  rsaSignature,
  standardWebhooks,
  staticHeaders,
  type Verifier,
} from '../../templates/runtime/signatures.js';
import { clock, deliver, freshchat, freshworks, sample, sign, type Scheme } from '../../templates/testing.js';

function receiver(shop: Verifier, options: Partial<ReceiverOptions> = {}) {
  const handled: AnyWebhookEvent[] = [];
  const made = createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': (event) => void handled.push(event) }),
    verify: { shop, reviews: shop },
    onError: () => undefined,
    on: { rejected: () => undefined },
    ...options,
  } as ReceiverOptions);
  return Object.assign(made, { handled });
}

describe('a sample', () => {
  test('is valid, and another one each time', () => {
    const first = sample('shop/order-paid');
    expect(first).toEqual({ kind: 'order.paid', id: 7, total: 12.5 });
    expect(sample('shop/order-paid')).not.toBe(first);
  });

  test.each([
    [{ total: 5 }, { kind: 'order.paid', id: 7, total: 5 }],
    [{ total: null }, { kind: 'order.paid', id: 7, total: null }],
    [{ total: undefined }, { kind: 'order.paid', id: 7 }],
    [
      JSON.parse('{"__proto__":{"polluted":true}}'),
      JSON.parse('{"kind":"order.paid","id":7,"total":12.5,"__proto__":{"polluted":true}}'),
    ],
  ])('with the overrides %j', (overrides, expected) => {
    expect(sample('shop/order-paid', overrides as object)).toEqual(expected);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });

  test('that overrides make invalid is a TypeError that says what is wrong', () => {
    expect(() => sample('shop/order-paid', { total: 'much' as never })).toThrow(
      'this sample of shop/order-paid is not valid, at /total: must be number,null: change it by overrides',
    );
    expect(() => sample('shop/order-paid', { kind: 'order.placed' as never })).toThrow(/at \/kind/);
  });
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const whsec = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;

const schemes: readonly (readonly [name: string, Scheme, secret: string, Verifier])[] = [
  ['hmac', { kind: 'hmac', header: 'X-Sum' }, 's', hmacSignature({ header: 'x-sum', secrets: 's' })],
  [
    'hmac in base64',
    { kind: 'hmac', header: 'X-Sum', encoding: 'base64' },
    's',
    hmacSignature({ header: 'x-sum', secrets: 's', encoding: 'base64' }),
  ],
  ['freshworks', freshworks, 's', freshworksSignature({ secrets: 's' })],
  [
    'rsa',
    { kind: 'rsa', header: 'x-sum', encoding: 'hex' },
    privateKey,
    rsaSignature({ header: 'x-sum', publicKeys: publicKey, encoding: 'hex' }),
  ],
  ['freshchat', freshchat, privateKey, freshchatSignature({ publicKeys: publicKey })],
  ['standard webhooks', { kind: 'standard-webhooks' }, whsec, standardWebhooks({ secrets: whsec })],
  ['basic', { kind: 'basic', username: 'u' }, 'pä:ss', basicAuth({ username: 'u', password: 'pä:ss' })],
  ['header', { kind: 'header', header: 'X-Token' }, 't', staticHeaders({ 'x-token': 't' })],
  ['query', { kind: 'query', parameter: 'key' }, 'a+b c', queryParameter({ key: 'a+b c' })],
];

describe.each(schemes)('%s', (_, scheme, secret, verifier) => {
  test('is taken for authentic, and no other is', async () => {
    const target = receiver(verifier, { basePath: '/hooks' });
    const basePath = '/hooks/';
    expect(await deliver(target, 'shop/order-paid', { scheme, secret, basePath })).toMatchObject({
      status: 200,
    });
    expect(target.handled).toMatchObject([{ payload: { id: 7 } }]);
    expect(await deliver(target, 'shop/order-paid', { basePath })).toMatchObject({ status: 401 });
    await expect(deliver(target, 'shop/order-paid', { scheme, basePath })).rejects.toThrow(TypeError);
  });
});

test('a scheme has the time and the id that it is given', () => {
  const { headers } = sign({ kind: 'standard-webhooks', id: 'm1', timestamp: new Date(5999) }, '{}', whsec);
  expect(headers).toMatchObject({ 'webhook-id': 'm1', 'webhook-timestamp': '5' });
});

describe('a delivery', () => {
  const open: Verifier = () => ({ ok: true, credential: 0 });

  test.each<[object, number]>([
    [{ overrides: { id: 8 } }, 200],
    [{ payload: { kind: 'order.paid', total: 'much' } }, 422],
    [{ payload: undefined, body: '{' }, 400],
    [{ body: 'kind=order.paid', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    [{ path: '/shop' }, 200],
    [{ path: '/nothing' }, 404],
    [{ headers: { 'Content-Type': 'application/vnd.shop+json' } }, 200],
    [{ headers: { 'Content-Type': 'image/png' } }, 415],
  ])('of %j is answered %i', async (options, status) => {
    expect((await deliver(receiver(open), 'shop/order-paid', options)).status).toBe(status);
  });

  test.each(['text', 'URL'])('goes to a server by its address, as %s', async (kind) => {
    const target = receiver(open);
    const server = createServer(nodeListener(target)).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const given = kind === 'text' ? origin : new URL(origin);
      const answer = await deliver(given, 'shop/order-paid', { overrides: { id: 9 } });
      expect(answer).toMatchObject({ status: 200, body: '{"result":"handled"}' });
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json' });
      expect(target.handled).toMatchObject([{ payload: { id: 9 } }]);
      const path = '//elsewhere.example/shop';
      expect(await deliver(given, 'shop/order-paid', { path })).toMatchObject({ status: 404 });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('a clock', () => {
  test('is the time of signatures', async () => {
    const time = clock(new Date('2026-01-02T03:04:05Z'));
    const target = receiver(standardWebhooks({ secrets: whsec }), { ...time });
    const scheme: Scheme = { kind: 'standard-webhooks', timestamp: time.now() };
    expect(await deliver(target, 'shop/order-paid', { scheme, secret: whsec })).toMatchObject({
      status: 200,
    });
    expect(target.handled[0]?.receivedAt).toEqual(new Date('2026-01-02T03:04:05Z'));
    time.advance(301_000);
    expect(await deliver(target, 'shop/order-paid', { scheme, secret: whsec })).toMatchObject({
      status: 401,
    });
  });

  test('decides when the deadline is', async () => {
    const time = clock();
    const handlers = ignoringRest({ 'shop/order-paid': () => new Promise(() => undefined) });
    const target = receiver(() => ({ ok: true, credential: 0 }), { ...time, handlers });
    const answer = deliver(target, 'shop/order-paid');
    let isAnswered = false;
    void answer.then(() => (isAnswered = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    time.advance(4000);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isAnswered).toBe(false);
    time.advance(500);
    expect(await answer).toMatchObject({ status: 200, body: '{"result":"received"}' });
  });
});
