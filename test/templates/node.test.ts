import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { createReceiver } from '../../templates/runtime/receiver.js';
import { basicAuth, hmacSignature } from '../../templates/runtime/signatures.js';
import { hmac } from './keys.js';

const secret = 'shared by test and sender';
const good = '{"kind":"order.paid","note":"größer"}';
const handled: AnyWebhookEvent[] = [];
const errors: unknown[] = [];

let server: Server;
let port: number;

beforeAll(async () => {
  const receiver = createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': (event) => void handled.push(event) }),
    verify: {
      shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
      reviews: basicAuth({ username: 'u', password: 'p' }),
    },
    onError: (error) => void errors.push(error),
  });
  server = createServer(nodeListener(receiver)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | string[]>;
  /** Without a length, in chunks. */
  readonly pieces: readonly (string | Buffer)[];
}

async function send({ method = 'POST', path = '/shop/order-paid', headers = {}, pieces }: Sent) {
  const request = httpRequest({ port, method, path, headers, agent: false });
  request.on('error', () => undefined);
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  for (const piece of pieces) {
    request.write(piece);
    await sleep(1);
  }
  request.end();
  const [response] = await answered;
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

const signed = { 'x-signature': hmac(secret, good), 'content-type': 'application/json' };

describe('nodeListener', () => {
  test('hands a signed delivery to its handler', async () => {
    const length = String(Buffer.byteLength(good));
    const answer = await send({ headers: { ...signed, 'content-length': length }, pieces: [good] });
    expect(answer).toMatchObject({ status: 200, body: '{"result":"handled"}' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '20' });
    expect(handled.at(-1)).toMatchObject({
      name: 'shop/order-paid',
      payload: { note: 'größer' },
      rawBody: new Uint8Array(Buffer.from(good)),
    });
  });

  test('puts a trickle together, split inside a character', async () => {
    const raw = Buffer.from(good);
    const pieces = Array.from(raw, (_, index) => raw.subarray(index, index + 1));
    expect(await send({ headers: signed, pieces })).toMatchObject({ status: 200 });
  });

  test('answers over fetch, connection after connection', async () => {
    for (let round = 0; round < 20; round++) {
      const response = await fetch(`http://127.0.0.1:${port}/shop?round=${round}`, {
        method: 'POST',
        headers: signed,
        body: good,
      });
      expect([response.status, await response.json()]).toEqual([200, { result: 'handled' }]);
    }
  });

  test.each<[string, Sent, number]>([
    ['404', { path: '/nothing', pieces: [good] }, 404],
    [
      'a path that is not normalised',
      { path: '/shop/../shop/order-paid', headers: signed, pieces: [good] },
      404,
    ],
    ['405', { method: 'GET', pieces: [] }, 405],
    ['405 with a body', { method: 'PUT', pieces: [good] }, 405],
    ['415', { headers: { ...signed, 'content-type': 'text/xml' }, pieces: [good] }, 415],
    ['401', { headers: { ...signed, 'x-signature': '' }, pieces: [good] }, 401],
    ['400', { headers: { 'x-signature': hmac(secret, '{') }, pieces: ['{'] }, 400],
    ['an empty body', { headers: { 'x-signature': hmac(secret, '') }, pieces: [] }, 400],
    [
      'a repeated signature',
      {
        headers: { ...signed, 'x-signature': [signed['x-signature'], signed['x-signature']] },
        pieces: [good],
      },
      401,
    ],
    [
      'a repeated authorization, of which Node would keep the first',
      {
        path: '/reviews/posted',
        headers: { authorization: [`Basic ${btoa('u:p')}`, 'Basic x'] },
        pieces: ['{}'],
      },
      401,
    ],
    [
      'one authorization',
      { path: '/reviews/posted', headers: { authorization: `Basic ${btoa('u:p')}` }, pieces: ['{}'] },
      200,
    ],
  ])('%s', async (_, sent, status) => {
    const answer = await send(sent);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toBeTypeOf('object');
  });
});

describe('ten megabytes', () => {
  const chunk = Buffer.alloc(65_536, 'a');
  const size = 10 * 1024 * 1024;

  /** Sends until the answer is there, and counts what the other side was willing to take. */
  async function pour(
    head: string,
    frame: (bytes: Buffer) => Buffer,
  ): Promise<{ answer: string; taken: number }> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    const closed = once(socket, 'close');
    socket.write(head);
    for (let sent = 0; sent < size && !socket.destroyed && answer === ''; sent += chunk.byteLength) {
      if (!socket.write(frame(chunk))) await Promise.race([once(socket, 'drain'), closed, sleep(50)]);
      else await sleep(0);
    }
    socket.end();
    await closed;
    return { answer, taken: socket.bytesWritten };
  }

  const head = 'POST /shop/order-paid HTTP/1.1\r\nHost: x\r\n';

  test('with a length: 413 before any of it is read', async () => {
    const { answer, taken } = await pour(`${head}Content-Length: ${size}\r\n\r\n`, (bytes) => bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toMatch(/\{"error":"body too large"\}$/);
    expect(taken).toBeLessThan(size);
  });

  test('without a length: 413 at the limit, memory bounded', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const { answer, taken } = await pour(`${head}Transfer-Encoding: chunked\r\n\r\n`, (bytes) =>
      Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(taken).toBeLessThan(size);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size);
  });
});

test('senders that hang up at any moment are silent, and the server lives', async () => {
  const before = errors.length;
  for (const text of [
    'POST /shop/order-paid HT',
    'POST /shop/order-paid HTTP/1.1\r\nHost: x\r\n',
    'POST /shop/order-paid HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"kind"',
    'POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
  ]) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    await sleep(5);
    socket.destroy();
    await once(socket, 'close');
  }
  await sleep(20);
  expect(errors.length).toBe(before);
  expect(await send({ headers: signed, pieces: [good] })).toMatchObject({ status: 200 });
});
