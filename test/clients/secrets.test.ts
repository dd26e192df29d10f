import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ApiError } from '../../templates/runtime/clients/api-error.js';
import { freshdeskClient } from '../../templates/runtime/clients/freshdesk.js';
import { callerOf, quick, serve, type Came, type Reply } from './server.js';

const key = 'kEy+/"42\'\\<very>secret';
const basic = btoa(`${key}:X`);

/** The key as it may be written, and pieces of it. */
const parts = [
  key,
  basic,
  btoa(key),
  basic.slice(0, 12),
  btoa(key).slice(0, 12),
  'very>secret',
  encodeURIComponent(key),
];

/** All that a logger, a test's snapshot or a crash could print of something. */
function printed(value: unknown): string {
  return [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    String(value),
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'function' ? String(each) : each)),
    ...(value instanceof Error
      ? [value.stack, value.message, inspect(value.cause, { showHidden: true })]
      : []),
    ...Object.entries(Object.getOwnPropertyDescriptors(Object(value))).map(
      ([name, each]) => name + inspect(each, { depth: null, showHidden: true }),
    ),
  ].join('\n');
}

function expectNone(value: unknown): void {
  const text = printed(value);
  for (const part of parts) expect(text).not.toContain(part);
}

const echo =
  (write: (request: Came) => string) =>
  (request: Came): Reply => ({
    status: 400,
    body: write(request),
  });
const all = ({ headers }: Came) => headers.authorization ?? '';

const servers: readonly [what: string, (request: Came) => Reply][] = [
  ['the key as a message', echo(() => JSON.stringify({ message: `wrong key ${key}` }))],
  ['the key as a field', echo(() => JSON.stringify({ errors: [{ field: key, message: key, code: key }] }))],
  ['the key among many', echo(() => JSON.stringify({ errors: Array.from({ length: 200 }, () => [key]) }))],
  ['the whole header', echo((came) => JSON.stringify({ code: 'wrong', message: all(came) }))],
  ['the header twice', echo((came) => JSON.stringify({ message: all(came) + all(came) }))],
  ['base64', echo(() => JSON.stringify({ message: basic }))],
  ['base64 of the key alone', echo(() => JSON.stringify({ message: btoa(key) }))],
  ['base64 without its end', echo(() => JSON.stringify({ message: btoa(key).replace(/=+$/, '') }))],
  ['an encoded key', echo(() => JSON.stringify({ message: encodeURIComponent(key) }))],
  ['JSON in JSON', echo(() => JSON.stringify({ message: JSON.stringify({ key }) }))],
  ['all headers', echo((came) => JSON.stringify({ message: JSON.stringify(came.headers) }))],
  ['text', echo((came) => `<html>${all(came)} ${key}`)],
  ['the key in the status line', () => ({ status: 418, words: `No ${key} ${basic}`, body: '' })],
  ['the key as request id', () => ({ status: 404, headers: { 'x-request-id': `${key} ${basic}` } })],
  ['the key in a redirect', (came) => ({ status: 301, headers: { location: `/?${all(came)}` } })],
  ['the key in a good answer that is no JSON', (came) => ({ body: all(came) })],
  [
    'the key in headers of a 429',
    (came) => ({ status: 429, headers: { 'retry-after': '999999', 'x-key': all(came) } }),
  ],
  ['nothing', () => 'drop'],
];

test.each(servers)(
  'of a server that sends back %s, nothing that is printed holds the key',
  async (_, handler) => {
    await using server = await serve(handler);
    const call = callerOf(server.url, quick().options, key);
    const promise = call('POST', '/things', { body: { a: 1 }, query: { email: 'a@example.com' } });
    const error: unknown = await promise.catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ApiError);
    expectNone(error);
    expectNone(promise);
    expectNone(call);
    expect(printed(error)).not.toContain('a@example.com');
    expect(server.requests[0]!.headers.authorization).toBe(`Basic ${basic}`);
  },
);

test.each([
  ['a message', (request: RequestInit) => new TypeError(`fetch failed ${inspect(request)} ${key}`)],
  ['a cause', (request: RequestInit) => new TypeError('fetch failed', { cause: { code: key, request } })],
  ['a code', () => new TypeError('fetch failed', { cause: { code: `${key} ${basic}` } })],
  ['a name', () => Object.assign(new Error('failed'), { name: `Basic ${basic}` })],
  ['a text', () => `Basic ${basic}`],
  ['nothing', () => undefined],
  ['null as its cause', () => new TypeError('failed', { cause: null })],
])('of a fetch that throws the key in %s, nothing that is printed holds it', async (_, thrown) => {
  const call = callerOf(
    'https://example.com',
    {
      ...quick().options,
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever it is
      fetch: (_url, request) => Promise.reject(thrown(request!)),
    },
    key,
  );
  const promise = call('POST', '/things');
  const error: unknown = await promise.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(ApiError);
  expectNone(error);
  expectNone(promise);
});

test('a good answer holds what the vendor says, and of the call what an error may name', async () => {
  await using server = await serve([
    { body: '{"id":1}', headers: { 'x-request-id': 'abc', 'set-cookie': 'session=1' } },
  ]);
  const answer = await callerOf(server.url, {}, key)('GET', '/things/1');
  expectNone(answer);
  expect(answer.hide(`${key} ${basic}`)).toBe('… …');
  expect(answer).toEqual({
    hide: expect.any(Function) as unknown,
    value: { id: 1 },
    hasNext: false,
    where: { product: 'shop', method: 'GET', path: '/things/1', status: 200, requestId: 'abc' },
  });
});

/** What a bulk update says of a ticket, and what a job is called, by a server that sends back the key. */
test.each<[what: string, answer: unknown, job: unknown]>([
  ['a message', [{ id: 1, success: false, errors: [{ message: `${key} ${basic}` }] }], undefined],
  ['a field and a code', [{ id: 1, success: false, errors: [{ field: key, code: basic }] }], undefined],
  ['a message of a job', { job_id: 'a' }, { data: [{ id: 1, success: false, errors: [{ message: key }] }] }],
  ['the id of a job', { job_id: 'KEY-OF-TESTS' }, undefined],
])(
  'of a bulk update that sends back the key in %s, nothing that is printed holds it',
  async (_, answer, job) => {
    await using server = await serve(({ method }) =>
      method === 'GET'
        ? { status: job === undefined ? 404 : 200, body: JSON.stringify(job ?? {}) }
        : { body: JSON.stringify(answer) },
    );
    const apiKey = _ === 'the id of a job' ? 'KEY-OF-TESTS' : key;
    const client = freshdeskClient({ domain: 'acme', apiKey, baseUrl: server.url });
    const result: unknown = await client.tickets
      .updateMany([1], { status: 4 })
      .catch((each: unknown) => each);
    expectNone(result);
    expect(printed(result)).not.toContain('KEY-OF-TESTS');
    expect(result).toMatchObject({ ok: false, succeeded: [] });
  },
);

test.each([[''], ['a b'], ['a\nb'], ['schlüssel'], [null as unknown as string]])('%j is no key', (wrong) => {
  expect(() => callerOf('https://example.com', {}, wrong)).toThrow(
    new TypeError('a key must be a text of printable ASCII, without spaces'),
  );
});
