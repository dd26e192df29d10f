import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { connect, createServer as createHttp2Server, type ClientHttp2Session } from 'node:http2';
import { createRequire } from 'node:module';
import { connect as connectSocket, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified, hmacSignature } from '../../templates/runtime/signatures.js';
import { hmac } from './keys.js';

/** The listener in the servers that it is mounted in, over real connections. */

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** As much of the frameworks as is used here; they come without types. */
interface Express {
  (): RequestListener & { use(...given: readonly (string | Middleware)[]): void };
  json(options?: object): Middleware;
  raw(options?: object): Middleware;
}
interface Fastify {
  (): {
    server: Server;
    addHook(name: string, hook: (...given: readonly FastifyParts[]) => unknown): void;
    post(path: string, handler: (...given: readonly FastifyParts[]) => unknown): void;
    addContentTypeParser(
      type: string,
      options: object,
      parse: (request: { raw: object }, body: Buffer, done: (error: null, body: unknown) => void) => void,
    ): void;
    ready(): Promise<void>;
    close(): Promise<void>;
  };
}
interface FastifyParts {
  readonly raw: never;
  hijack(): void;
}

const require = createRequire(import.meta.url);
const expresses = (['express', 'express4'] as const).map((name) => [name, require(name) as Express] as const);
const fastify = require('fastify') as Fastify;

const secret = 'shared by test and sender';
const good = '{"kind":"order.paid","note":"größer"}';
const signed = { 'x-signature': hmac(secret, good), 'content-type': 'application/json' };
const path = '/webhooks/shop/order-paid';

let handled: AnyWebhookEvent[] = [];
let errors: string[] = [];
let refused: number[] = [];
let uncaught: unknown[] = [];
const closing: (() => unknown)[] = [];
const catching = (error: unknown) => void uncaught.push(error);

beforeEach(() => {
  [handled, errors, refused, uncaught] = [[], [], [], []];
  process.on('uncaughtException', catching).on('unhandledRejection', catching);
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  process.off('uncaughtException', catching).off('unhandledRejection', catching);
  expect(uncaught).toEqual([]);
});

function receiver(changes: Partial<ReceiverOptions> = {}): Receiver {
  return createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': (event) => void handled.push(event) }),
    verify: {
      shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
      reviews: dangerouslyUnverified(),
    },
    basePath: '/webhooks',
    onError: (error) => void errors.push(String(error)),
    on: { rejected: ({ status }) => void refused.push(status) },
    ...changes,
  });
}

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function post(port: number, changes: { path?: string; headers?: object; body?: string } = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${changes.path ?? path}`, {
    method: 'POST',
    headers: { ...signed, ...changes.headers },
    body: changes.body ?? good,
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.text() };
}

const read = /^TypeError: something read the body before the receiver/;
const answered = 'Error: something in front of the receiver has answered the delivery';

describe.each(expresses)('%s', (_, express) => {
  test.each<[string, readonly Middleware[], number]>([
    ['nothing before', [], 200],
    ['a parser of something else', [express.json({ type: 'text/html' })], 200],
    ['express.json()', [express.json()], 500],
    [
      'express.json() that keeps the bytes',
      [
        express.json({
          verify: (request: { rawBody: Buffer }, __: unknown, bytes: Buffer) => (request.rawBody = bytes),
        }),
      ],
      200,
    ],
    [
      'express.json() that keeps a text, which is not the bytes',
      [
        express.json({
          verify: (request: { rawBody: string }, __: unknown, bytes: Buffer) =>
            (request.rawBody = bytes.toString()),
        }),
      ],
      500,
    ],
    ['express.raw()', [express.raw({ type: '*/*' })], 200],
    [
      'something that listens without reading ahead',
      [(request, __, next) => void (request.on('end', () => undefined), next())],
      200,
    ],
    [
      'something that read the first part',
      [
        (request, __, next) =>
          void request.once('data', () => {
            request.pause();
            next();
          }),
      ],
      500,
    ],
  ])('%s', async (__, before, status) => {
    const app = express();
    for (const middleware of before) app.use(middleware);
    app.use(nodeListener(receiver()));
    const answer = await post(await listen(app));
    expect(answer.status).toBe(status);
    expect(errors).toEqual(status === 200 ? [] : [expect.stringMatching(read)]);
    expect(handled.map(({ rawBody }) => Buffer.from(rawBody).toString())).toEqual(
      status === 200 ? [good] : [],
    );
  });

  test.each([
    ['/webhooks', '/webhooks'],
    ['/webhooks/shop', '/webhooks'],
    ['/', '/webhooks'],
  ])('mounted at %s, base path %s', async (mounted, basePath) => {
    const app = express();
    app.use(mounted, nodeListener(receiver({ basePath })));
    const port = await listen(app);
    expect(await post(port, { path: `${path}?key=1` })).toMatchObject({ status: 200 });
  });
});

describe('fastify', () => {
  async function start(build: (app: ReturnType<Fastify>) => void): Promise<number> {
    const app = fastify();
    build(app);
    await app.ready();
    closing.push(() => app.close());
    app.server.listen(0, '127.0.0.1');
    await once(app.server, 'listening');
    return (app.server.address() as AddressInfo).port;
  }
  const mount =
    (listener = nodeListener(receiver())) =>
    (...[request, reply]: readonly FastifyParts[]) => {
      reply!.hijack();
      listener(request!.raw, reply!.raw);
    };

  test('in front of its parser', async () => {
    const port = await start((app) => {
      app.addHook('onRequest', (...given) => mount()(...given));
      app.post(path, () => undefined);
    });
    expect(await post(port)).toMatchObject({ status: 200 });
  });

  test('behind its parser', async () => {
    const port = await start((app) => app.post(path, mount()));
    expect(await post(port)).toMatchObject({ status: 500 });
    expect(errors).toEqual([expect.stringMatching(read)]);
  });

  test('behind a parser that keeps the bytes', async () => {
    const port = await start((app) => {
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, ({ raw }, bytes, done) => {
        Object.assign(raw, { rawBody: bytes });
        done(null, bytes);
      });
      app.post(path, mount());
    });
    expect(await post(port)).toMatchObject({ status: 200 });
  });
});

describe('something in front answers first', () => {
  const slow = { handlers: ignoringRest({ 'shop/order-paid': () => sleep(60) }) };
  test.each<[string, Middleware]>([
    ['before', (_, response, next) => void (response.writeHead(503).end('busy'), next())],
    [
      'before, and keeps the answer open',
      (_, response, next) =>
        void (response.writeHead(503).write('busy'), setTimeout(() => response.end(), 100), next()),
    ],
    [
      'before, with its head alone',
      (_, response, next) =>
        void (response.writeHead(503).flushHeaders(), setTimeout(() => response.end('busy'), 100), next()),
    ],
    [
      'meanwhile',
      (_, response, next) => void (setTimeout(() => response.writeHead(503).end('busy'), 20), next()),
    ],
  ])('%s', async (_, front) => {
    const listener = nodeListener(receiver(slow));
    const port = await listen((request, response) =>
      front(request, response, () => listener(request, response)),
    );
    expect(await post(port)).toEqual({ status: 503, body: 'busy' });
    await sleep(100);
    expect(errors).toEqual([answered]);
    expect(handled).toEqual([]);
  });

  test('a response that is gone is not written to, and nobody is told: senders hang up', async () => {
    const listener = nodeListener(receiver(slow));
    const port = await listen((request, response) => {
      listener(request, response);
      setTimeout(() => response.destroy(), 20);
    });
    await expect(post(port)).rejects.toThrow();
    await sleep(100);
    expect(errors).toEqual([]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['head', (response) => (response.writeHead = refuse)],
    ['end', (response) => (response.end = refuse)],
    ['listeners', (response) => (response.on = refuse)],
  ])('a response whose %s cannot be set is reported once', async (_, spoil) => {
    const listener = nodeListener(receiver());
    const port = await listen((request, response) => {
      spoil(response);
      listener(request, response);
      setTimeout(() => response.destroy(), 50);
    });
    await post(port).catch(() => undefined);
    expect(errors).toEqual(['Error: no']);
  });

  test('a receiver that somebody wrapped may fail: 500, and reported', async () => {
    const wrapped = { ...receiver(), receive: () => Promise.reject(new Error('no')) };
    expect(await post(await listen(nodeListener(wrapped)))).toMatchObject({ status: 500 });
    expect(errors).toEqual(['Error: no']);
  });

  function refuse(): never {
    throw new Error('no');
  }
});

describe('http2', () => {
  async function open(options: Partial<ReceiverOptions> = {}): Promise<ClientHttp2Session> {
    const server = createHttp2Server(nodeListener(receiver(options))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    closing.push(() => {
      session.destroy();
      server.close();
    });
    return session;
  }

  async function send(session: ClientHttp2Session, headers: object, body: string | Buffer = good) {
    const stream = session.request({ ':method': 'POST', ':path': path, ...signed, ...headers });
    stream.on('error', () => undefined);
    if (body.length > 0) stream.write(body);
    stream.end();
    const [head] = (await once(stream, 'response')) as [Record<string, string | number>];
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
    return { status: head[':status'], text, head };
  }

  test.each<[string, object, string | Buffer, number]>([
    ['a good one', {}, good, 200],
    ['on the path of the product, with a query', { ':path': '/webhooks/shop?x=1' }, good, 200],
    ['a wrong signature', { 'x-signature': '' }, good, 401],
    ['a repeated signature', { 'x-signature': [signed['x-signature'], signed['x-signature']] }, good, 401],
    ['an unknown path', { ':path': '/nothing' }, good, 404],
    ['an unknown path, with a large body', { ':path': '/nothing' }, Buffer.alloc(300_000), 404],
    ['GET', { ':method': 'GET' }, '', 405],
    ['another type', { 'content-type': 'text/xml' }, good, 415],
    ['ten megabytes', {}, Buffer.alloc(10_000_000), 413],
    ['ten megabytes, with a length', { 'content-length': '10000000' }, Buffer.alloc(10_000_000), 413],
    ['nothing', { 'x-signature': hmac(secret, '') }, '', 400],
  ])('%s', async (_, headers, body, status) => {
    const session = await open();
    const answer = await send(session, headers, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toBeTypeOf('object');
    expect(errors).toEqual([]);
    // The others on the connection go on.
    expect(await send(session, {})).toMatchObject({ status: 200 });
    const names = [...(handled[0]?.headers.keys() ?? [])];
    expect(names.filter((name) => name.startsWith(':'))).toEqual([]);
  });

  test('senders that hang up at any moment are silent', async () => {
    const session = await open({ handlers: ignoringRest({ 'shop/order-paid': () => sleep(30) }) });
    for (const wait of [0, 5, 20]) {
      const stream = session.request({ ':method': 'POST', ':path': path, ...signed });
      stream.on('error', () => undefined);
      if (wait > 0) stream.end(good);
      await sleep(wait);
      stream.close(8);
    }
    await sleep(80);
    expect(await send(session, {})).toMatchObject({ status: 200 });
    expect(errors).toEqual([]);
  });
});

describe('a connection', () => {
  async function talk(port: number, text: string, until: RegExp): Promise<string> {
    const socket = connectSocket(port, '127.0.0.1');
    closing.push(() => socket.destroy());
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.write(text);
    for (let tries = 0; !until.test(answer) && tries < 400; tries++) await sleep(10);
    return answer;
  }

  test.each([
    ['http://receiver.example/webhooks/shop/order-paid', 200],
    ['http://receiver.example:8080/webhooks/shop/order-paid?x=http://y/', 200],
    ['HTTPS://receiver.example/webhooks/shop', 200],
    ['http://receiver.example', 404],
    ['http://receiver.example/other', 404],
  ])('may ask in absolute form: %s', async (target, status) => {
    const port = await listen(nodeListener(receiver()));
    const head = `POST ${target} HTTP/1.1\r\nHost: receiver.example\r\nX-Signature: ${signed['x-signature']}\r\n`;
    const answer = await talk(
      port,
      `${head}Content-Length: ${Buffer.byteLength(good)}\r\n\r\n${good}`,
      /\}$/,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test.each<[string, string, number, object]>([
    ['404', '/nothing', 404, {}],
    ['405', path, 405, { method: 'PUT' }],
    ['415', path, 415, { headers: { 'content-type': 'text/xml' } }],
  ])('goes on after %s with a small body', async (_, at, status, changes) => {
    const port = await listen(nodeListener(receiver()));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closing.push(() => agent.destroy());
    const body = Buffer.alloc(60_000, 'a');
    const ports = new Set<number | undefined>();
    for (let round = 0; round < 3; round++) {
      const request = httpRequest({
        port,
        path: at,
        method: 'POST',
        agent,
        ...changes,
        headers: { 'content-length': body.byteLength, ...(changes as { headers?: object }).headers },
      });
      const response = once(request, 'response') as Promise<[IncomingMessage]>;
      // A piece now and a piece later: the answer comes before the body is there.
      request.write(body.subarray(0, 100));
      const [message] = await response;
      const { statusCode, headers, socket } = message.resume();
      ports.add(socket.localPort);
      expect(statusCode).toBe(status);
      expect(headers.connection).not.toBe('close');
      request.end(body.subarray(100));
      await once(request, 'close');
    }
    expect([...ports]).toHaveLength(1);
  });
});
