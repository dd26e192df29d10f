import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import { createReceiver } from '../../templates/runtime/receiver.js';
import {
  allOf,
  anyOf,
  basicAuth,
  dangerouslyUnverified,
  freshchatSignature,
  freshworksSignature,
  hmacSignature,
  queryParameter,
  rsaSignature,
  standardWebhooks,
  staticHeaders,
  type Secrets,
  type Verifier,
} from '../../templates/runtime/signatures.js';
import { hmac, request, rsaPair } from './keys.js';

const body = '{"a":"ü"}';
const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const pair = rsaPair();
const other = rsaPair();

/** What a sender adds to a delivery for a secret. */
interface Proof {
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

interface Scheme {
  readonly make: (secrets: Secrets) => Verifier;
  /** What errors call the secret. */
  readonly option: string;
  readonly good: string;
  readonly prove: (secret: string) => Proof;
}

const text = 'correct horse battery staple';
const webhookKey = `whsec_${Buffer.alloc(24, 'key').toString('base64')}`;
const signatureOf = (secret: string) => (secret === other.spki ? other : pair).sign(Buffer.from(body));

const schemes: Readonly<Record<string, Scheme>> = {
  hmacSignature: {
    make: (secrets) => hmacSignature({ header: 'X-Sig', secrets }),
    option: 'secrets',
    good: text,
    prove: (secret) => ({ headers: { 'x-sig': hmac(secret, body) } }),
  },
  freshworksSignature: {
    make: (secrets) => freshworksSignature({ secrets }),
    option: 'secrets',
    good: text,
    prove: (secret) => ({ headers: { 'x-freshworks-signature': hmac(secret, body) } }),
  },
  rsaSignature: {
    make: (publicKeys) => rsaSignature({ header: 'X-Sig', publicKeys }),
    option: 'publicKeys',
    good: pair.spki,
    prove: (secret) => ({ headers: { 'x-sig': signatureOf(secret) } }),
  },
  freshchatSignature: {
    make: (publicKeys) => freshchatSignature({ publicKeys }),
    option: 'publicKeys',
    good: pair.spki,
    prove: (secret) => ({ headers: { 'x-freshchat-signature': signatureOf(secret) } }),
  },
  standardWebhooks: {
    make: (secrets) => standardWebhooks({ secrets }),
    option: 'secrets',
    good: webhookKey,
    prove: (secret) => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      return {
        headers: {
          'webhook-id': 'm',
          'webhook-timestamp': String(seconds),
          'webhook-signature': `v1,${hmac(key, `m.${seconds}.${body}`, 'base64')}`,
        },
      };
    },
  },
  basicAuth: {
    make: (password) => basicAuth({ username: 'u', password }),
    option: 'password',
    good: text,
    prove: (secret) => ({
      headers: { authorization: `Basic ${Buffer.from(`u:${secret}`).toString('base64')}` },
    }),
  },
  staticHeaders: {
    make: (value) => staticHeaders({ 'X-Token': value }),
    option: 'staticHeaders["X-Token"]',
    good: text,
    prove: (secret) => ({ headers: { 'x-token': secret } }),
  },
  queryParameter: {
    make: (value) => queryParameter({ key: value }),
    option: 'queryParameter["key"]',
    good: text,
    prove: (secret) => ({ query: String(new URLSearchParams({ key: secret })) }),
  },
};

type Kind = 'text' | 'webhook' | 'rsa' | 'header';

const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  hmacSignature: ['text'],
  freshworksSignature: ['text'],
  rsaSignature: ['text', 'rsa'],
  freshchatSignature: ['text', 'rsa'],
  standardWebhooks: ['text', 'webhook'],
  basicAuth: ['text'],
  staticHeaders: ['text', 'header'],
  queryParameter: ['text'],
};

const pem = (label: string, content: string) =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
const contentOf = (key: string) => key.replace(/-----.*-----|\s/g, '');
const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });

const { privateKey } = rsa(2048);
const privatePem = (type: 'pkcs8' | 'pkcs1') => privateKey.export({ type, format: 'pem' }) as string;
const encrypted = privateKey.export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
}) as string;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ellipticPrivate = elliptic.privateKey.export({ type: 'sec1', format: 'der' }).toString('base64');

/** An RSA key whose exponent is 1: every block is a signature of itself. */
const exponentOne = Buffer.from(contentOf(pair.spki), 'base64');
exponentOne.set([0x02, 0x03, 0x00, 0x00, 0x01], exponentOne.length - 5);

/** Secrets that must not be used, by what the error says of them. */
const bad: readonly (readonly [what: string, kind: Kind, secret: unknown, message: RegExp])[] = [
  ...[
    ...['', ' ', '\t\r\n', '\u00a0\u2003\u3000', '\ufeff', '\u200b\u2060', '\0', '\ud800'],
    ...[undefined, null, 5, true, {}, new Date(0), Buffer.from('secret'), [[]], [text]],
  ].map((secret) => [JSON.stringify(secret), 'text', secret, /is missing or blank/] as const),
  ...['undefined', 'null', 'Bearer undefined', 'Token token=undefined', '[object Object]', 'key: NaN'].map(
    (secret) => [JSON.stringify(secret), 'text', secret, /was made from a value that is missing/] as const,
  ),
  ...[
    'not base64!',
    '*',
    'A',
    'whsec_A',
    'whsec_AAAAA',
    'AAA==',
    'AA=',
    '=',
    '====',
    'QUJD\n',
    'ab-_ab-_',
  ].map((secret) => [JSON.stringify(secret), 'webhook', secret, /is not base64/] as const),
  ...['whsec_', 'whsec_AA', 'whsec_AAA=', base64(1), base64(16), `whsec_${base64(23)}`].map(
    (secret) => [JSON.stringify(secret), 'webhook', secret, /holds fewer than 24 bytes/] as const,
  ),
  ['a trailing line break', 'header', 'token\n', /white space at its ends/],
  ['a leading space', 'header', ' token', /white space at its ends/],
  ['a scheme alone', 'header', 'Bearer ', /white space at its ends/],
  ['a line break', 'header', 'a\r\nb', /a line break/],
  ['text', 'rsa', 'not a key', /is not an RSA public key in PEM/],
  ['nothing in a label', 'rsa', pem('PUBLIC KEY', ''), /is not an RSA public key in PEM/],
  ['a certificate label', 'rsa', pem('CERTIFICATE', base64(300)), /is not an RSA public key in PEM/],
  ['an elliptic key', 'rsa', spkiOf(elliptic.publicKey), /is not an RSA public key in PEM/],
  ['an Ed25519 key', 'rsa', spkiOf(generateKeyPairSync('ed25519').publicKey), /is not an RSA public key/],
  [
    'an RSA-PSS key',
    'rsa',
    spkiOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey),
    /is not an RSA public key/,
  ],
  ['a key of 512 bits', 'rsa', spkiOf(rsa(512).publicKey), /fewer than 2048 bits/],
  ['a key of 1024 bits', 'rsa', spkiOf(rsa(1024).publicKey), /fewer than 2048 bits/],
  [
    'a key of 1024 bits in PKCS#1',
    'rsa',
    rsa(1024).publicKey.export({ type: 'pkcs1', format: 'pem' }),
    /fewer than 2048 bits/,
  ],
  ['an exponent of 1', 'rsa', exponentOne.toString('base64'), /protects nothing/],
  ['a private key', 'rsa', privatePem('pkcs8'), /is a private key/],
  ['a private key in PKCS#1', 'rsa', privatePem('pkcs1'), /is a private key/],
  ['an encrypted private key', 'rsa', encrypted, /is a private key/],
  ['a private key on one line', 'rsa', privatePem('pkcs8').replaceAll('\n', '\\n'), /is a private key/],
  ['a private key without its label', 'rsa', contentOf(privatePem('pkcs8')), /is a private key/],
  ['a PKCS#1 private key without its label', 'rsa', contentOf(privatePem('pkcs1')), /is a private key/],
  ['an elliptic private key without its label', 'rsa', ellipticPrivate, /is a private key/],
  [
    'a private key labelled as a public one',
    'rsa',
    pem('PUBLIC KEY', contentOf(privatePem('pkcs8'))),
    /is a private key/,
  ],
  ['a private key behind a public one', 'rsa', pair.spki + privatePem('pkcs8'), /is a private key/],
  ['a small key behind a good one', 'rsa', pair.spki + spkiOf(rsa(1024).publicKey), /fewer than 2048 bits/],
  ['a bad key behind a good one', 'rsa', pair.spki + pem('PUBLIC KEY', 'AAAA'), /is not an RSA public key/],
  [
    'a second key without its first label',
    'rsa',
    pair.spki + other.spki.replace(/^-----BEGIN.*-----/, ''),
    /text outside of its PEM blocks/,
  ],
  ['a quoted key', 'rsa', `"${pair.spki}"`, /text outside of its PEM blocks/],
  ['two keys without labels', 'rsa', contentOf(pair.spki) + contentOf(other.spki), /more than one key/],
  [
    'two keys in one label',
    'rsa',
    pem('PUBLIC KEY', contentOf(pair.spki) + contentOf(other.spki)),
    /more than one key/,
  ],
  [
    'a key cut short',
    'rsa',
    pem('PUBLIC KEY', contentOf(pair.spki).slice(0, 200)),
    /is not an RSA public key/,
  ],
];

const rows = Object.entries(schemes).flatMap(([name, scheme]) => {
  const applicable = bad.filter(([, kind]) => kindsOf[name]?.includes(kind));
  return applicable.map(([what, , secret, message]) => ({ name, scheme, what, secret, message }));
});

describe.each(rows)('$name, $what', ({ scheme: { make, option, good, prove }, secret, message }) => {
  const proof = typeof secret === 'string' ? prove(secret) : {};
  const delivery = request(body, proof.headers ?? {}, now, proof.query);

  /** The error names the option, and quotes nothing of the secret. */
  function isClear(error: unknown, name: string): void {
    expect(error).toBeInstanceOf(TypeError);
    const said = (error as TypeError).message;
    expect(said).toMatch(message);
    expect(said.startsWith(`${name} `)).toBe(true);
    const visible = typeof secret === 'string' ? (secret.match(/[\w+/]{12,}/g) ?? []) : [];
    for (const part of visible) expect(said).not.toContain(part);
  }

  test('is refused at once, by itself and in a list', () => {
    const given: readonly [unknown, string][] = [
      ...(Array.isArray(secret) ? [] : [[secret, option] as [unknown, string]]),
      [[secret], `${option}[0]`],
      [[good, secret], `${option}[1]`],
    ];
    for (const [secrets, name] of given) {
      let thrown: unknown;
      try {
        make(secrets as Secrets);
      } catch (error) {
        thrown = error;
      }
      isClear(thrown, name);
    }
  });

  test('is an error of ours where a function returns it, never an acceptance', async () => {
    const sources: readonly (() => unknown)[] = [
      () => [secret],
      () => [good, secret],
      () => Promise.resolve([secret]),
      () => Promise.resolve([good, secret]),
      ...(Array.isArray(secret) ? [] : [() => secret, () => Promise.resolve(secret)]),
    ];
    for (const source of sources) {
      const verdict = await make(source as Secrets)(delivery);
      expect(verdict).toMatchObject({ ok: false, error: expect.any(TypeError) as unknown });
      expect((verdict as { readonly error: Error }).error.message).toMatch(message);
    }
  });
});

describe.each(Object.entries(schemes))('%s', (name, { make, option, good, prove }) => {
  const second = name.includes('Webhooks')
    ? `whsec_${base64(32)}`
    : good === pair.spki
      ? other.spki
      : 'another secret';
  const delivered = (secret: string) => {
    const { headers = {}, query } = prove(secret);
    return request(body, headers, now, query);
  };

  test('an empty list is refused, given or returned', async () => {
    expect(() => make([])).toThrow(new TypeError(`${option} is an empty list: name at least one`));
    expect(await make(() => [])(delivered(good))).toMatchObject({
      ok: false,
      error: expect.any(TypeError) as unknown,
    });
  });

  test('a hole in a list is refused', () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(() => make([good, , second] as string[])).toThrow(/\[1\] is missing or blank/);
  });

  test('one secret, several, the same twice: whichever a delivery proves is accepted', async () => {
    for (const secrets of [good, [good], [good, second], [good, good]] as const)
      expect(await make(secrets)(delivered(good))).toEqual({ ok: true, credential: 0 });
    expect(await make([good, second])(delivered(second))).toEqual({ ok: true, credential: 1 });
    expect(await make(good)(delivered(second))).not.toHaveProperty('error');
    expect(await make(good)(delivered(second))).toMatchObject({ ok: false });
  });

  test('a function is called when a delivery needs it and not before, sync or async', async () => {
    for (const source of [() => good, () => [second, good], () => Promise.resolve(good)]) {
      const secrets = vi.fn<() => string | string[] | Promise<string>>(source);
      const verify = anyOf(allOf(make(secrets)));
      expect(secrets).not.toHaveBeenCalled();
      expect(await verify(delivered(good))).toMatchObject({ ok: true });
      expect(secrets).toHaveBeenCalledOnce();
    }
  });

  test('a function that throws at first is asked again', async () => {
    let secret: string | undefined;
    const verify = make(() => {
      if (secret === undefined) throw new Error('not there yet');
      return secret;
    });
    expect(await verify(delivered(good))).toMatchObject({ ok: false, error: new Error('not there yet') });
    secret = good;
    expect(await verify(delivered(good))).toEqual({ ok: true, credential: 0 });
    secret = ' ';
    expect(await verify(delivered(good))).toMatchObject({
      ok: false,
      error: expect.any(TypeError) as unknown,
    });
  });
});

test('a receiver answers 500 and tells `onError` for a bad secret that a function returns', async () => {
  for (const [name, { make, good, prove }] of Object.entries(schemes)) {
    const errors: unknown[] = [];
    const secrets: string[] = [' '];
    const receiver = createReceiver({
      handlers: ignoringRest({}),
      verify: { shop: dangerouslyUnverified(), reviews: make(() => secrets) },
      now: () => now,
      onError: (error) => {
        errors.push(error);
      },
    });
    const { headers = {}, query = '' } = prove(good);
    const delivery = { method: 'POST', path: `/reviews/posted?${query}`, headers, body: Buffer.from(body) };
    expect([name, (await receiver.receive(delivery)).status]).toEqual([name, 500]);
    expect(errors).toEqual([expect.any(TypeError)]);
    secrets[0] = good;
    expect([name, (await receiver.receive(delivery)).status]).toEqual([name, 200]);
  }
});

describe('public keys', () => {
  const signedBy = (by: typeof pair) =>
    request(body, { 'x-freshchat-signature': by.sign(Buffer.from(body)) }, now);
  const third = rsaPair();
  const label = (key: string) => key.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY');

  test.each([
    ['one behind the other', pair.spki + other.spki],
    ['as Freshchat labels them', label(pair.spki) + label(other.spki)],
    ['SPKI and PKCS#1', pair.spki + other.pkcs1],
    ['on one line, with spaces', (pair.spki + other.spki).replaceAll('\n', ' ')],
    ['on one line, with a literal \\n', (pair.spki + other.spki).replaceAll('\n', '\\n')],
    ['on one line, with nothing between', (pair.spki + other.spki).replaceAll('\n', '')],
    ['with empty lines around', `\n\n${pair.spki}\r\n\r\n${other.spki}\n`],
  ])('several in one text, %s: both work', (_, publicKeys) => {
    const verify = freshchatSignature({ publicKeys });
    expect(verify(signedBy(pair))).toEqual({ ok: true, credential: 0 });
    expect(verify(signedBy(other))).toEqual({ ok: true, credential: 1 });
    expect(verify(signedBy(third))).toMatchObject({ ok: false });
  });

  test('several in several texts count one by one', () => {
    const verify = freshchatSignature({ publicKeys: [pair.spki + other.spki, third.spki] });
    expect(verify(signedBy(third))).toEqual({ ok: true, credential: 2 });
  });
});

describe('a minimum of bytes for Standard Webhooks', () => {
  test.each([
    [base64(24), undefined, true],
    [base64(23), 23, true],
    [base64(16), 16, true],
    [base64(15), 16, false],
    ['whsec_', 0, false],
    [base64(32), Number.NaN, false],
  ])('%j with a minimum of %j', (secrets, minKeyBytes, isTaken) => {
    const make = () => standardWebhooks({ secrets, minKeyBytes });
    if (isTaken) expect(make).not.toThrow();
    else expect(make).toThrow(TypeError);
  });
});

describe('names', () => {
  test.each(['', ' ', 'x y', 'x:', 'x\r\ny', 'ü', undefined, null])('%j is no header', (header) => {
    expect(() => hmacSignature({ header: header as string, secrets: text })).toThrow(TypeError);
    if (typeof header === 'string') expect(() => staticHeaders({ [header]: text })).toThrow(TypeError);
  });
});

describe('queryParameter', () => {
  const verify = queryParameter({ key: ['new', 'a+b/c==', 'ü &='] });

  test.each([
    ['key=new', 0],
    ['x=1&key=new&y', 0],
    ['%6Bey=n%65w', 0],
    ['key=a+b/c==', 1],
    ['key=a%2Bb%2Fc%3D%3D', 1],
    ['key=%C3%BC+%26%3D', 2],
    ['key=%C3%BC%20%26%3D', 2],
    ['', undefined],
    ['key', undefined],
    ['key=', undefined],
    ['key=old', undefined],
    ['key=new ', undefined],
    ['KEY=new', undefined],
    ['key[]=new', undefined],
    ['key=new%', undefined],
    ['key=%FF', undefined],
    ['key=new#', undefined],
    ['new', undefined],
  ])('%j', async (query, credential) => {
    const verdict = await verify(request(body, {}, now, query));
    expect(verdict).toEqual(
      credential === undefined
        ? { ok: false, reason: expect.any(String) as unknown }
        : { ok: true, credential },
    );
  });

  test('a repeated parameter is refused, in every spelling', async () => {
    for (const query of ['key=new&key=new', 'key=new&key=', 'key&key=new', 'key=new&x&%6Bey=new'])
      expect([query, await verify(request(body, {}, now, query))]).toEqual([
        query,
        { ok: false, reason: expect.any(String) as unknown },
      ]);
  });

  test('wants every parameter, and at least one', async () => {
    const both = queryParameter({ key: 'k', secret: 's' });
    expect(await both(request(body, {}, now, 'secret=s&key=k'))).toEqual({ ok: true, credential: 0 });
    expect(await both(request(body, {}, now, 'key=k'))).toMatchObject({ ok: false });
    expect(() => queryParameter({})).toThrow(TypeError);
  });
});

describe('the query is shown to nobody', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ['accepted', 'SECRET-OF-OURS', '{}'],
    ['refused', 'VALUE-OF-THEIRS', '{}'],
    ['no JSON', 'SECRET-OF-OURS', '{'],
    ['a check that fails', 'FAILS', '{}'],
  ])('of a delivery that is %s', async (_, key, sent) => {
    const written: unknown[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...words) => written.push(words));
    const fails = () => {
      throw new Error('vault');
    };
    const receiver = createReceiver({
      handlers: ignoringRest({}),
      verify: {
        shop: dangerouslyUnverified(),
        reviews: queryParameter({ key: key === 'FAILS' ? fails : 'SECRET-OF-OURS' }),
      },
    });
    const path = `/reviews/posted?key=${key}`;
    const answer = await receiver.receive({ method: 'POST', path, headers: {}, body: Buffer.from(sent) });
    expect(JSON.stringify([answer, written])).not.toMatch(/SECRET-OF-OURS|VALUE-OF-THEIRS|FAILS|key=/);
  });
});

describe('allOf', () => {
  const yes = staticHeaders({ a: '1' });
  const fails: Verifier = () => {
    throw new Error('down');
  };
  const verify = allOf(staticHeaders({ a: ['0', '1'] }), hmacSignature({ header: 'b', secrets: 's' }));
  const b = hmac('s', body);

  test.each<[Record<string, string>, object]>([
    [
      { a: '1', b },
      { ok: true, credential: 1 },
    ],
    [{ a: '1' }, { ok: false }],
    [{ b }, { ok: false }],
    [{ a: '2', b }, { ok: false }],
    [{ a: '1', b: hmac('t', body) }, { ok: false }],
    [{}, { ok: false }],
  ])('accepts what all of its schemes accept: %j', async (headers, verdict) => {
    expect(await verify(request(body, headers))).toMatchObject(verdict);
  });

  test('a scheme that fails is no acceptance, and no refusal where no other refuses', async () => {
    expect(await allOf(yes, fails)(request(body, { a: '1' }))).toMatchObject({
      ok: false,
      error: new Error('down'),
    });
    expect(await allOf(fails, yes)(request(body, { a: '2' }))).not.toHaveProperty('error');
  });

  test('asks every scheme, whatever the others say', async () => {
    const asked: number[] = [];
    const refuses =
      (at: number): Verifier =>
      () => {
        asked.push(at);
        return { ok: false, reason: 'no' };
      };
    expect(await allOf(refuses(0), refuses(1), refuses(2))(request(body, {}))).toMatchObject({ ok: false });
    expect(asked).toEqual([0, 1, 2]);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['true', true],
    ['a yes that is a word', { ok: 'yes' }],
    ['a yes that is 1', { ok: 1 }],
    ['an object', {}],
  ])('a verifier that returns %s accepts nothing', async (_, verdict) => {
    const odd = (() => verdict) as unknown as Verifier;
    for (const check of [allOf(odd), allOf(yes, odd), allOf(odd, yes), anyOf(odd)])
      expect(await check(request(body, { a: '1' }))).toMatchObject({
        ok: false,
        error: expect.any(TypeError) as unknown,
      });
    expect(await anyOf(odd, yes)(request(body, { a: '1' }))).toEqual({ ok: true, credential: 1 });
  });

  test('nests, wants at least one, and takes functions alone', async () => {
    const nested = anyOf(allOf(yes, staticHeaders({ c: '3' })), verify);
    expect(await nested(request(body, { a: '1', b }))).toEqual({ ok: true, credential: 1 });
    expect(await nested(request(body, { a: '1', c: '3' }))).toEqual({ ok: true, credential: 0 });
    expect(await nested(request(body, { a: '1' }))).toMatchObject({ ok: false });
    for (const combine of [allOf, anyOf]) {
      expect(() => combine()).toThrow(TypeError);
      expect(() => combine(yes, undefined as unknown as Verifier)).toThrow(TypeError);
    }
  });
});
