import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import { compose } from '../../src/delivery/compose.js';
import { credentials, type CredentialFlags } from '../../src/delivery/credentials.js';
import { singleHeaders } from '../../src/delivery/headers.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';
import { post } from '../../src/delivery/post.js';
import { serverOf } from './server.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const secret = 'correct horse: "battery" / stäple'.normalize();
const token = 'tok_en-1/2+3=';
const webhookSecret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

const env = {
  SECRET: secret,
  TOKEN: token,
  WEBHOOK_SECRET: webhookSecret,
  PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
};

let kit: LiveKit;
let folder: string;
beforeAll(async () => {
  kit = await loadKit();
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  writeFileSync(join(folder, 'key.pem'), privateKey);
  writeFileSync(join(folder, 'one-line.pem'), privateKey.replaceAll('\n', ' '));
});

type Verifier = ReturnType<LiveKit['signatures']['basicAuth']>;
type Row = readonly [
  product: string,
  what: string,
  CredentialFlags,
  (made: LiveKit['signatures']) => Verifier,
];

const anyProduct = ['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'];

/** What the documents offer, and what is checked at the receiver: made by hand, with the kit's own functions. */
const documented: readonly Row[] = [
  ...['freshdesk', 'freshservice'].flatMap((product): Row[] => [
    [
      product,
      'Basic, with the name of the product',
      { secretEnv: ['SECRET'] },
      ({ basicAuth }) => basicAuth({ username: product, password: secret }),
    ],
    [
      product,
      'Basic, with a name',
      { secretEnv: [`${product}=SECRET`], username: [`${product}=ann`] },
      ({ basicAuth }) => basicAuth({ username: 'ann', password: secret }),
    ],
  ]),
  [
    'freshchat',
    'RSA, by a file',
    { key: ['key.pem'] },
    ({ freshchatSignature }) => freshchatSignature({ publicKeys: publicKey }),
  ],
  [
    'freshchat',
    'RSA, by a file of one line',
    { key: ['freshchat=one-line.pem'] },
    ({ freshchatSignature }) => freshchatSignature({ publicKeys: publicKey }),
  ],
  [
    'freshchat',
    'RSA, by a variable',
    { secretEnv: ['PRIVATE_KEY'] },
    ({ freshchatSignature }) => freshchatSignature({ publicKeys: publicKey }),
  ],
  [
    'whatsapp',
    'a bearer token',
    { secretEnv: ['TOKEN'] },
    ({ staticHeaders }) => staticHeaders({ authorization: `Bearer ${token}` }),
  ],
];

/** What `--scheme` says, for every product. */
const said: readonly Row[] = anyProduct.flatMap((product): Row[] => [
  [
    product,
    'basic',
    { scheme: ['basic'], secretEnv: ['SECRET'] },
    ({ basicAuth }) => basicAuth({ username: product, password: secret }),
  ],
  [
    product,
    'bearer',
    { scheme: ['bearer'], secretEnv: ['TOKEN'] },
    ({ staticHeaders }) => staticHeaders({ authorization: `Bearer ${token}` }),
  ],
  [
    product,
    'hmac',
    { scheme: [`${product}=hmac:X-Freshworks-Signature`], secretEnv: ['SECRET'] },
    ({ freshworksSignature }) => freshworksSignature({ secrets: secret }),
  ],
  [
    product,
    'hmac in base64',
    { scheme: ['hmac:X-Hub:base64'], secretEnv: ['SECRET'] },
    ({ hmacSignature }) => hmacSignature({ header: 'x-hub', secrets: secret, encoding: 'base64' }),
  ],
  [
    product,
    'rsa',
    { scheme: ['rsa:X-Signed'], key: ['key.pem'] },
    ({ rsaSignature }) => rsaSignature({ header: 'x-signed', publicKeys: publicKey }),
  ],
  [
    product,
    'rsa in hex',
    { scheme: ['rsa:X-Signed:hex'], key: ['key.pem'] },
    ({ rsaSignature }) => rsaSignature({ header: 'x-signed', publicKeys: publicKey, encoding: 'hex' }),
  ],
  [
    product,
    'standard-webhooks',
    { scheme: ['standard-webhooks'], secretEnv: ['WEBHOOK_SECRET'] },
    ({ standardWebhooks }) => standardWebhooks({ secrets: webhookSecret }),
  ],
  [
    product,
    'header',
    { scheme: ['header:X-Webhook-Token'], secretEnv: ['TOKEN'] },
    ({ staticHeaders }) => staticHeaders({ 'x-webhook-token': token }),
  ],
  [
    product,
    'query',
    { scheme: ['query:key'], secretEnv: ['SECRET'] },
    ({ queryParameter }) => queryParameter({ key: secret }),
  ],
  [
    product,
    'a header of one’s own',
    { header: ['X-Own: a-${TOKEN}'] },
    ({ staticHeaders }) => staticHeaders({ 'x-own': `a-${token}` }),
  ],
]);

describe('over HTTP, every sample passes the check of a receiver', () => {
  test.each([...documented, ...said])('%s: %s', async (product, what, flags, make) => {
    const verify = make(kit.signatures);
    const ours = await credentials(kit, flags, { env, cwd: folder, products: [product] });
    const wrong = {
      ...env,
      SECRET: 'wrong',
      TOKEN: 'wrong',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
    };
    const theirs = await credentials(kit, flags, { env: wrong, cwd: folder, products: [product] });
    const verdicts: unknown[] = [];
    const { url, arrived } = await serverOf(async (one, response) => {
      const { path, headers, body } = one;
      const query = path.split('?')[1] ?? '';
      const verdict = await verify({ headers: singleHeaders(headers), query, body, now: new Date() });
      verdicts.push(verdict.ok);
      response.writeHead(200).end();
    });
    for (const { name } of kit.catalog.events.filter((each) => each.product === product))
      for (const form of [false, true]) {
        const composed = compose(kit, ours, { event: name, to: url, form });
        expect(await post(composed)).toMatchObject({ status: 200 });
        const one = arrived.at(-1)!;
        expect(one.path.split('?')[0]).toBe(kit.pathOf(name));
        expect(one.body).toEqual(Buffer.from(composed.body));
        expect(verdicts.pop()).toBe(true);
        // What checks for `dev` says the same, and nothing is taken with another secret.
        const isChecked = ours.verifying.includes(product);
        expect(isChecked).toBe(what !== 'a header of one’s own');
        expect(await ours.verify(product, one)).toBe(isChecked ? 'authentic' : 'unchecked');
        if (isChecked && flags.key === undefined && !flags.secretEnv?.includes('PRIVATE_KEY'))
          expect(await theirs.verify(product, one)).toHaveProperty('refused');
        expect(await ours.verify(product, { ...one, headers: [], path: '/' })).toEqual(
          isChecked ? { refused: expect.any(String) as string } : 'unchecked',
        );
      }
  });
});

test('a public key verifies and signs nothing', async () => {
  const ours = await credentials(
    kit,
    { secretEnv: ['PUBLIC'] },
    { env: { PUBLIC: publicKey }, cwd: folder, products: ['freshchat'] },
  );
  expect([ours.signing, ours.verifying]).toEqual([[], ['freshchat']]);
  const theirs = await credentials(kit, { key: ['key.pem'] }, { env, cwd: folder, products: ['freshchat'] });
  const body = Buffer.from('{}');
  const { headers } = theirs.sign('freshchat', body);
  expect(await ours.verify('freshchat', { path: '/', headers, body })).toBe('authentic');
  expect(await ours.verify('freshchat', { path: '/', headers, body: Buffer.from('{ }') })).toHaveProperty(
    'refused',
  );
});

test('while one secret replaces another, the first signs and both are taken', async () => {
  const of = async (...secretEnv: string[]) =>
    credentials(
      kit,
      { secretEnv },
      { env: { NEW: 'new', OLD: 'old' }, cwd: folder, products: ['freshdesk'] },
    );
  const [both, old, current] = [await of('NEW', 'OLD'), await of('OLD'), await of('NEW')];
  const body = Buffer.from('{}');
  for (const each of [both, old, current])
    expect(
      await both.verify('freshdesk', { path: '/', body, headers: each.sign('freshdesk', body).headers }),
    ).toBe('authentic');
  expect(both.sign('freshdesk', body)).toEqual(current.sign('freshdesk', body));
});
