import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deliveriesOf } from '../../src/app/deliveries.js';
import { exported } from '../../src/store/export.js';
import { newId } from '../../src/store/id.js';
import type { Capture } from '../../src/store/record.js';
import { openStore } from '../../src/store/store.js';
import { receiver } from '../delivery/receiver.js';
import { serverOf } from '../delivery/server.js';
import { put, temporaryFolder } from '../output/tree.js';
import { runIn } from './command.js';

beforeEach(() => {
  vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
  vi.stubEnv('HOOK', `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function capture(changes: Partial<Capture> = {}): Capture {
  return {
    id: newId(),
    receivedAt: '2026-11-26T12:00:00.000Z',
    source: 'received',
    method: 'POST',
    path: '/hooks/freshdesk/ticket-created?key=abc&n=1',
    headers: [
      ['host', 'tunnel.example'],
      ['CONTENT-type', 'application/json; charset=utf-8'],
      ['X-Twice', 'a'],
      ['x-twice', 'b'],
      ['X-Latin', 'caf\u00e9'],
      ['Connection', 'keep-alive, x-hop'],
      ['X-Hop', '1'],
      ['Transfer-Encoding', 'chunked'],
      ['Authorization', 'Basic b2xk'],
    ],
    body: Buffer.from('\ufeff{"freshdesk_webhook" : {"ticket_id":"11", "note":"größer"}}\r\n'),
    event: 'freshdesk/ticket-created',
    ...changes,
  };
}

const bytes = Buffer.from(capture().body);
const headers = [
  ['CONTENT-type', 'application/json; charset=utf-8'],
  ['X-Twice', 'a'],
  ['x-twice', 'b'],
  ['X-Latin', 'caf\u00e9'],
  ['Authorization', 'Basic b2xk'],
];

test.each([
  ['//[x', '//[x'],
  ['http://[::x/y', '/y'],
  ['//a:99999999/x', '//a:99999999/x'],
  ['//', '//'],
  ['///', '///'],
  ['http://', '/'],
  ['*', '/'],
  ['//evil.example/x', '//evil.example/x'],
])('a path that no address can have is replayed as well: %s', async (path, asked) => {
  const { url, arrived } = await serverOf((_, response) => void response.end('ok'));
  const folder = temporaryFolder();
  const one = capture({ path, event: 'none' });
  openStore(deliveriesOf(folder), { deliveries: 10, days: 7, bytes: 2 ** 20 }).add(one);
  const outcome = await runIn(folder, ['replay', 'last', '--to', url.origin]);
  expect(outcome.stderr).not.toContain('fault of the program');
  expect(arrived.map((each) => each.path)).toEqual([asked]);
});

describe('the same bytes and headers go out again', () => {
  test.each(['a file', 'an id', 'last'])('from %s', async (from) => {
    const { url, arrived } = await serverOf((_, response) => void response.end('ok'));
    const folder = temporaryFolder();
    const one = capture();
    let what = from;
    if (from === 'a file') {
      const files = exported(one);
      put(
        folder,
        Object.fromEntries(files.map((each) => [each.name, Buffer.from(each.bytes).toString('utf8')])),
      );
      what = files[0]!.name;
    } else {
      const store = openStore(deliveriesOf(folder));
      store.add(capture({ body: Buffer.from('older') }));
      const kept = capture();
      store.add(kept);
      if (from === 'an id') what = kept.id;
    }
    const { exitCode, stdout, stderr } = await runIn(folder, [
      'replay',
      what,
      '--to',
      `${url.origin}/webhooks`,
    ]);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: 'ok\n' });
    expect(stderr).not.toMatch(/abc|b2xk/);
    const [came] = arrived;
    expect(came?.body).toEqual(bytes);
    expect(came?.path).toBe('/webhooks/freshdesk/ticket-created?key=abc&n=1');
    expect(came?.headers).toEqual([
      ['Host', url.host],
      ...headers,
      ['Content-Length', String(bytes.byteLength)],
      ['Connection', 'close'],
    ]);
    if (from === 'a file') expect(readdirSync(folder)).toHaveLength(2);
  });
});

test.each([
  ['freshdesk/ticket-created', '/own', '/own/freshdesk/ticket-created?key=abc&n=1'],
  ['freshdesk/ticket-created', '/own?c=d', '/own/freshdesk/ticket-created?c=d'],
  ['freshdesk/ticket-created', '/own --as-is', '/own'],
  ['freshdesk/ticket-created', '/own?c=d --as-is', '/own?c=d'],
  ['none', ' --as-is', '/'],
])('where a delivery of %s goes with --to %s', async (event, to, asked) => {
  const { url, arrived } = await serverOf((_, response) => void response.end());
  const folder = temporaryFolder();
  const path = event === 'none' ? '/hooks/1?a=b' : capture().path;
  openStore(deliveriesOf(folder)).add(capture({ event, path }));
  const [address = '', ...rest] = to.split(' ');
  await runIn(folder, ['replay', 'last', '--to', `${url.origin}${address}`, ...rest]);
  expect(arrived.map((each) => each.path)).toEqual([asked]);
});

test('a delivery of no known event goes to the address as it is, or to the path that it came to', async () => {
  const { url, arrived } = await serverOf((_, response) => void response.end());
  const folder = temporaryFolder();
  const { event: _, ...unknown } = capture({ path: '/hooks/1?a=b', method: 'PUT' });
  openStore(deliveriesOf(folder)).add(unknown);
  for (const path of ['', '/app/hook', '/app/hook?c=d'])
    expect(await runIn(folder, ['replay', 'last', '--to', `${url.origin}${path}`])).toMatchObject({
      exitCode: 0,
    });
  expect(arrived.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /hooks/1?a=b',
    'PUT /app/hook?a=b',
    'PUT /app/hook?c=d',
  ]);
});

test('an old signature is refused, and taken once it is made again', async () => {
  const { url, handled } = await receiver((kit) => ({
    freshdesk: kit.standardWebhooks({ secrets: process.env['HOOK'] }),
  }));
  const folder = temporaryFolder();
  const old: Capture['headers'] = [
    ['Content-Type', 'application/json'],
    ['Webhook-Id', 'msg_1'],
    ['Webhook-Timestamp', '1600000000'],
    ['Webhook-Signature', `v1,${Buffer.alloc(32).toString('base64')}`],
  ];
  openStore(deliveriesOf(folder)).add(capture({ headers: old }));
  const again = await runIn(folder, ['replay', 'last', '--to', url]);
  expect(again).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('`--sign` signs again') as string,
  });
  const credentials = ['--scheme', 'standard-webhooks', '--secret-env', 'HOOK'];
  const unasked = await runIn(folder, ['replay', 'last', '--to', url, ...credentials]);
  expect(unasked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('`--sign`') as string });
  const bare = await runIn(folder, ['replay', 'last', '--to', url, '--sign']);
  expect(bare).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('secret-missing') as string });
  expect(await runIn(folder, ['replay', 'last', '--to', url, '--sign', ...credentials])).toMatchObject({
    exitCode: 0,
  });
  expect(handled).toHaveLength(1);
});

test.each<[string, Partial<Capture>, echo: string]>([
  [
    'Basic',
    { headers: [['Authorization', `Basic ${btoa('ann:hidden-1')}`]] },
    `${btoa('ann:hidden-1')} ann:hidden-1 hidden-1`,
  ],
  ['a token behind a word', { headers: [['X-Original-Authorization', 'Token hidden-1']] }, 'hidden-1'],
  ['a cookie', { headers: [['Cookie', 'a=1; b=hidden-1']] }, '{"b":"hidden-1"}'],
  ['a query', { path: '/freshdesk/ticket-created?pwd=hidden-1%20%2b' }, '{"pwd":"hidden-1 +"}'],
  [
    'an address in a header',
    { headers: [['Referer', 'https://ann:hidden-1@a.example/?jwt=hidden-2']] },
    'hidden-1 hidden-2',
  ],
])('what a delivery came with is not shown, where the answer repeats it: %s', async (_, changes, echo) => {
  const { url } = await serverOf((arrived, response) => {
    response.writeHead(401).end(`${echo} ${JSON.stringify(arrived)} ${arrived.path}`);
  });
  const folder = temporaryFolder();
  openStore(deliveriesOf(folder)).add(capture(changes));
  for (const json of [[], ['--json']]) {
    const { stdout, stderr } = await runIn(folder, ['replay', 'last', '--to', url.origin, ...json]);
    expect(stdout + stderr).toContain('…');
    expect(stdout + stderr).not.toMatch(/hidden-\d|YW5uOmhpZGRlb/);
  }
});

test.each(['last', 'nothing', join('folder', 'none.json')])('%s: what is not there is said', async (what) => {
  const { exitCode, stderr } = await runIn(temporaryFolder(), ['replay', what, '--to', 'http://127.0.0.1:9']);
  expect(exitCode, stderr).toBe(2);
  expect(stderr).toMatch(/delivery-missing|body-invalid/);
});

test('the product of a file without headers is that of the event in its name', async () => {
  const { url, arrived } = await serverOf((_, response) => void response.end());
  const folder = temporaryFolder();
  put(folder, { 'freshdesk-ticket-created.json': '{}', 'other.json': '{}' });
  const signed = (file: string) =>
    runIn(folder, ['replay', file, '--to', url.href, '--sign', '--secret-env', 'HOOK']);
  expect(await signed('freshdesk-ticket-created.json')).toMatchObject({ exitCode: 0 });
  expect(arrived[0]?.path).toBe('/freshdesk/ticket-created');
  expect(await signed('other.json')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('error replay-product-unknown: ') as string,
  });
});
