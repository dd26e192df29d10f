import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { createReceiver } from '../../templates/runtime/receiver.js';
import { hmacSignature, standardWebhooks } from '../../templates/runtime/signatures.js';
import { hmac } from '../templates/keys.js';
import { share } from '../sample.js';
import { servers, type Serving } from './servers.js';

/** What arrives on a bad day, through every adapter, over real connections. */

const secret = 'shared by test and sender';
const key = Buffer.from('a key as long as it has to be');
const good = '{"kind":"order.paid"}';
const digest = hmac(secret, good);
const orders = '/webhooks/shop/order-paid';
const reviews = '/webhooks/reviews/posted';

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Bytes of one write; all at once where it is left out. Each goes on its own. */
  readonly pieces?: number;
  readonly length?: boolean;
}

/** A delivery that is rightly signed, unless its headers say otherwise. */
function signed(body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Sent {
  return {
    body,
    headers: { 'x-signature': hmac(secret, body), 'content-type': 'application/json', ...headers },
  };
}

/** One of Standard Webhooks, whose header of signatures has commas of its own. */
function review(
  body: string,
  {
    seconds = 0,
    type = 'application/json',
    change = (signature: string): string | string[] => signature,
  } = {},
): Sent {
  const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
  const signature = `v1,${hmac(key, `m.${timestamp}.${body}`, 'base64')}`;
  const headers = {
    'webhook-id': 'm',
    'webhook-timestamp': timestamp,
    'webhook-signature': change(signature),
    'content-type': type,
  };
  return { path: reviews, body, headers };
}

const other = `v1,${Buffer.alloc(32).toString('base64')}`;
const form = 'application/x-www-form-urlencoded';
const mebibytes = Buffer.alloc(10 * 2 ** 20, 'a');
const invalid = Uint8Array.of(0x7b, 0xff);

/** Where the platform answers or changes a delivery before the adapter sees it: by the start of the server's name. */
type Otherwise = readonly (readonly [server: RegExp, status: number])[];

/** A load balancer passes on the last of a header that was repeated, unless it is told to pass on lists. */
const lastOnly: Otherwise = [[/^lambda: alb$/, 200]];
/** Bytes of a text that are none are lost on the way, and with them the signature. */
const replaced: Otherwise = [[/^lambda: (?:http|url|alb)/, 401]];

type Row = readonly [what: string, sent: Sent, status: number, otherwise?: Otherwise];

const rows: readonly Row[] = [
  ['1: no signature', { body: good }, 401],
  ['1: an empty signature', signed(good, { 'x-signature': '' }), 401],
  ['1: two signatures', signed(good, { 'x-signature': [digest, digest] }), 401, lastOnly],
  [
    '1: two signatures, one of them wrong',
    signed(good, { 'x-signature': ['0'.repeat(64), digest] }),
    401,
    lastOnly,
  ],
  ['1: a signature that is not ASCII', signed(good, { 'x-signature': 'ü'.repeat(64) }), 401],
  ['1: a prefix only', signed(good, { 'x-signature': 'sha256=' }), 401],
  ['2: a timestamp of now', review('{}'), 200],
  ['2: two signatures in one header', review('{}', { change: (one) => `${other} ${one}` }), 200],
  ['2: the same, and the header again', review('{}', { change: (one) => [`${one} ${other}`, other] }), 401],
  ['2: the header twice', review('{}', { change: (one) => [one, one] }), 401, lastOnly],
  ['2: an hour old', review('{}', { seconds: -3600 }), 401],
  ['2: an hour ahead', review('{}', { seconds: 3600 }), 401],
  ['2: no number', review('{}', { seconds: NaN }), 401],
  ['3: invalid UTF-8', signed(invalid), 400, replaced],
  ['3: invalid UTF-8, as bytes', { ...signed(invalid, { 'content-type': 'application/vnd.x+json' }) }, 400],
  ['3: nothing', signed(''), 400],
  ['3: nothing, and no content type', { body: '', headers: { 'x-signature': hmac(secret, '') } }, 400],
  ['3: no JSON', signed('hello'), 400],
  ['3b: null', signed('null'), 422],
  ['3b: []', signed('[]'), 422],
  ['3b: 5', signed('5'), 422],
  ['3b: a byte order mark', signed(`\uFEFF${good}`), 200],
  ['no content type', { body: good, headers: { 'x-signature': digest } }, 200],
  ['another content type', signed(good, { 'content-type': 'text/xml' }), 415],
  ['4: __proto__ and constructor', review('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'), 200],
  ['4: the same in a form', review('__proto__[x]=1&constructor[prototype][x]=1', { type: form }), 200],
  ['5: ten megabytes', { ...signed(mebibytes), length: true }, 413],
  ['5: ten megabytes, chunked', signed(mebibytes), 413],
  ['5: two megabytes, in pieces', { ...signed(mebibytes.subarray(0, 2 ** 21)), pieces: 10_000 }, 413],
  ['5: a good one, byte by byte', { ...signed(good), pieces: 1 }, 200],
  [
    '6: 10,000 keys',
    review(Array.from({ length: 10_000 }, (_, at) => `k${at}=1`).join('&'), { type: form }),
    400,
  ],
  ['6: 100 levels', review(`a${'[b]'.repeat(100)}=1`, { type: form }), 400],
  ...[
    '/webhooks/shop/../shop/order-paid',
    '/webhooks/shop/%2e%2e/shop/order-paid',
    '/webhooks//shop/order-paid',
    '//webhooks/shop/order-paid',
    '/webhooks/__proto__',
    '/webhooks/shop/__proto__',
    '/webhooks/constructor',
    '/webhooks/shop/order-paid/',
    '/shop/order-paid',
    `/webhooks/${'a'.repeat(8000)}`,
  ].map((path) => [`7: ${path.slice(0, 40)}`, { ...signed(good), path }, 404] as const),
  // Fastify has an answer of its own to what cannot be decoded.
  ['7: what cannot be decoded', { ...signed(good), path: '/webhooks/%zz' }, 404, [[/^fastify/, 400]]],
  // More than Node takes of a request line and headers, 16 KiB.
  ['7: 100,000 letters', { ...signed(good), path: `/webhooks/${'a'.repeat(100_000)}` }, 431],
  ['9: upper-case hex', signed(good, { 'x-signature': digest.toUpperCase() }), 200],
  ['9: a name in upper case', { body: good, headers: { 'X-SIGNATURE': digest } }, 200],
  ['9: a name in two cases', { body: good, headers: { 'X-Signature': digest, 'x-other': ['1', '2'] } }, 200],
  ['10: another event', signed('{"kind":"order.placed"}'), 422],
  ['a query', { ...signed(good), path: `${orders}?a=1&b=%2F&b=` }, 200],
  ['the path of the product', { ...signed(good), path: '/webhooks/shop' }, 200],
  ['GET', { ...signed(good), method: 'GET', body: '' }, 405],
  ['PUT', { ...signed(good), method: 'PUT' }, 405],
];

/** What the handler of `reviews/posted` does where its payload says so, and what is answered. */
const works: Readonly<Record<string, readonly [work: () => unknown, status: number]>> = {
  throws: [
    () => {
      throw new Error('no');
    },
    500,
  ],
  rejects: [() => Promise.reject(new Error('no')), 500],
  'rejects with nothing': [() => Promise.reject(undefined as unknown as Error), 500],
  'goes on': [() => sleep(600), 200],
};

describe.each(servers)('%s', (name, platform, serve) => {
  let serving: Serving;
  let handled: AnyWebhookEvent[] = [];
  let errors: string[] = [];
  const uncaught: unknown[] = [];
  const catching = (error: unknown) => void uncaught.push(error);

  beforeAll(async () => {
    process.on('uncaughtException', catching).on('unhandledRejection', catching);
    serving = await serve(
      createReceiver({
        handlers: ignoringRest({
          'shop/order-paid': (event) => void handled.push(event),
          'reviews/posted': (event) => {
            handled.push(event);
            const { work = '' } = event.payload as { work?: string };
            return works[work]?.[0]() as Promise<void> | undefined;
          },
        }),
        verify: {
          shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
          reviews: standardWebhooks({ secrets: key.toString('base64') }),
        },
        basePath: '/webhooks',
        deadlineMs: 400,
        onError: (error) => void errors.push(String(error)),
        on: { rejected: () => undefined },
      }),
    );
  });
  beforeEach(() => {
    [handled, errors] = [[], []];
  });
  afterAll(async () => {
    await serving.close();
    process.off('uncaughtException', catching).off('unhandledRejection', catching);
    expect(uncaught).toEqual([]);
  });

  test.each(shareOf(name))('%s', async (_, sent, status, otherwise) => {
    const expected = otherwise.find(([server]) => server.test(name))?.[1] ?? status;
    expect(await send(serving.port, sent)).toMatchObject({ status: expected });
    expect(handled).toHaveLength(expected === 200 ? 1 : 0);
    expect(errors).toEqual([]);
  });

  test.each(Object.entries(works))('8: a handler that %s', async (work, [, status]) => {
    const started = performance.now();
    expect(await send(serving.port, review(JSON.stringify({ work })))).toMatchObject({ status });
    // A function is frozen once it has answered, so there the answer waits.
    if (work === 'goes on') expect(performance.now() - started > 590).toBe(platform === 'lambda');
    expect(errors).toEqual(
      status === 200 ? [] : [work === 'rejects with nothing' ? 'undefined' : 'Error: no'],
    );
  });

  test('4: no prototype changes, and the payload keeps its keys', async () => {
    await send(serving.port, review('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'));
    expect(Object.keys(handled[0]!.payload)).toEqual(['__proto__', 'constructor']);
    expect({}).not.toHaveProperty('x');
  });

  test('the bytes and headers that a handler gets are those that came', async () => {
    const body = '{"kind":"order.paid","note":"größer"}';
    await send(serving.port, signed(body, { 'x-other': 'a, b' }));
    const [event] = handled;
    expect(Buffer.from(event!.rawBody).toString()).toBe(body);
    expect(event!.headers.get('x-other')).toBe('a, b');
  });

  test('an answer says what it is', async () => {
    const { headers, text } = await send(serving.port, signed('null'));
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject({ error: 'the payload is not valid' });
  });
});

/** Every row for each server, or a third of them in the quick tests; of neighbours, another third. */
function shareOf(server: string) {
  const whole = rows.map(([what, sent, status, otherwise = []]) => [what, sent, status, otherwise] as const);
  return share(
    whole,
    servers.findIndex(([name]) => name === server),
    3,
  );
}

/** Sends it, and reads the answer even while it is still sending. */
async function send(port: number, sent: Sent) {
  const { path = orders, method = 'POST', headers = {}, body = good, pieces, length } = sent;
  const bytes = Buffer.from(body);
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    path,
    method,
    agent: false,
    headers: { ...headers, ...(length && { 'content-length': bytes.length }) },
  });
  request.on('error', () => undefined);
  const answered = once(request, 'response', { signal: AbortSignal.timeout(20_000) });
  if (pieces === undefined) request.write(bytes);
  else
    for (let at = 0; at < bytes.length && !request.destroyed; at += pieces) {
      request.write(bytes.subarray(at, at + pieces));
      await new Promise(setImmediate);
    }
  request.end();
  const [response] = (await answered) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}
