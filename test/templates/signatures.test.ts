import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyOf,
  basicAuth,
  dangerouslyUnverified,
  freshchatSignature,
  freshworksSignature,
  hmacSignature,
  rsaSignature,
  standardWebhooks,
  staticHeaders,
  type Secrets,
  type Verifier,
} from '../../templates/runtime/signatures.js';
import { hmac, isReadable, request, rsaPair } from './keys.js';

const body = '{"a":"<\'größer\'>"}';
const accepted = (credential = 0) => ({ ok: true, credential });
const refused = expect.objectContaining({ ok: false }) as unknown;

/** What no secret, and nothing that a secret is made from, may be. */
const hollow: readonly unknown[] = ['', [], [''], ['good', ''], undefined, null, [undefined], 5, {}];

const schemes: readonly [string, (secrets: Secrets) => Verifier][] = [
  ['hmacSignature', (secrets) => hmacSignature({ header: 'x', secrets })],
  ['rsaSignature', (publicKeys) => rsaSignature({ header: 'x', publicKeys })],
  ['standardWebhooks', (secrets) => standardWebhooks({ secrets })],
  ['basicAuth', (password) => basicAuth({ username: 'u', password })],
  ['staticHeaders', (value) => staticHeaders({ 'x-token': value })],
  ['freshworksSignature', (secrets) => freshworksSignature({ secrets })],
  ['freshchatSignature', (publicKeys) => freshchatSignature({ publicKeys })],
];

describe.each(schemes)('%s', (_, scheme) => {
  test.each(hollow)('says at once that %j is no secret', (secrets) => {
    expect(() => scheme(secrets as Secrets)).toThrow(TypeError);
  });

  test.each(hollow)('accepts nothing while a function returns %j', async (secrets) => {
    const verify = scheme(() => secrets as string);
    expect(await verify(request(body, { x: '' }))).toMatchObject({
      ok: false,
      error: expect.any(TypeError) as unknown,
    });
  });

  test('a source that fails is an error of ours, not the sender', async () => {
    for (const source of [
      () => Promise.reject(new Error('vault')),
      () => {
        throw new Error('vault');
      },
    ]) {
      const verdict = await scheme(source)(request(body, {}));
      expect(verdict).toMatchObject({ ok: false, error: new Error('vault') });
      expect(verdict).not.toHaveProperty('reason', expect.stringContaining('vault'));
    }
  });

  test('refuses a request without headers', async () => {
    const secret = scheme === schemes[4]?.[1] ? 'token' : rsaPair().spki;
    const valid = scheme === schemes[2]?.[1] ? `whsec_${Buffer.alloc(24).toString('base64')}` : secret;
    expect(await scheme(valid)(request(body, {}))).toEqual(refused);
    expect(await scheme(valid)(request(body, {}))).not.toHaveProperty('error');
  });
});

describe('hmacSignature', () => {
  const secret = 'first secret';
  const digest = hmac(secret, body);
  const verify = hmacSignature({ header: 'X-Signature', secrets: secret });

  test('is what the sender makes of any body and any secret', () => {
    const encodings = fc.constantFrom('hex' as const, 'base64' as const);
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string().map((text) => `k${text}`),
        encodings,
        fc.nat(),
        (bytes, key, encoding, at) => {
          const check = hmacSignature({ header: 'x', secrets: key, encoding });
          const good = hmac(key, bytes, encoding);
          expect(check(request(bytes, { x: good }))).toEqual(accepted());
          const other = Uint8Array.from([...bytes, 0]);
          expect(check(request(other, { x: good }))).toEqual(refused);
          const index = at % good.length;
          const bad = good.slice(0, index) + (good[index] === '0' ? '1' : '0') + good.slice(index + 1);
          expect(check(request(bytes, { x: bad }))).toEqual(refused);
        },
      ),
    );
  });

  test('takes hex in either case, base64 only as it is', () => {
    expect(verify(request(body, { 'x-signature': digest.toUpperCase() }))).toEqual(accepted());
    const base64 = hmacSignature({ header: 'x', secrets: secret, encoding: 'base64' });
    expect(base64(request(body, { x: hmac(secret, body, 'base64') }))).toEqual(accepted());
    expect(base64(request(body, { x: digest }))).toEqual(refused);
  });

  test.each([
    [''],
    [' '],
    ['sha256='],
    [`sha256=${digest}`],
    [`${digest}, ${digest}`],
    [`${digest} `],
    [digest.slice(1)],
    ['é'.repeat(64)],
    ['\u{1F600}'.repeat(32)],
    [digest.replace(/\d/g, (digit) => String.fromCharCode(0x100 + digit.charCodeAt(0)))],
    [`${digest.slice(0, 63)}é`],
    ['\u0130'.repeat(64)],
    ['0'.repeat(64)],
  ])('refuses %j', (value) => {
    // After a good one, so that nothing of it can be left where the digests are compared.
    expect(verify(request(body, { 'x-signature': digest }))).toEqual(accepted());
    expect(verify(request(body, { 'x-signature': value }))).toEqual(refused);
  });

  test('encodings do not disturb each other', () => {
    const base64 = hmacSignature({ header: 'x', secrets: secret, encoding: 'base64' });
    for (let round = 0; round < 3; round++) {
      expect(verify(request(body, { 'x-signature': '1'.repeat(64) }))).toEqual(refused);
      expect(base64(request(body, { x: hmac(secret, body, 'base64') }))).toEqual(accepted());
      expect(verify(request(body, { 'x-signature': digest }))).toEqual(accepted());
    }
  });

  test('says which secret of the list matched', () => {
    const check = hmacSignature({ header: 'x', secrets: ['new', 'old'] });
    expect(check(request(body, { x: hmac('new', body) }))).toEqual(accepted(0));
    expect(check(request(body, { x: hmac('old', body) }))).toEqual(accepted(1));
    expect(check(request(body, { x: hmac('older', body) }))).toEqual(refused);
  });

  test('a function is asked for each delivery', async () => {
    let current: string | string[] = 'one';
    const check = hmacSignature({ header: 'x', secrets: () => Promise.resolve(current) });
    expect(await check(request(body, { x: hmac('one', body) }))).toEqual(accepted());
    current = ['two', 'one'];
    expect(await check(request(body, { x: hmac('one', body) }))).toEqual(accepted(1));
    current = 'two';
    expect(await check(request(body, { x: hmac('one', body) }))).toEqual(refused);
  });

  test('a list that the caller changes afterwards changes nothing', () => {
    const list = ['one'];
    const check = hmacSignature({ header: 'x', secrets: list });
    list[0] = 'two';
    expect(check(request(body, { x: hmac('one', body) }))).toEqual(accepted());
  });

  test('freshworksSignature is hex in x-freshworks-signature', () => {
    const check = freshworksSignature({ secrets: secret });
    expect(check(request(body, { 'x-freshworks-signature': digest }))).toEqual(accepted());
    const base64 = freshworksSignature({ secrets: secret, encoding: 'base64' });
    expect(base64(request(body, { 'x-freshworks-signature': hmac(secret, body, 'base64') }))).toEqual(
      accepted(),
    );
  });
});

describe('rsaSignature', () => {
  const pair = rsaPair();
  const signed = request(body, { 'x-freshchat-signature': pair.sign(Buffer.from(body)) });
  const content = pair.spki.replace(/-----.*-----/g, '').replaceAll('\n', '');
  const mislabelled = pair.spki.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY');

  test('the key as Freshchat shows it is one that Node cannot read', () => {
    expect(isReadable(mislabelled)).toBe(false);
  });

  test.each([
    ['SPKI', pair.spki],
    ['PKCS#1', pair.pkcs1],
    ['SPKI labelled as PKCS#1', mislabelled],
    ['one line, spaces', mislabelled.replaceAll('\n', ' ')],
    ['one line, literal \\n', mislabelled.replaceAll('\n', '\\n')],
    ['one line, literal \\r\\n', pair.pkcs1.replaceAll('\n', '\\r\\n')],
    ['CRLF', mislabelled.replaceAll('\n', '\r\n')],
    [
      'one line, label and content joined',
      `-----BEGIN RSA PUBLIC KEY-----${content}-----END RSA PUBLIC KEY-----`,
    ],
    ['no label', content],
  ])('imports %s', (_, publicKeys) => {
    expect(freshchatSignature({ publicKeys })(signed)).toEqual(accepted());
  });

  test.each([
    ['text', 'not a key'],
    ['a certificate label around nothing', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    [
      'an elliptic key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
        type: 'spki',
        format: 'pem',
      }) as string,
    ],
  ])('says at once that %s is no public key, without quoting it', (_, publicKeys) => {
    expect(() => freshchatSignature({ publicKeys })).toThrow(/^publicKeys is not an RSA public key in PEM$/);
  });

  test('a list says which key matched', () => {
    expect(freshchatSignature({ publicKeys: [rsaPair().spki, pair.spki] })(signed)).toEqual(accepted(1));
    expect(freshchatSignature({ publicKeys: rsaPair().spki })(signed)).toEqual(refused);
  });

  test('hex, when told', () => {
    const hex = Buffer.from(pair.sign(Buffer.from(body)), 'base64').toString('hex');
    const check = rsaSignature({ header: 'X-Sig', publicKeys: pair.spki, encoding: 'hex' });
    expect(check(request(body, { 'x-sig': hex.toUpperCase() }))).toEqual(accepted());
    expect(check(request(body, { 'x-sig': pair.sign(Buffer.from(body)) }))).toEqual(refused);
  });

  test('never throws, whatever the header holds', () => {
    const check = freshchatSignature({ publicKeys: pair.spki });
    const good = pair.sign(Buffer.from(body));
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.constantFrom(`${good}, ${good}`, `v1,${good}`, '='),
    );
    fc.assert(
      fc.property(values, (value) => {
        const verdict = check(request(body, { 'x-freshchat-signature': value }));
        expect(verdict).toEqual(refused);
        expect(verdict).not.toHaveProperty('error');
      }),
    );
    expect(check(request(`${body} `, { 'x-freshchat-signature': good }))).toEqual(refused);
  });
});

describe('standardWebhooks', () => {
  const key = Buffer.from('a key of twenty-four bytes');
  const secret = `whsec_${key.toString('base64')}`;
  const now = new Date('2026-03-01T12:00:00Z');
  const seconds = now.getTime() / 1000;
  const verify = standardWebhooks({ secrets: secret });

  function signed(changes: Record<string, string> = {}, at = seconds) {
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,${hmac(key, `msg_1.${at}.${body}`, 'base64')}`,
    };
    return request(body, { ...headers, ...changes }, now);
  }
  const good = signed().headers.get('webhook-signature') ?? '';

  test('agrees with the example of the specification', () => {
    const example = request(
      '{"test": 2432232314}',
      {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      new Date(1614265330_000),
    );
    expect(standardWebhooks({ secrets: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })(example)).toEqual(
      accepted(),
    );
    expect(standardWebhooks({ secrets: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })(example)).toEqual(accepted());
  });

  test.each([
    ['as it is', signed()],
    ['300 seconds old', signed({}, seconds - 300)],
    ['300 seconds ahead', signed({}, seconds + 300)],
    ['one of several', signed({ 'webhook-signature': `v1a,xyz v1,${'A'.repeat(43)}= ${good}` })],
  ])('accepts %s', (_, delivery) => {
    expect(verify(delivery)).toEqual(accepted());
  });

  test.each([
    ['one hour old', signed({}, seconds - 3600)],
    ['one hour ahead', signed({}, seconds + 3600)],
    ['301 seconds old', signed({}, seconds - 301)],
    ['a timestamp that is no number', signed({ 'webhook-timestamp': 'now' })],
    ['an empty timestamp', signed({ 'webhook-timestamp': '' })],
    ['a negative timestamp', signed({ 'webhook-timestamp': `-${seconds}` })],
    ['a timestamp of 1e9', signed({ 'webhook-timestamp': '1e9' })],
    ['another id', signed({ 'webhook-id': 'msg_2' })],
    ['no id', signed({ 'webhook-id': '' })],
    ['no signature', signed({ 'webhook-signature': '' })],
    ['a prefix only', signed({ 'webhook-signature': 'v1,' })],
    ['no prefix', signed({ 'webhook-signature': good.slice(3) })],
    ['another version', signed({ 'webhook-signature': good.replace('v1', 'v2') })],
    ['a repeated header', signed({ 'webhook-signature': `${good}, ${good}` })],
    ['another body', { ...signed(), body: Buffer.from('{}') }],
  ])('refuses %s', (_, delivery) => {
    expect(verify(delivery)).toEqual(refused);
    expect(verify(delivery)).not.toHaveProperty('error');
  });

  test("the tolerance is the caller's, and NaN tolerates nothing", () => {
    const old = signed({}, seconds - 3600);
    expect(standardWebhooks({ secrets: secret, toleranceSeconds: 3600 })(old)).toEqual(accepted());
    expect(standardWebhooks({ secrets: secret, toleranceSeconds: 3599 })(old)).toEqual(refused);
    expect(standardWebhooks({ secrets: secret, toleranceSeconds: NaN })(signed())).toEqual(refused);
  });

  test.each(['whsec_', 'not base64!', 'whsec_*'])('says at once that %j is no secret', (secrets) => {
    expect(() => standardWebhooks({ secrets })).toThrow(TypeError);
  });
});

describe('basicAuth', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const verify = basicAuth({ username: 'käthe', password: ['new:pass', 'old'] });

  test.each([
    [`Basic ${encode('käthe:new:pass')}`, accepted(0)],
    [`basic  ${encode('käthe:old')}`, accepted(1)],
    [`Basic ${encode('käthe:other')}`, refused],
    [`Basic ${encode('käthe')}`, refused],
    [`Bearer ${encode('käthe:old')}`, refused],
    [`Basic ${encode('käthe:old')}, Basic ${encode('käthe:old')}`, refused],
    ['Basic ', refused],
    ['Basic', refused],
    ['', refused],
  ])('%s', (authorization, verdict) => {
    expect(verify(request(body, { authorization }))).toEqual(verdict);
  });

  test.each(['', 'a:b', undefined])('%j is no user name', (username) => {
    expect(() => basicAuth({ username: username as string, password: 'x' })).toThrow(TypeError);
  });
});

describe('staticHeaders', () => {
  const verify = staticHeaders({ Authorization: ['Bearer new', 'Bearer old'], 'X-Tenant': 'acme' });

  test.each([
    [{ authorization: 'Bearer new', 'x-tenant': 'acme' }, accepted(0)],
    [{ authorization: 'Bearer old', 'x-tenant': 'acme' }, accepted(1)],
    [{ authorization: 'Bearer older', 'x-tenant': 'acme' }, refused],
    [{ authorization: 'Bearer new' }, refused],
    [{ 'x-tenant': 'acme' }, refused],
    [{ authorization: 'Bearer new', 'x-tenant': 'acme, acme' }, refused],
  ])('%j', async (headers, verdict) => {
    expect(await verify(request(body, headers as Record<string, string>))).toEqual(verdict);
  });

  test('wants at least one header', () => {
    expect(() => staticHeaders({})).toThrow(TypeError);
  });
});

describe('anyOf', () => {
  const fails: Verifier = () => {
    throw new Error('down');
  };
  const verify = anyOf(fails, staticHeaders({ a: '1' }), hmacSignature({ header: 'b', secrets: 's' }));

  test('says which scheme matched, and is not put off by one that fails', async () => {
    expect(await verify(request(body, { a: '1' }))).toEqual(accepted(1));
    expect(await verify(request(body, { b: hmac('s', body) }))).toEqual(accepted(2));
  });

  test('when none matches, a failure counts more than a refusal', async () => {
    expect(await verify(request(body, {}))).toMatchObject({ ok: false, error: new Error('down') });
    const sound = anyOf(staticHeaders({ a: '1' }), staticHeaders({ b: '2' }));
    expect(await sound(request(body, { a: '2' }))).not.toHaveProperty('error');
  });

  test('wants at least one scheme', () => {
    expect(() => anyOf()).toThrow(TypeError);
  });
});

test('dangerouslyUnverified takes everything', () => {
  expect(dangerouslyUnverified()(request(body, {}))).toEqual(accepted());
});

test('a signature is checked without a promise where the secret is at hand', () => {
  expect(hmacSignature({ header: 'x', secrets: 's' })(request(body, {}))).not.toBeInstanceOf(Promise);
});

test('no verdict quotes a secret or a header', async () => {
  const secret = 'SECRET-IN-NO-TEXT';
  for (const [, scheme] of schemes.filter(([name]) => !/rsa|freshchat|Webhooks/i.test(name))) {
    const verdict = await scheme(secret)(
      request(body, { x: 'VALUE', authorization: 'Basic VALUE', 'x-token': 'VALUE' }),
    );
    expect(JSON.stringify(verdict)).not.toMatch(/SECRET|VALUE/);
  }
});
