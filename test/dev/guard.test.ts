import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/delivery/headers.js';
import { raw, running, type Running } from './dev.js';

interface Try {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: (one: Running) => readonly Header[];
  readonly body?: string;
}

const token = ({ token }: Running): Header => ['Authorization', `Bearer ${token}`];
const state = '/api/state';

const refused: readonly (readonly [what: string, status: number, attempt: Try])[] = [
  ['no token', 401, { path: state }],
  ['a wrong token', 401, { path: state, headers: () => [['Authorization', `Bearer ${'x'.repeat(43)}`]] }],
  [
    'half a token',
    401,
    { path: state, headers: ({ token }) => [['Authorization', `Bearer ${token.slice(0, 20)}`]] },
  ],
  [
    'the token in another scheme',
    401,
    { path: state, headers: ({ token }) => [['Authorization', `Basic ${token}`]] },
  ],
  ['the token in the query', 401, { path: '/api/state?token=x' }],
  ['a stream without a token', 401, { path: '/api/stream' }],
  ['a foreign Host', 403, { path: state, headers: (one) => [['Host', 'evil.example'], token(one)] }],
  [
    'a name that leads to this machine',
    403,
    {
      path: state,
      headers: (one) => [['Host', `127.0.0.1.evil.example:${new URL(one.origin).port}`], token(one)],
    },
  ],
  [
    'its own Host without the port',
    403,
    { path: state, headers: (one) => [['Host', '127.0.0.1'], token(one)] },
  ],
  [
    'its own Host with another port',
    403,
    { path: state, headers: (one) => [['Host', '127.0.0.1:1'], token(one)] },
  ],
  ['the page under a foreign Host', 403, { path: '/', headers: () => [['Host', 'evil.example']] }],
  [
    'a foreign Origin',
    403,
    { path: state, headers: (one) => [['Origin', 'http://evil.example'], token(one)] },
  ],
  ['the Origin null', 403, { path: state, headers: (one) => [['Origin', 'null'], token(one)] }],
  [
    'the Origin of another port',
    403,
    { path: state, headers: (one) => [['Origin', 'http://127.0.0.1:1'], token(one)] },
  ],
  [
    'its own Origin with TLS',
    403,
    { path: state, headers: (one) => [['Origin', one.origin.replace('http:', 'https:')], token(one)] },
  ],
  [
    'a preflight of a foreign page',
    403,
    {
      method: 'OPTIONS',
      path: state,
      headers: () => [
        ['Origin', 'http://evil.example'],
        ['Access-Control-Request-Method', 'DELETE'],
      ],
    },
  ],
  [
    'another site, by what the browser says',
    403,
    { path: state, headers: (one) => [['Sec-Fetch-Site', 'cross-site'], token(one)] },
  ],
  [
    'another port of this machine, by what the browser says',
    403,
    { path: state, headers: (one) => [['Sec-Fetch-Site', 'same-site'], token(one)] },
  ],
  [
    'a script that another site loads',
    403,
    {
      path: '/page.js',
      headers: () => [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'no-cors'],
      ],
    },
  ],
  [
    'the page in a frame of another site',
    403,
    {
      path: '/',
      headers: () => [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'navigate'],
        ['Sec-Fetch-Dest', 'iframe'],
      ],
    },
  ],
  ['GET where something is sent', 405, { path: '/api/send', headers: (one) => [token(one)] }],
  [
    'GET where something is replayed',
    405,
    { path: '/api/deliveries/0/replay', headers: (one) => [token(one)] },
  ],
  ['GET where something is inferred', 405, { path: '/api/infer', headers: (one) => [token(one)] }],
  ['POST to the page', 405, { method: 'POST', path: '/' }],
  ['a way that is not there', 404, { path: '/api/constructor', headers: (one) => [token(one)] }],
  ['a path upwards', 404, { path: '/../package.json' }],
  ['an id that is a path', 404, { path: '/api/deliveries/..%2f..%2fetc', headers: (one) => [token(one)] }],
  ['what is no JSON', 400, { method: 'POST', path: '/api/send', headers: (one) => [token(one)], body: 'x' }],
  [
    'what is no object',
    400,
    { method: 'POST', path: '/api/send', headers: (one) => [token(one)], body: '[]' },
  ],
  [
    'an event that is not there',
    400,
    { method: 'POST', path: '/api/send', headers: (one) => [token(one)], body: '{"event":"__proto__"}' },
  ],
  [
    'an id that is none',
    400,
    { method: 'POST', path: '/api/send', headers: (one) => [token(one)], body: '{"of":"../x"}' },
  ],
  [
    'a request that is too large',
    413,
    { method: 'POST', path: '/api/check', headers: (one) => [token(one)], body: 'x'.repeat(8 * 2 ** 20 + 1) },
  ],
];

describe('the server of the page', () => {
  test.each(refused)('refuses %s', async (_, status, { method = 'GET', path = '/', headers, body }) => {
    const one = await running();
    const answer = await raw(one.origin, {
      method,
      path,
      headers: headers?.(one) ?? [],
      ...(body !== undefined && { body }),
    });
    expect(answer.status).toBe(status);
    expect(Object.keys(JSON.parse(answer.body.toString()) as object)).toEqual(['error']);
    expect(answer.body.toString()).not.toContain(one.token);
    expect(answer.headers.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
    expect(await one.list()).toEqual([]);
    expect(one.problems).toEqual([]);
  });
});

describe('it answers', () => {
  test.each<[string, Try]>([
    [
      'its own page',
      {
        path: state,
        headers: (one) => [['Origin', one.origin], ['Sec-Fetch-Site', 'same-origin'], token(one)],
      },
    ],
    [
      'localhost',
      {
        path: state,
        headers: (one) => [['Host', new URL(one.origin).host.replace('127.0.0.1', 'localhost')], token(one)],
      },
    ],
    [
      'a link that was opened',
      {
        path: '/?x=1',
        headers: () => [
          ['Sec-Fetch-Site', 'cross-site'],
          ['Sec-Fetch-Mode', 'navigate'],
          ['Sec-Fetch-Dest', 'document'],
        ],
      },
    ],
    ['an address that was typed', { path: '/', headers: () => [['Sec-Fetch-Site', 'none']] }],
  ])('%s', async (_, { path = '/', headers }) => {
    const one = await running();
    expect((await raw(one.origin, { method: 'GET', path, headers: headers?.(one) ?? [] })).status).toBe(200);
  });
});

test('the page runs no script but its own, and is in no frame; each answer has a nonce of its own', async () => {
  const bytes = Buffer.from('<meta content="__NONCE__">');
  const one = await running({ page: new Map([['/', { type: 'text/html', bytes }]]) });
  const nonces = new Set<string>();
  for (const _ of [1, 2]) {
    const answer = await raw(one.origin, { method: 'GET' });
    const header = (name: string) => answer.headers.find(([each]) => each === name)?.[1] ?? '';
    const nonce = /content="([\w-]{24})"/.exec(answer.body.toString())?.[1] ?? '';
    nonces.add(nonce);
    expect(header('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('referrer-policy')).toBe('no-referrer');
    expect(header('cache-control')).toBe('no-store');
  }
  expect(nonces.size).toBe(2);
});

test('nothing of the page is to be had where deliveries are sent to', async () => {
  const one = await running();
  for (const path of ['/', '/api/deliveries', '/page.js']) {
    const answer = await raw(one.dev.endpoint, { method: 'GET', path, headers: [token(one)] });
    expect(answer.body.toString()).toBe('{"result":"kept"}\n');
  }
});
