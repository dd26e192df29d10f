import { beforeAll, expect, test } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import { credentials, type Credentials } from '../../src/delivery/credentials.js';
import { soundsSecret } from '../../src/delivery/headers.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';

let kit: LiveKit;
beforeAll(async () => {
  kit = await loadKit();
});

const of = (flags: Parameters<typeof credentials>[1]): Promise<Credentials> =>
  credentials(kit, flags, { env: { SECRET: 'a-secret' }, cwd: '.' });

test.each([
  ['X-Authorization', true],
  ['X-Original-Authorization', true],
  ['Authentication', true],
  ['Cf-Access-Jwt-Assertion', true],
  ['X-Pwd', true],
  ['X-Session-Id', true],
  ['jwt', true],
  ['pwd', true],
  ['otp', true],
  ['sid', true],
  ['sig', true],
  ['Content-Type', false],
  ['User-Agent', false],
  ['X-Author', false],
  ['X-Request-Id', false],
  ['side', false],
  ['design', false],
  ['spine', false],
])('%s carries a credential by its name: %s', (name, expected) => {
  expect(soundsSecret(name)).toBe(expected);
  expect(soundsSecret(name.toLowerCase())).toBe(expected);
});

test.each([
  [[], 'X-Hub-Signature-256', false],
  [[], 'X-Webhook-Signature-Token', true],
  [[], 'Authorization', true],
  [['freshservice=header:X-Signature'], 'x-signature', true],
  [['freshservice=query:signature'], 'signature', true],
  [['freshservice=hmac:X-Signature'], 'X-Signature', false],
  [['freshservice=hmac:X-Signed-Key'], 'X-Signed-Key', false],
  [['freshservice=hmac:Authorization'], 'Authorization', true],
  [['freshservice=hmac:X-Signature', 'freshdesk=header:X-Signature'], 'X-Signature', true],
])('with %j, %s holds a secret: %s', async (scheme, name, expected) => {
  const products = scheme.map((each) => each.split('=')[0]!);
  const known = await of({ scheme, secretEnv: products.map((product) => `${product}=SECRET`) });
  expect(known.isSecret(name)).toBe(expected);
});

test.each([
  ['/a?b=1&key=x&c=2#d', '/a?b=1&key=…&c=2#d'],
  ['/a?to%6ben=x', '/a?to%6ben=…'],
  ['http://user:pw@host/a?b=1', 'http://…@host/a?b=1'],
  ['https://user@x:pw@host?sid=1', 'https://…@host?sid=…'],
  ['/mail/a@b', '/mail/a@b'],
])('%s is shown as %s', async (path, shown) => {
  expect((await of({})).hiddenPath(path)).toBe(shown);
});

test.each([
  ['secret-1 and secret-1', false, '… and …'],
  ['secret-1secret-12', false, '…2'],
  ['xsecret-1-and-more-x', false, 'x…x'],
  ['ends in secret', false, 'ends in secret'],
  ['ends in secret', true, 'ends in …'],
  ['ends in a whole secret-1', true, 'ends in a whole …'],
  ['ends in secret-1-and-mor', true, 'ends in …'],
  ['ends in a letter that is cut: secr\ufffd', true, 'ends in a letter that is cut: …'],
  ['ends well', true, 'ends well'],
  ['', true, ''],
])('%j, cut: %s, becomes %j', async (text, isCut, expected) => {
  const headers = [
    ['X-Token', 'secret-1'],
    ['X-Key', 'secret-1-and-more-'],
  ] as const;
  expect((await of({})).redaction({ headers, path: '/' })(text, isCut)).toBe(expected);
});
