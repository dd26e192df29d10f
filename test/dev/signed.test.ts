import { mkdtempSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CredentialFlags } from '../../src/delivery/credentials.js';
import { compose } from '../../src/delivery/compose.js';
import { credentials } from '../../src/delivery/credentials.js';
import { receiver } from '../delivery/receiver.js';
import { serverOf } from '../delivery/server.js';
import { raw, running, sharedKit } from './dev.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const cwd = mkdtempSync(join(tmpdir(), 'keys-'));
writeFileSync(join(cwd, 'key.pem'), privateKey);
const secret = 'a secret: with = & % "signs" and ä';
const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const env = { SECRET: secret, WEBHOOK_SECRET: webhookSecret, TOKEN: 'tok_en-1/2+3=' };
const products = ['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'];

type Kit = Parameters<NonNullable<Parameters<typeof receiver>[0]>>[0];

test.each<[string, CredentialFlags, (kit: Kit) => unknown]>([
  [
    'basic',
    { secretEnv: ['SECRET'], username: ['ann'] },
    ({ basicAuth }) => basicAuth({ username: 'ann', password: secret }),
  ],
  [
    'bearer',
    { secretEnv: ['TOKEN'] },
    ({ staticHeaders }) => staticHeaders({ authorization: `Bearer ${env.TOKEN}` }),
  ],
  [
    'header:X-FD-Secret',
    { secretEnv: ['TOKEN'] },
    ({ staticHeaders }) => staticHeaders({ 'x-fd-secret': env.TOKEN }),
  ],
  ['query:key', { secretEnv: ['SECRET'] }, ({ queryParameter }) => queryParameter({ key: secret })],
  [
    'hmac:X-Freshworks-Signature',
    { secretEnv: ['SECRET'] },
    ({ hmacSignature }) => hmacSignature({ header: 'X-Freshworks-Signature', secrets: secret }),
  ],
  [
    'hmac:X-Signed:base64',
    { secretEnv: ['SECRET'] },
    ({ hmacSignature }) => hmacSignature({ header: 'X-Signed', secrets: secret, encoding: 'base64' }),
  ],
  [
    'rsa:X-Freshchat-Signature',
    { key: ['key.pem'] },
    ({ freshchatSignature }) => freshchatSignature({ publicKeys: publicKey }),
  ],
  [
    'standard-webhooks',
    { secretEnv: ['WEBHOOK_SECRET'] },
    ({ standardWebhooks }) => standardWebhooks({ secrets: webhookSecret }),
  ],
])('every signed sample passes through to the check of the app: %s', async (scheme, flags, made) => {
  const kit = await sharedKit();
  const asked = { scheme: [scheme], ...flags };
  const signing = await credentials(kit, asked, { env, cwd });
  const app = await receiver((shipped) => {
    const verifier = made(shipped);
    return Object.fromEntries(products.map((product) => [product, verifier]));
  });
  const one = await running({ forward: app.url, credentials: asked, env, cwd });
  const wrong = await running({ forward: app.url });

  for (const { name } of kit.catalog.events) {
    const { url, headers, body } = compose(kit, signing, { event: name, to: new URL('http://example.com') });
    // As a sender may write it: what is signed are these bytes.
    const sent = { path: `${url.pathname}${url.search}`, headers, body };
    expect((await raw(one.dev.endpoint, sent)).status, name).toBe(200);
    const unsigned = { path: url.pathname, headers: headers.slice(0, 1), body };
    expect((await raw(wrong.dev.endpoint, unsigned)).status, name).toBe(401);
  }
  const list = await one.list();
  expect(list).toHaveLength(14);
  expect(list.filter(({ authenticity, outcome }) => authenticity !== 'authentic' || !outcome)).toEqual([]);

  // Sent again from the page: the same bytes, and what is edited is signed anew.
  const { id } = list[0]!;
  await one.ask('POST', `deliveries/${id}/replay`);
  await one.ask('POST', 'send', { of: id, body: (await one.detail(id)).text!.replace('{', '{ ') });
  await one.ask('POST', 'send', { event: 'freshdesk/ticket-created' });
  await expect
    .poll(async () =>
      (await one.list()).slice(0, 3).map(({ outcome }) => outcome && 'status' in outcome && outcome.status),
    )
    .toEqual([200, 200, 200]);

  // Nothing that the page is shown holds the secret.
  const shown = JSON.stringify([
    await one.list(),
    await one.detail(id),
    await one.ask('GET', `deliveries/${id}/curl`),
  ]);
  for (const value of Object.values(env))
    for (const form of [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      Buffer.from(`ann:${value}`).toString('base64'),
    ])
      expect(shown).not.toContain(form);
});

test('the headers of the user are sent with what is made here, for products without a secret too', async () => {
  const app = await serverOf((_, response) => void response.end());
  const one = await running({ forward: app.url.href, credentials: { header: ['X-Own: 1'] } });
  await one.ask('POST', 'send', { event: 'freshdesk/ticket-created' });
  await raw(one.dev.endpoint, { path: '/hooks/%7E?a=%7e', headers: [['x-own', '0']], body: '{}' });
  const came = (await one.list()).find(({ path }) => path.startsWith('/hooks'))!;
  await one.ask('POST', 'send', { of: came.id, body: '{ }' });
  await expect.poll(() => app.arrived).toHaveLength(3);
  const own = app.arrived.map(({ headers }) => headers.filter(([name]) => /^x-own$/i.test(name)));
  expect(own).toEqual([[['X-Own', '1']], [['x-own', '0']], [['X-Own', '1']]]);
  expect(app.arrived[2]).toMatchObject({ path: '/hooks/%7E?a=%7e' });
});
