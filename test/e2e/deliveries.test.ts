import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from './compiler.js';
import { installed, newProject } from './project.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const helpdeskKey = randomBytes(24);
const secrets = {
  FRESHDESK_PASSWORD: 'pässword:with:colons',
  FRESHWORKS_SECRET: randomBytes(16).toString('hex'),
  FRESHSERVICE_TOKEN: randomBytes(16).toString('hex'),
  // As Freshchat's settings page shows it: an SPKI key under the label of another form.
  FRESHCHAT_PUBLIC_KEY: publicKey
    .export({ type: 'spki', format: 'pem' })
    .toString()
    .replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY'),
  HELPDESK_SIGNING_SECRET: `whsec_${helpdeskKey.toString('base64')}`,
  WHATSAPP_TOKEN: randomBytes(16).toString('hex'),
};

type Headers = Record<string, string>;

/** How each sender proves who it is, over the bytes it sends. */
const credentials: Readonly<Record<string, (body: Buffer) => Headers>> = {
  freshdesk: () => ({
    authorization: `Basic ${Buffer.from(`freshdesk:${secrets.FRESHDESK_PASSWORD}`).toString('base64')}`,
  }),
  'freshdesk, signing': (body) => ({
    'x-freshworks-signature': createHmac('sha256', secrets.FRESHWORKS_SECRET).update(body).digest('hex'),
  }),
  freshservice: () => ({ 'X-Webhook-Token': secrets.FRESHSERVICE_TOKEN }),
  freshchat: (body) => ({ 'X-Freshchat-Signature': sign('sha256', body, privateKey).toString('base64') }),
  helpdesk: (body) => {
    const [id, timestamp] = ['msg_1', String(Math.floor(Date.now() / 1000))];
    const mac = createHmac('sha256', helpdeskKey).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
  },
  whatsapp: () => ({ Authorization: `Bearer ${secrets.WHATSAPP_TOKEN}` }),
};
const senders = Object.keys(credentials);
const productOf = (sender: string) => sender.replace(/,.*/, '');

/** The sample payloads that come with the package, and the event whose name each file's name starts with. */
const samples = readdirSync(join(installed, 'specs/samples'))
  .sort()
  .map((file) => ({
    file,
    event: file.replace(/^([a-z]+)-((?:ticket\.|[a-z]+-)[a-z]+).*$/, '$1/$2'),
    type: file.endsWith('.txt') ? 'application/x-www-form-urlencoded' : 'application/json',
    body: readFileSync(join(installed, 'specs/samples', file)),
  }));

let server: ChildProcess;
let port: number;
const printed: Record<string, unknown>[] = [];

beforeAll(async () => {
  const project = newProject();
  cpSync(join(import.meta.dirname, 'project/server.ts'), join(project, 'src/server.ts'));
  expect(compile(project)).toBe('');
  server = spawn(process.execPath, ['out/server.js'], {
    cwd: project,
    env: { ...process.env, ...secrets },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  port = await new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('the server ended')));
    createInterface({ input: server.stdout! }).on('line', (line) => {
      const told = JSON.parse(line) as Record<string, unknown>;
      if (typeof told['port'] === 'number') resolve(told['port']);
      else printed.push(told);
    });
  });
});

afterAll(() => {
  server.kill();
});

interface Answered {
  readonly status: number;
  readonly body: string;
  /** What the server printed meanwhile. */
  readonly told: readonly Record<string, unknown>[];
}

async function post(
  path: string,
  body: Buffer,
  headers: Headers,
  type = 'application/json',
): Promise<Answered> {
  printed.length = 0;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body,
  });
  const text = await response.text();
  // What it printed comes through a pipe, and the answer through a socket: whichever is first.
  for (let tries = 0; printed.length === 0 && tries < 20; tries++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return { status: response.status, body: text, told: [...printed] };
}

/** Sends a body with the credentials that it needs. */
function deliver(sender: string, path: string, body: Buffer | object, type?: string): Promise<Answered> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return post(path, bytes, credentials[sender]!(bytes), type);
}

function firstSample(product: string): { event: string; body: Buffer } {
  return samples.find(({ event, type }) => event.startsWith(`${product}/`) && type === 'application/json')!;
}

describe('every sample payload, signed by its sender', () => {
  const rows = senders.flatMap((sender) =>
    samples
      .filter(({ event }) => event.startsWith(`${productOf(sender)}/`))
      .map((sample) => [sender, sample.file, sample] as const),
  );

  test.each(rows)('%s: %s', async (sender, _, { event, body, type }) => {
    const { status, told } = await deliver(sender, `/webhooks/${event}`, body, type);
    expect({ status, told }).toMatchObject({
      status: 200,
      told: [{ handled: event, product: productOf(sender) }],
    });
  });

  test('there are samples of every product', () => {
    expect(new Set(rows.map(([sender]) => sender))).toEqual(new Set(senders));
  });
});

describe('a product whose payloads name the event', () => {
  test.each(['freshchat', 'helpdesk', 'whatsapp'])('takes all of them on one path: %s', async (product) => {
    for (const { event, body } of samples.filter((sample) => sample.event.startsWith(`${product}/`))) {
      expect(await deliver(product, `/webhooks/${product}`, body)).toMatchObject({
        status: 200,
        told: [{ handled: event }],
      });
    }
  });

  test.each([
    ['freshchat', { action: 'user_create' }, 'user_create'],
    ['helpdesk', { event: 'ticket.merged' }, 'ticket.merged'],
    ['whatsapp', { event_type: 'inbound_message_event' }, 'inbound_message_event'],
  ])('passes on an event that no document has: %s', async (product, body, unknown) => {
    expect(await deliver(product, `/webhooks/${product}`, body)).toMatchObject({
      status: 200,
      told: [{ unknown, product }],
    });
  });
});

describe.each(senders)('%s', (sender) => {
  const product = productOf(sender);
  const { event, body } = firstSample(product);
  const path = `/webhooks/${event}`;

  test('is refused without credentials, with wrong ones, and over other bytes', async () => {
    const right = credentials[sender]!(body);
    const wrong = Object.fromEntries(
      Object.entries(right).map(([name, value]) => [name, value.replace(/[\w+/]{4}(?==*$)/, 'AAAA')]),
    );
    expect(wrong).not.toEqual(right);
    const answers = [await post(path, body, {}), await post(path, body, wrong)];
    if (/signing|freshchat|helpdesk/.test(sender)) {
      answers.push(await post(path, Buffer.concat([body, Buffer.from(' ')]), right));
    }
    for (const { status, body: text, told } of answers) {
      expect({ status, told, text }).toEqual({ status: 401, told: [], text: '{"error":"unauthorized"}' });
    }
  });

  test.each([
    ['broken JSON', Buffer.from('{"a":'), 400],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['nothing', Buffer.alloc(0), 400],
    ['null', Buffer.from('null'), 422],
    ['a list', Buffer.from('[]'), 422],
  ])('signed: %s', async (_, bytes, status) => {
    expect(await deliver(sender, path, bytes)).toMatchObject({ status, told: [{ rejected: status, event }] });
  });
});

describe.each(['freshdesk', 'freshservice'])('what people choose in a rule of %s', (product) => {
  const body = JSON.stringify({ freshdesk_webhook: { ticket_subject: 'größer' } });
  const utf16 = Buffer.from(body, 'utf16le');
  test.each<[string, Buffer]>([
    ['text/plain', Buffer.from(body)],
    ['text/plain; charset=ISO-8859-1', Buffer.from(body, 'latin1')],
    ['text/json', Buffer.from(body)],
    ['application/json; charset=windows-1252', Buffer.from(body, 'latin1')],
    ['application/json; charset=UTF-16LE', utf16],
    ['application/json; charset=UTF-16BE', Buffer.from(utf16).swap16()],
    ['application/json', Buffer.concat([Uint8Array.of(0xff, 0xfe), utf16])],
  ])('%s', async (type, bytes) => {
    const event = `${product}/ticket-created`;
    expect(await deliver(product, `/webhooks/${event}`, bytes, type)).toMatchObject({
      status: 200,
      told: [{ handled: event }],
    });
  });
});

describe('a wrong shape is answered 422 with the path of what is wrong', () => {
  test.each([
    [
      'freshdesk',
      'freshdesk/ticket-created',
      { freshdesk_webhook: { ticket_subject: {} } },
      'ticket_subject',
    ],
    [
      'freshservice',
      'freshservice/ticket-created',
      { freshdesk_webhook: { ticket_subject: {} } },
      'ticket_subject',
    ],
    [
      'freshchat',
      'freshchat/message-create',
      { action: 'message_create', actor: { actor_id: 5 } },
      'actor_id',
    ],
    ['freshchat', 'freshchat/message-create', { action: 'conversation_reopen' }, 'action'],
    ['helpdesk', 'helpdesk/ticket.created', { event: 'ticket.created', timestamp: 'now', data: {} }, 'data'],
    [
      'whatsapp',
      'whatsapp/outbound-message',
      { event_type: 'outbound_message_event', data: { status: 'LOST' } },
      'data',
    ],
  ])('%s, %s', async (sender, event, payload, where) => {
    const { status, body, told } = await deliver(sender, `/webhooks/${event}`, payload);
    expect({ status, told }).toMatchObject({ status: 422, told: [{ rejected: 422, event }] });
    expect(body).toContain(where);
    expect(body).not.toContain('LOST');
  });
});

test('an ignored event is answered 200', async () => {
  const resolved = {
    event: 'ticket.resolved',
    timestamp: '2026-01-01T00:00:00Z',
    data: { ticket: { id: 'tkt_1' } },
  };
  expect(await deliver('helpdesk', '/webhooks/helpdesk', resolved)).toMatchObject({ status: 200, told: [] });
});

test('a handler that throws, and a stub, are answered 500 and reported', async () => {
  const deleted = {
    event: 'ticket.deleted',
    timestamp: '2026-01-01T00:00:00Z',
    data: { ticket: { id: 'tkt_1' } },
  };
  expect(await deliver('helpdesk', '/webhooks/helpdesk', deleted)).toMatchObject({
    status: 500,
    told: [{ error: 'the handler failed', event: 'helpdesk/ticket.deleted' }],
  });
  const { event, body } = firstSample('freshchat');
  expect(await deliver('freshchat', `/undecided/${event}`, body)).toMatchObject({
    status: 500,
    told: [{ undecided: event }],
  });
});

test('another path, another method, another type, and too much', async () => {
  const { body } = firstSample('whatsapp');
  expect(await deliver('whatsapp', '/webhooks/whatsapp/other', body)).toMatchObject({ status: 404 });
  expect(await deliver('whatsapp', '/webhooks/whatsapp', body, 'application/xml')).toMatchObject({
    status: 415,
  });
  expect(await deliver('whatsapp', '/webhooks/whatsapp', Buffer.alloc(2 ** 20 + 1, 0x20))).toMatchObject({
    status: 413,
  });
  const got = await fetch(`http://127.0.0.1:${port}/webhooks/whatsapp`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
});
