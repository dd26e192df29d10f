import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { curlOf } from '../../src/dev/curl.js';
import type { Header } from '../../src/delivery/headers.js';
import { soundsStatic } from '../../src/delivery/headers.js';
import { serverOf } from '../delivery/server.js';

const json: readonly Header[] = [['Content-Type', 'application/json']];
const token = 'tok_en-1.2';
const variables = new Map([
  ['FRESHDESK_PASSWORD', `it's "$HOME" \\ 100%`],
  ['TOKEN', token],
]);
const secret = variables.get('FRESHDESK_PASSWORD')!;

function command(
  given: { method?: string; path?: string; headers?: readonly Header[]; body?: Uint8Array | string },
  origin = 'http://127.0.0.1:1',
): string {
  const { method = 'POST', path = '/a', headers = json, body = '{}' } = given;
  return curlOf(
    { method, path, headers, body: Buffer.from(body) },
    { origin, credentials: { isSecret: soundsStatic }, variables },
  );
}

function sh(text: string): Promise<{ status: number | null; stderr: string }> {
  const file = join(mkdtempSync(join(tmpdir(), 'curl-')), 'command');
  writeFileSync(file, text);
  const child = spawn('sh', ['-eu', file], {
    env: { ...process.env, ...Object.fromEntries(variables), HOME: '/nowhere' },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stderr })));
}

test.each<[string, Uint8Array | string]>([
  ['JSON', '{"a": 1}'],
  ['nothing', ''],
  ['quotes and what a shell would run', `{"a":"'; touch /tmp/x; $(id) \`id\` \\"$HOME\\" !! \\\\ *"}`],
  ['an @ that could be a file', '@/etc/passwd'],
  ['line ends at both ends', '\n{"a":\n1}\n\n'],
  ['a word that ends what stands before it', 'END\nrm -rf x\nEND\n'],
  ['carriage returns and escapes of a terminal', '{"a":"\u001b]0;x\u0007\r\n"}'],
  ['what shows another order', '{"a":"\u202e\u2066"}'],
  ['characters of all kinds', '{"a":"ä€😀"}'],
  ['no text', Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ['1 MiB', `{"a":"${'x'.repeat(2 ** 20)}"}`],
])('the command that is copied sends the same bytes: %s', async (_, body) => {
  const app = await serverOf((_, response) => void response.end());
  const { status, stderr } = await sh(command({ body }, app.url.origin));
  expect(stderr).not.toMatch(/not found|syntax|curl: \(/);
  expect(status).toBe(0);
  expect(app.arrived).toHaveLength(1);
  expect(app.arrived[0]).toMatchObject({ method: 'POST', path: '/a' });
  expect(Buffer.compare(app.arrived[0]!.body, Buffer.from(body))).toBe(0);
});

test.each([
  ['POST', '/a?x={a,b}&y[]=[1-3]', '{}'],
  ['POST', '/base/../admin/./x', '{}'],
  ['PUT', '//evil.example/x', '{}'],
  ['HEAD', '/a', ''],
])('the command sends one request, to the path as it is: %s %s', async (method, path, body) => {
  const app = await serverOf((_, response) => void response.end());
  const { status } = await sh(command({ method, path, body }, app.url.origin));
  expect(status).toBe(0);
  expect(app.arrived.map((each) => [each.method, each.path])).toEqual([[method, path]]);
});

const madeAnew = ['host', 'content-length', 'connection'];
const compared = (headers: readonly Header[]) =>
  headers.filter(([name]) => !madeAnew.includes(name.toLowerCase())).toSorted();

test.each<[string, readonly Header[]]>([
  ['no header at all', []],
  ['a media type alone', json],
  [
    'all that curl would add',
    [
      ['user-agent', 'a'],
      ['ACCEPT', '*/*'],
      ['content-type', 'text/x'],
    ],
  ],
])('no header is added: %s', async (_, headers) => {
  const app = await serverOf((_, response) => void response.end());
  for (const body of ['{}', Buffer.from([0, 255])]) {
    const { status, stderr } = await sh(command({ headers, body }, app.url.origin));
    expect(status, stderr).toBe(0);
  }
  expect(app.arrived.map((each) => compared(each.headers))).toEqual([compared(headers), compared(headers)]);
});

test('headers and query are the same, and secrets come from the environment', async () => {
  const app = await serverOf((_, response) => void response.end());
  const pair = Buffer.from(`ann:${secret}`).toString('base64');
  const headers: readonly Header[] = [
    ...json,
    ['X-Empty', ''],
    ['X-Quote', `it's $HOME`],
    ['X-Freshchat-Signature', 'c2ln'],
    ['X-FD-Secret', secret],
    ['Authorization', `Basic ${pair}`],
    ['Connection', 'close'],
  ];
  const path = `/a?b=1&key=${token}&c=it's`;
  const text = command({ method: 'PUT', path, headers }, app.url.origin);
  expect(text).not.toContain(secret);
  expect(text).not.toContain(pair);
  expect(text).not.toContain(token);
  const { status, stderr } = await sh(text);
  expect(status, stderr).toBe(0);
  const [arrived] = app.arrived;
  expect(arrived).toMatchObject({ method: 'PUT', path });
  expect(compared(arrived!.headers)).toEqual(compared(headers));
});

test('a secret that no variable holds is a gap', () => {
  const headers: readonly Header[] = [
    ['Authorization', 'Bearer other'],
    ['X-Token', 'other'],
  ];
  const text = command({ headers, path: '/a?key=other' });
  expect(text).not.toContain('other');
  expect(text).toContain(`'Authorization: Bearer ''<Authorization>'`);
  expect(text).toContain('key=<key>');
});

test.each(['\u001b[2J', '\u202e', '\u0000', '\u2028', '\u{e0041}'])(
  'nothing that is copied drives a terminal or hides: %j',
  (character) => {
    const text = command({
      method: 'POST',
      path: `/a${character}?${character}`,
      headers: [['X', character]],
      body: character,
    });
    expect(text).not.toContain(character);
  },
);
