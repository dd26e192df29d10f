import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/app/dev/export.js';
import { credentials } from '../../src/delivery/credentials.js';
import type { Header } from '../../src/delivery/headers.js';
import { serverOf } from '../delivery/server.js';
import { capture } from '../store/capture.js';
import { raw, running, sharedKit } from './dev.js';

const hidden = /hidden-\d|YW5uOmhpZGRlb/;
const ours = { scheme: ['freshservice=header:X-Signature'], secretEnv: ['freshservice=SECRET'] };
const env = { SECRET: 'hidden-9' };

const deliveries: readonly (readonly [what: string, path: string, headers: readonly Header[]])[] = [
  ['Basic', '/a', [['Authorization', `Basic ${btoa('ann:hidden-1')}`]]],
  ['a token behind a word', '/a', [['X-Original-Authorization', 'Token hidden-1']]],
  ['a cookie', '/a', [['Cookie', 'a=1; b=hidden-1']]],
  ['a query', '/a?sid=hidden-1&b=1', []],
  ['an address in a header', '/a', [['X-Original-Url', 'http://ann:hidden-2@host/a?otp=hidden-1']]],
  ['an address that is asked for', 'http://ann:hidden-1@host/a?b=1', []],
  ['a secret that is called a signature', '/a', [['X-Signature', 'hidden-9']]],
];

test.each(deliveries)(
  'what a delivery came with is neither shown, copied nor exported: %s',
  async (_, path, headers) => {
    const app = await serverOf((arrived, response) => {
      response.setHeader('X-Echo', encodeURIComponent('hidden-1'.repeat(headers.length)));
      response.end(JSON.stringify([arrived, 'hidden-1']));
    });
    const one = await running({ forward: app.url.href, credentials: ours, env });
    await raw(one.dev.endpoint, {
      path,
      headers: [['X-Token', 'hidden-1'], ['X-Key', 'hidden-2'], ...headers],
      body: '{}',
    });
    await expect.poll(() => one.seen).toHaveLength(1);
    const { id } = one.seen[0]!;
    const shown = [await one.list(), await one.detail(id), await one.ask('GET', `deliveries/${id}/curl`)];
    expect(JSON.stringify(shown)).not.toMatch(hidden);
    expect(JSON.stringify(shown)).toContain('…');

    const known = await credentials(await sharedKit(), ours, { env, cwd: '.' });
    const { path: left, headers: kept } = withoutSecrets(capture({ path, headers }), known);
    expect(JSON.stringify([left, kept])).not.toMatch(hidden);
    // It is read again, and a header has no other characters.
    expect(JSON.stringify(kept)).not.toContain('…');
  },
);

test.each([
  ['alone', []],
  ['with a secret of the flags', [['X-Signature', 'hidden-9']] as const],
])('a kept answer that is cut shows no beginning of a secret: %s', async (_, headers) => {
  const app = await serverOf((arrived, response) => {
    const token = arrived.headers.find(([name]) => /x-token|x-signature/i.test(name))![1];
    response.end(`${'x'.repeat(64 * 1024 - token.length + 1)}${token} and more`);
  });
  const one = await running({ forward: app.url.href, credentials: ours, env });
  await raw(one.dev.endpoint, {
    headers: headers.length > 0 ? headers : [['X-Token', 'hidden-1']],
    body: '{}',
  });
  await expect.poll(() => one.seen).toHaveLength(1);
  const { answer } = await one.detail(one.seen[0]!.id);
  expect(answer!.body).toMatch(/x…$/);
});
