import { describe, expect, test } from 'vitest';
import {
  anyOf,
  basicAuth,
  hmacSignature,
  rsaSignature,
  standardWebhooks,
  staticHeaders,
  type Verifier,
} from '../../templates/runtime/signatures.js';
import { hmac, request, rsaPair } from './keys.js';

const body = '{"kind":"order.paid"}';
const key = Buffer.from('a webhook secret of 24 bytes and more');
const pair = rsaPair();
const signature = pair.sign(Buffer.from(body));
const hexSignature = Buffer.from(signature, 'base64').toString('hex');
const now = new Date(1_760_000_000_000);
const digest = hmac(key, `msg_1.1760000000.${body}`, 'base64');

const hmacHex: Verifier = (given) => hmacSignature({ header: 'X-Sum', secrets: 's' })(given);
const hmacBase64: Verifier = (given) =>
  hmacSignature({ header: 'X-Sum', secrets: 's', encoding: 'base64' })(given);
const rsa: Verifier = (given) => rsaSignature({ header: 'X-Sum', publicKeys: pair.spki })(given);
const rsaHex: Verifier = (given) =>
  rsaSignature({ header: 'X-Sum', publicKeys: pair.spki, encoding: 'hex' })(given);
const webhooks: Verifier = (given) => standardWebhooks({ secrets: key.toString('base64') })(given);
const basic: Verifier = (given) => basicAuth({ username: 'u', password: 'p' })(given);
const header: Verifier = (given) => staticHeaders({ 'X-Token': 't' })(given);
const signed = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': '1760000000',
  'webhook-signature': `v1,${digest}`,
};
const credentials = Buffer.from('u:p').toString('base64');

const passed: readonly (readonly [name: string, verify: Verifier, headers: Record<string, string>])[] = [
  ['a digest in hex', hmacHex, { 'x-sum': hmac('s', body) }],
  ['a digest in base64', hmacBase64, { 'x-sum': hmac('s', body, 'base64') }],
  ['an RSA signature in base64', rsa, { 'x-sum': signature }],
  ['an RSA signature in hex', rsaHex, { 'x-sum': hexSignature }],
  ['a signature of Standard Webhooks', webhooks, signed],
  ['Basic credentials', basic, { authorization: `Basic ${credentials}` }],
  ['a fixed header', header, { 'x-token': 't' }],
];

test.each(passed)('passes %s', async (_, verify, headers) => {
  expect(await verify(request(body, headers, now))).toEqual({ ok: true, credential: 0 });
});

const refused: readonly (readonly [Verifier, Record<string, string>, reason: string])[] = [
  [hmacHex, {}, 'no hex digest in x-sum'],
  [hmacHex, { 'x-sum': hmac('s', body, 'base64') }, 'no hex digest in x-sum'],
  [hmacHex, { 'x-sum': hmac('other', body) }, 'no match'],
  [hmacBase64, {}, 'no base64 digest in x-sum'],
  [hmacBase64, { 'x-sum': hmac('s', body) }, 'no base64 digest in x-sum'],
  [rsa, {}, 'no base64 signature in x-sum'],
  [rsa, { 'x-sum': `!${signature}` }, 'no base64 signature in x-sum'],
  [rsa, { 'x-sum': `${signature}!` }, 'no base64 signature in x-sum'],
  [rsa, { 'x-sum': `${signature}===` }, 'no base64 signature in x-sum'],
  [rsa, { 'x-sum': 'AAAA' }, 'no match'],
  [rsaHex, {}, 'no hex signature in x-sum'],
  [rsaHex, { 'x-sum': `!${hexSignature}` }, 'no hex signature in x-sum'],
  [rsaHex, { 'x-sum': `${hexSignature}!` }, 'no hex signature in x-sum'],
  [rsaHex, { 'x-sum': `${hexSignature}0` }, 'no hex signature in x-sum'],
  [rsaHex, { 'x-sum': '00ff' }, 'no match'],
  [webhooks, { ...signed, 'webhook-id': '' }, 'the webhook headers are not complete'],
  [webhooks, { ...signed, 'webhook-signature': '' }, 'the webhook headers are not complete'],
  [webhooks, { ...signed, 'webhook-timestamp': '' }, 'the webhook headers are not complete'],
  [webhooks, { ...signed, 'webhook-timestamp': ' 1760000000' }, 'the webhook headers are not complete'],
  [webhooks, { ...signed, 'webhook-timestamp': '1760000000 ' }, 'the webhook headers are not complete'],
  [webhooks, { ...signed, 'webhook-timestamp': '1759999699' }, 'the timestamp is out of tolerance'],
  [webhooks, { ...signed, 'webhook-timestamp': '1760000301' }, 'the timestamp is out of tolerance'],
  [webhooks, { ...signed, 'webhook-timestamp': '1759999700' }, 'no match'],
  [webhooks, { ...signed, 'webhook-timestamp': '1760000300' }, 'no match'],
  [
    webhooks,
    { ...signed, 'webhook-signature': `v1,${digest}, v1,${digest}` },
    'webhook-signature is repeated',
  ],
  [webhooks, { ...signed, 'webhook-signature': `v1a,${digest}` }, 'no match'],
  [basic, {}, 'no Basic credentials in authorization'],
  [basic, { authorization: `Bearer ${credentials}` }, 'no Basic credentials in authorization'],
  [basic, { authorization: `Digest Basic ${credentials}` }, 'no Basic credentials in authorization'],
  [basic, { authorization: 'Basic ' }, 'no Basic credentials in authorization'],
  [basic, { authorization: `Basic ${credentials}x` }, 'no match'],
  [header, {}, 'no x-token'],
  [header, { 'x-token': 'T' }, 'no match'],
];

test.each(refused)('%# is refused with a reason', async (verify, headers, reason) => {
  expect(await verify(request(body, headers, now))).toEqual({ ok: false, reason });
});

const empty = 'secrets is missing or blank: is its environment variable set?';
const username = 'username must be a string that is not empty and holds no colon';
const impossible: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => hmacSignature({ header: 'x', secrets: '' }), empty],
  [
    () => hmacSignature({ header: 'x', secrets: ['s', ''] }),
    'secrets[1] is missing or blank: is its environment variable set?',
  ],
  [() => basicAuth({ username: '', password: 'p' }), username],
  [() => basicAuth({ username: 'u:v', password: 'p' }), username],
  [() => basicAuth({ username: 5 as never, password: 'p' }), username],
  [() => basicAuth({ username: undefined as never, password: 'p' }), username],
  [
    () => standardWebhooks({ secrets: [key.toString('base64'), 'no base64!'] }),
    'secrets[1] is not base64, with or without whsec_',
  ],
  [() => standardWebhooks({ secrets: '!AAAA' }), 'secrets is not base64, with or without whsec_'],
  [() => standardWebhooks({ secrets: 'AAAAwhsec_AAAA' }), 'secrets is not base64, with or without whsec_'],
  [
    () => rsaSignature({ header: 'x', publicKeys: [pair.spki, 'x'] }),
    'publicKeys[1] is not an RSA public key in PEM',
  ],
  [() => anyOf(), 'nothing to verify with: name at least one'],
  [() => staticHeaders({}), 'nothing to verify with: name at least one'],
];

test.each(impossible)('%# says what is wrong', (make, message) => {
  expect(make).toThrow(new TypeError(message));
});

describe('secrets that are fetched', () => {
  test('are taken up when they change, each by each', async () => {
    let secrets: readonly string[] = ['one', 'two'];
    const verify = hmacSignature({ header: 'x', secrets: () => secrets });
    const judged = async (secret: string) => verify(request(body, { x: hmac(secret, body) }));
    expect(await judged('two')).toEqual({ ok: true, credential: 1 });
    secrets = ['one', 'three'];
    expect(await judged('three')).toEqual({ ok: true, credential: 1 });
    expect(await judged('two')).toEqual({ ok: false, reason: 'no match' });
    secrets = ['three', 'one'];
    expect(await judged('three')).toEqual({ ok: true, credential: 0 });
    secrets = ['three'];
    expect(await judged('one')).toEqual({ ok: false, reason: 'no match' });
  });

  test('that are no keys are an error of ours, and once they are it is none', async () => {
    let secrets = 'no base64!';
    const verify = standardWebhooks({ secrets: () => secrets });
    const delivered = request(body, signed, now);
    expect(await verify(delivered)).toEqual({
      ok: false,
      reason: 'the check could not be made',
      error: new TypeError('secrets is not base64, with or without whsec_'),
    });
    secrets = key.toString('base64');
    expect(await verify(delivered)).toEqual({ ok: true, credential: 0 });
  });
});

test('a check that throws is an error of ours', () => {
  const broken = { ...request(body, { 'x-sum': hmac('s', body) }), body: 5 as never };
  expect(hmacHex(broken)).toMatchObject({ ok: false, reason: 'the check could not be made' });
});

describe('of several schemes', () => {
  const other = hmacSignature({ header: 'x-other', secrets: 's' });
  const failing = hmacSignature({ header: 'x', secrets: () => Promise.reject(new Error('vault')) });

  test('the first that passes counts', async () => {
    const delivered = request(body, { 'x-sum': hmac('s', body) });
    expect(await anyOf(hmacHex, other)(delivered)).toEqual({ ok: true, credential: 0 });
    expect(await anyOf(other, hmacHex)(delivered)).toEqual({ ok: true, credential: 1 });
    const second = hmacSignature({ header: 'x-sum', secrets: ['another', 's'] });
    expect(await second(delivered)).toEqual({ ok: true, credential: 1 });
    expect(await anyOf(second, other)(delivered)).toEqual({ ok: true, credential: 0 });
    expect(await anyOf(failing, hmacHex)(delivered)).toEqual({ ok: true, credential: 1 });
  });

  test('where none passes, it is an error if there is one, else the reason of the first', async () => {
    const delivered = request(body, {});
    expect(await anyOf(other, hmacHex)(delivered)).toEqual({ ok: false, reason: 'no hex digest in x-other' });
    expect(await anyOf(other, failing)(delivered)).toEqual({
      ok: false,
      reason: 'the check could not be made',
      error: new Error('vault'),
    });
  });

  test('a fixed header counts with all others', async () => {
    const verify = staticHeaders({ 'X-One': ['a', 'b'], 'X-Two': ['c', 'd'] });
    const judged = async (one: string, two: string) => verify(request(body, { 'x-one': one, 'x-two': two }));
    expect(await judged('b', 'c')).toEqual({ ok: true, credential: 1 });
    expect(await judged('a', 'd')).toEqual({ ok: true, credential: 0 });
    expect(await judged('a', 'a')).toEqual({ ok: false, reason: 'no match' });
    expect(await judged('c', 'c')).toEqual({ ok: false, reason: 'no match' });
  });
});
