import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { receiver } from '../delivery/receiver.js';
import { serverOf } from '../delivery/server.js';
import { put, temporaryFolder } from '../output/tree.js';
import { sample } from '../sample.js';
import { runIn } from './command.js';
import { drives, driving } from './driving.js';

const secret = 'pass "word" ünd mehr';

beforeEach(() => {
  vi.stubEnv('FRESHDESK_PASSWORD', secret);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Printed {
  readonly [member: string]: unknown;
  readonly diagnostics: readonly { code: string; message: string; position?: object; frame?: string }[];
}

async function sending(folder: string, ...args: readonly string[]) {
  const { stdout, ...rest } = await runIn(folder, ['send', ...args, '--json']);
  return { ...rest, stdout, document: JSON.parse(stdout) as Printed };
}

test('a delivery is signed, taken and handled as a product’s own is', async () => {
  const { url, handled } = await receiver(({ basicAuth }) => ({
    freshdesk: basicAuth({ username: 'freshdesk', password: secret }),
  }));
  const args = ['freshdesk/ticket-created', '--to', url, '--secret-env', 'FRESHDESK_PASSWORD'];
  const set = [
    '--set',
    'freshdesk_webhook.ticket_id=42',
    '--set',
    '/freshdesk_webhook/ticket_subject=on fire',
  ];
  const { exitCode, stdout, stderr } = await runIn(temporaryFolder(), ['send', ...args, ...set]);
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '{"result":"handled"}\n' });
  expect(stderr).toMatch(
    /^POST \S+\/webhooks\/freshdesk\/ticket-created \(.*with credentials\)\n200 in [\d.]+ ms\n$/,
  );
  expect(handled).toMatchObject([
    { payload: { freshdesk_webhook: { ticket_id: 42, ticket_subject: 'on fire' } } },
  ]);
  const form = await sending(temporaryFolder(), ...args, ...set, '--form');
  expect(form.document).toMatchObject({
    ok: true,
    status: 200,
    signed: true,
    answer: { body: '{"result":"handled"}' },
  });
  expect(handled).toMatchObject([
    {},
    { payload: { freshdesk_webhook: { ticket_id: '42', ticket_subject: 'on fire' } } },
  ]);
});

test('what a receiver finds wrong is found in the file that was sent', async () => {
  const { url } = await receiver();
  const folder = temporaryFolder();
  put(folder, {
    'body.json': '{\n  "freshdesk_webhook": {\n    "ticket_id": true,\n    "ticket_tags": 7\n  }\n}\n',
  });
  const { exitCode, document } = await sending(
    folder,
    'freshdesk/ticket-created',
    '--to',
    url,
    '--body',
    'body.json',
  );
  expect(exitCode).toBe(1);
  const [note, ...issues] = document.diagnostics;
  expect(note).toMatchObject({ code: 'payload-not-valid', severity: 'info' });
  expect(issues[0]).toMatchObject({
    code: 'delivery-issue',
    position: { file: 'body.json', line: 3, column: 18 },
    frame: expect.stringContaining('"ticket_id": true') as string,
  });
  // A sample that was changed is laid out for it.
  const changed = await sending(
    folder,
    'freshdesk/ticket-created',
    '--to',
    url,
    '--set',
    'freshdesk_webhook.ticket_id=true',
  );
  expect(changed.document.diagnostics.at(-1)).toMatchObject({
    position: { file: 'freshdesk/ticket-created', column: expect.any(Number) as number },
    frame: expect.stringMatching(/> +\d+ \| +"ticket_id": true/) as string,
  });
});

test('a body goes out byte for byte, and what is no JSON too', async () => {
  const { url, arrived } = await serverOf((_, response) => void response.end());
  const folder = temporaryFolder();
  const text = '\ufeff{ "freshdesk_webhook" : {"ticket_id": {{ticket.id}} } }\r\n';
  put(folder, { 'broken.json': text });
  const { exitCode, document } = await sending(
    folder,
    'freshdesk/ticket-created',
    '--to',
    url.href,
    '--body',
    'broken.json',
  );
  expect(exitCode).toBe(0);
  expect(arrived[0]?.body.toString()).toBe(text);
  expect(document.diagnostics).toMatchObject([
    { code: 'payload-not-valid', message: expect.stringContaining('not JSON') as string },
  ]);
});

test('what was exported is sent with the content type that it came with', async () => {
  const { url, arrived } = await serverOf((_, response) => void response.end());
  const folder = temporaryFolder();
  put(folder, {
    'a.urlencoded.txt': 'freshdesk_webhook[ticket_id]=1',
    'a.headers.json': JSON.stringify({
      headers: [
        ['CONTENT-TYPE', 'application/x-www-form-urlencoded'],
        ['X-Old', '1'],
      ],
    }),
  });
  const { exitCode, stderr } = await sending(
    folder,
    'freshdesk/ticket-created',
    '--to',
    url.href,
    '--body',
    'a.urlencoded.txt',
  );
  expect(exitCode, stderr).toBe(0);
  expect(arrived[0]?.headers).toContainEqual(['Content-Type', 'application/x-www-form-urlencoded']);
  expect(arrived[0]?.headers.map(([name]) => name)).not.toContain('X-Old');
});

describe('where it goes', () => {
  test.each([
    ['', [], '/freshdesk/ticket-created'],
    ['/', [], '/freshdesk/ticket-created'],
    ['/webhooks/', [], '/webhooks/freshdesk/ticket-created'],
    ['/hooks/freshdesk/ticket-created?a=b', [], '/hooks/freshdesk/ticket-created?a=b'],
    ['/hooks/1', ['--as-is'], '/hooks/1'],
    ['/hooks/1#fragment', ['--as-is', '--scheme', 'query:key', '--secret-env', 'PLAIN'], '/hooks/1?key=abc'],
    ['/?a=b', ['--scheme', 'query:key', '--secret-env', 'PLAIN'], '/freshdesk/ticket-created?a=b&key=abc'],
  ])('%j %j', async (path, args, expected) => {
    vi.stubEnv('PLAIN', 'abc');
    const { url, arrived } = await serverOf((_, response) => void response.end());
    const { document } = await sending(
      temporaryFolder(),
      'freshdesk/ticket-created',
      '--to',
      `${url.origin}${path}`,
      ...args,
    );
    expect(arrived[0]?.path).toBe(expected);
    expect(document['url']).toBe(`${url.origin}${expected.replace('key=abc', 'key=…')}`);
  });

  test('payloads that say what they are go to the path of their product too', async () => {
    const { url, arrived } = await serverOf((_, response) => void response.end());
    for (const path of ['/webhooks/freshchat', '/webhooks'])
      await runIn(temporaryFolder(), ['send', 'freshchat/message-create', '--to', `${url.origin}${path}`]);
    expect(arrived.map(({ path }) => path)).toEqual([
      '/webhooks/freshchat',
      '/webhooks/freshchat/message-create',
    ]);
  });
});

describe('only 200 is success', () => {
  test.each([
    [200, 0, ''],
    [201, 1, 'answered 201'],
    [204, 1, 'answered 204'],
    [302, 1, 'a redirect, which is not followed'],
    [401, 1, 'carried no credentials'],
    [404, 1, 'it has nothing at /freshdesk/ticket-created'],
    [500, 1, 'answered 500'],
  ])('%i exits with %i', async (status, code, said) => {
    const { url, arrived } = await serverOf((_, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    const { exitCode, document } = await sending(
      temporaryFolder(),
      'freshdesk/ticket-created',
      '--to',
      url.href,
    );
    expect(exitCode).toBe(code);
    expect(arrived).toHaveLength(1);
    expect(document.diagnostics.map(({ message }) => message).join()).toContain(said);
  });
});

test('what a server answers drives no terminal and no log, and shows no secret', async () => {
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  const { url } = await serverOf(({ headers }, response) => {
    const issues = [
      { message: `${driving} ${secret}`, path: ['freshdesk_webhook', driving] },
      { message: 1 },
      null,
    ];
    response.writeHead(status, { 'x-echo': 'a' });
    response.end(
      status === 422
        ? JSON.stringify({ issues })
        : `${driving}\n${JSON.stringify(headers)}\n${JSON.stringify(secret)}`,
    );
  });
  let status = 500;
  const basic = Buffer.from(`freshdesk:${secret}`).toString('base64');
  for (status of [422, 500, 200])
    for (const json of [[], ['--json']]) {
      const args = [
        'freshdesk/ticket-created',
        '--to',
        url.href,
        '--secret-env',
        'FRESHDESK_PASSWORD',
        ...json,
      ];
      const { stdout, stderr } = await runIn(temporaryFolder(), ['send', ...args]);
      expect(drives(stdout + stderr)).toEqual([]);
      for (const each of [secret, basic, JSON.stringify(secret).slice(1, -1)])
        expect(stdout + stderr).not.toContain(each);
    }
});

describe('what the environment gave is not shown, in whatever an answer repeats', () => {
  const held = 'tok_en-1/2+3=é';
  type Carrier = readonly [carrier: string, args: readonly string[]];
  const carriers: readonly Carrier[] = [
    ['Basic', ['--secret-env', 'HELD', '--username', 'ann']],
    ['a query', ['--scheme', 'query:key', '--secret-env', 'HELD']],
    ['a header behind a scheme', ['--header', 'Authorization: Token ${HELD}']],
    ['a header of a list', ['--header', 'Authorization: Digest a="1", token="${HELD}"']],
    ['a header that sounds like nothing', ['--header', 'X-Acme: ${HELD}']],
  ];
  /** What an answer does with the value and with the request as it came. */
  const echoes: readonly (readonly [string, number, (request: string) => string])[] = [
    ['a text', 500, (request) => `${request} ${held}`],
    ['JSON', 200, () => JSON.stringify({ held })],
    ['JSON of ASCII alone', 500, () => JSON.stringify({ held }).replace('é', '\\u00e9').replace('/', '\\/')],
    ['an address', 404, () => `/a?b=${encodeURIComponent(held)}`],
    ['a message', 422, () => JSON.stringify({ issues: [{ message: `not ${held}`, path: [] }] })],
    [
      'a message that is cut',
      422,
      () => JSON.stringify({ issues: [{ message: `${'x'.repeat(290)}${held}`, path: [] }] }),
    ],
    ['a path', 422, () => JSON.stringify({ issues: [{ message: 'no', path: ['a', held] }] })],
    ['an answer that is cut', 500, () => `${'x'.repeat(64 * 1024 - 10)}${held}${held}`],
  ];
  test.each(
    sample(
      carriers.flatMap(([carrier, args]) => echoes.map((echo) => [carrier, ...echo, args] as const)),
      8,
    ),
  )('%s, in %s', async (_, _form, status, echo, args) => {
    vi.stubEnv('HELD', held);
    const { url } = await serverOf(({ headers, path }, response) => {
      response.writeHead(status).end(echo(JSON.stringify([path, headers])));
    });
    for (const json of [[], ['--json']]) {
      const { stdout, stderr } = await runIn(temporaryFolder(), [
        'send',
        'freshdesk/ticket-created',
        '--to',
        url.href,
        ...args,
        ...json,
      ]);
      expect(stdout + stderr).not.toMatch(/tok_en|YW5uOnRva19lb/);
      expect(stdout + stderr).toContain('…');
    }
  });
});

describe('is refused', () => {
  const to = ['--to', 'http://127.0.0.1:9'];
  const event = 'freshdesk/ticket-created';
  const rows: readonly (readonly [code: string, message: string, args: readonly string[]])[] = [
    ['event-missing', 'whatsapp/outbound-message', []],
    ['event-unknown', 'The nearest is `freshdesk/ticket-created`', ['freshdesk/ticket-craeted', ...to]],
    ['target-invalid', 'Nothing says where', [event]],
    ['target-invalid', 'begins with', [event, '--to', 'localhost:3000']],
    ['target-invalid', 'begins with', [event, '--to', 'file:///etc/passwd']],
    ['target-invalid', 'user name or a password', [event, '--to', 'http://a:s3cret@localhost']],
    ['target-invalid', 'in its query', [event, '--to', 'http://localhost/?token=s3cret']],
    ['variable-missing', 'names `NOT_THERE`', [event, ...to, '--secret-env', 'NOT_THERE']],
    ['variable-missing', 'names a variable', [event, ...to, '--secret-env', 'whsec_s3cret']],
    [
      'secret-missing',
      'nothing gives the secret',
      [event, ...to, '--scheme', 'freshdesk=basic', '--secret-env', 'freshchat=FRESHDESK_PASSWORD'],
    ],
    ['secret-on-command-line', 'Authorization', [event, ...to, '--header', 'Authorization: Bearer s3cret']],
    ['secret-on-command-line', 'x-api-key', [event, ...to, '--header', 'x-api-key: s3cret']],
    ['secret-on-command-line', 'X-Webhook-Token', [event, ...to, '--header', 'X-Webhook-Token: s3cret']],
    [
      'variable-missing',
      'names the variable `NOT_THERE`',
      [event, ...to, '--header', 'Cookie: a=${NOT_THERE}'],
    ],
    ['header-invalid', 'no header', [event, ...to, '--header', 's3cret']],
    ['header-invalid', 'characters', [event, ...to, '--header', 'X-Note: ☃']],
    ['usage-value-invalid', 'is no product', [event, ...to, '--secret-env', 's3cret=FRESHDESK_PASSWORD']],
    ['usage-value-invalid', '`--secret-env` takes', [event, ...to, '--secret-env', 's3cret=']],
    ['usage-value-invalid', '`nope` is no product', [event, ...to, '--secret-env', 'nope=X']],
    ['usage-value-invalid', '`nope` is no product', [event, ...to, '--scheme', 'nope=hmac:X-Sign']],
    [
      'credentials-undecided',
      '`standard-webhooks`',
      [event, ...to, '--secret-env', 'FRESHDESK_PASSWORD', '--scheme', 's3cret'],
    ],
    [
      'credentials-undecided',
      '--scheme helpdesk=',
      ['helpdesk/ticket.created', ...to, '--secret-env', 'FRESHDESK_PASSWORD'],
    ],
    [
      'credentials-invalid',
      'signed by RSA',
      ['freshchat/message-create', ...to, '--secret-env', 'FRESHDESK_PASSWORD'],
    ],
    ['credentials-invalid', 'by a secret, not by a key', [event, ...to, '--key', 'key.pem']],
    ['credentials-invalid', 'cannot be read', [event, ...to, '--key', 'none.pem']],
    ['credentials-invalid', 'not an RSA private key', [event, ...to, '--key', 'bad.pem']],
    ...['public.pem', 'bad.json'].map(
      (file) =>
        [
          'credentials-invalid',
          '`--key` is none',
          ['freshchat/message-create', ...to, '--key', file],
        ] as const,
    ),
    [
      'credentials-invalid',
      'the file of `--key`, is an RSA key of fewer than 2048 bits',
      ['freshchat/message-create', ...to, '--key', 'short.pem'],
    ],
    [
      'credentials-invalid',
      'not base64',
      [event, ...to, '--secret-env', 'FRESHDESK_PASSWORD', '--scheme', 'standard-webhooks'],
    ],
    [
      'credentials-invalid',
      'no colon',
      [event, ...to, '--secret-env', 'FRESHDESK_PASSWORD', '--username', 'a:b'],
    ],
    ['body-invalid', 'it is not there', [event, ...to, '--body', 'none.json']],
    ['body-invalid', 'a folder', [event, ...to, '--body', 'folder']],
    ['body-invalid', 'not JSON', [event, ...to, '--body', 'bad.pem', '--set', 'a=1']],
    ['body-invalid', 'holds headers', [event, ...to, '--body', 'x.headers.json']],
    ['body-invalid', 'does not hold the headers', [event, ...to, '--body', 'x.json']],
    ['body-invalid', 'takes a path', [event, ...to, '--set', 'a']],
    [
      'body-invalid',
      'leads through a string',
      [event, ...to, '--set', 'freshdesk_webhook.ticket_subject.a=1'],
    ],
    ['body-invalid', 'Only an object', [event, ...to, '--form', '--body', 'list.json']],
    ['usage-value-invalid', '`--timeout`', [event, ...to, '--timeout', 'soon']],
    ['usage-option-unknown', '--secret', [event, ...to, '--secret=s3cret']],
  ];
  test.each(sample(rows, 14))('%s: %s %j', async (code, message, args) => {
    const folder = temporaryFolder();
    const key = '-----BEGIN PRIVATE KEY-----s3cret-----END PRIVATE KEY-----';
    put(folder, {
      'bad.pem': key,
      'x.headers.json': '{"headers":[["s3cret"]]}',
      'x.json': '{}',
      'list.json': '[1]',
    });
    const pair = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
    put(folder, {
      'public.pem': pair(2048).publicKey.export({ type: 'spki', format: 'pem' }),
      'short.pem': pair(1024).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      'bad.json': '{}',
    });
    put(folder, { 'key.pem': '-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----' });
    mkdirSync(join(folder, 'folder'));
    const { exitCode, stderr, stdout, document } = await sending(folder, ...args);
    expect(document.diagnostics[0], stdout + stderr).toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain('s3cret');
    expect(stdout + stderr).not.toContain(secret);
  });
});

test.each([
  ['http://127.0.0.1:9', 'refused', 'nothing listens at 127.0.0.1:9'],
  ['http://name.invalid', 'dns', 'there is no host'],
])('%s: that nobody answers is told in plain words', async (to, failure, reason) => {
  const { exitCode, document } = await sending(temporaryFolder(), 'freshdesk/ticket-created', '--to', to);
  expect(exitCode).toBe(1);
  expect(document).toMatchObject({ failure, reason: expect.stringContaining(reason) as string });
  expect(document.diagnostics).toMatchObject([{ code: 'delivery-failed' }]);
});

test('help says what a user has to know', async () => {
  const { stdout } = await runIn(temporaryFolder(), ['send', '--help']);
  for (const words of ['--secret-env', 'Only 200 is success']) expect(stdout).toContain(words);
  expect(readFileSync(join(import.meta.dirname, '../../src/cli/program.ts'), 'utf8')).not.toMatch(
    /^import .*send\.js/m,
  );
});
