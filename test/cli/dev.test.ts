import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { run } from '../../src/cli/program.js';
import { serverOf } from '../delivery/server.js';
import { raw } from '../dev/dev.js';
import { put } from '../output/tree.js';
import { runIn } from './command.js';

const secret = 'a-secret-word';
const ticket = '{"freshdesk_webhook":{"ticket_id":1,"ticket_subject":"very private"}}';
const headers = [
  ['Content-Type', 'application/json'],
  ['Authorization', `Basic ${Buffer.from(`freshdesk:${secret}`).toString('base64')}`],
] as const;
const path = '/freshdesk/ticket-created';

let folder = '';
beforeEach(() => {
  folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'project-')));
  writeFileSync(join(folder, 'package.json'), '{}');
  vi.stubEnv('XDG_STATE_HOME', mkdtempSync(join(tmpdir(), 'state-')));
  vi.stubEnv('FRESHDESK_PASSWORD', secret);
});
afterEach(() => vi.unstubAllEnvs());

/** `dev` at work in the folder, until it is ended. */
function dev(...args: readonly string[]) {
  const home = process.cwd();
  const text = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((written) => (text[name] += String(written)) !== ''),
  );
  vi.stubEnv('NO_COLOR', '1');
  process.chdir(folder);
  const exitCode = run(['dev', '--port', '0', '--page-port', '0', ...args]);
  const restore = () => {
    process.chdir(home);
    for (const spy of spies) spy.mockRestore();
  };
  const end = async () => {
    process.emit('SIGINT');
    const code = await exitCode;
    restore();
    return code;
  };
  onTestFinished(restore);
  const lines = () =>
    text.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, Record<string, string>>);
  const line = (name: string) =>
    vi.waitFor(
      () => {
        const found = lines().findLast((each) => name in each);
        if (!found) throw new Error(`no ${name} in ${text.stdout}${text.stderr}`);
        return found[name]!;
      },
      { timeout: 50_000, interval: 20 },
    );
  return { text, line, lines, end };
}

test('lines of JSON say what happens, and a signal ends it at once', async () => {
  const { line, lines, end, text } = dev('--json', '--secret-env', 'freshdesk=FRESHDESK_PASSWORD');
  const { endpoint, page } = await line('started');
  expect(page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
  await raw(endpoint!, { path: `${path}?a=private&b=&private=&private`, headers, body: ticket });
  expect(await line('delivery')).toMatchObject({
    event: 'freshdesk/ticket-created',
    path: `${path}?a=…&b=…&private=…&…`,
    authenticity: 'authentic',
    validity: 'valid',
  });
  expect(await end()).toBe(0);
  expect(lines().map((each) => Object.keys(each)[0])).toEqual(['started', 'delivery']);
  expect(text.stderr).toBe('');
  await expect(raw(endpoint!, {})).rejects.toThrow('ECONNREFUSED');
});

test('a reader is told where to point a tunnel, and of each delivery, without a value of it', async () => {
  const app = await serverOf((_, response) => void response.writeHead(201).end());
  const { text, end } = dev(
    '--forward',
    app.url.href,
    '--no-store',
    '--secret-env',
    'freshdesk=FRESHDESK_PASSWORD',
  );
  const endpoint = await vi.waitFor(() => /Deliveries {2}(\S+)/.exec(text.stderr)![1]!, { timeout: 50_000 });
  await raw(endpoint, { path: `${path}?key=${secret}`, headers, body: ticket });
  await raw(endpoint, { path: `/hooks/${secret}`, headers, body: '{' });
  await vi.waitFor(() => expect(text.stderr.match(/201 in \d+ ms/g)).toHaveLength(2), { timeout: 20_000 });
  expect(await end()).toBe(0);
  expect(text.stderr).toMatch(
    /^\d\d:\d\d:\d\d freshdesk\/ticket-created {2}valid, authentic {2}201 in \d+ ms$/m,
  );
  expect(text.stderr).toMatch(
    /^\d\d:\d\d:\d\d no event of the documents {2}unreadable, unchecked {2}201 in \d+ ms$/m,
  );
  expect(text.stderr).not.toMatch(new RegExp(`${secret}|private`));
  expect(text.stdout).toBe('');
  expect(readdirSync(process.env['XDG_STATE_HOME']!)).toEqual([]);
});

test('what was kept is exported without secrets, sent again from its file, and cleared', async () => {
  const { line, end } = dev('--json', '--secret-env', 'freshdesk=FRESHDESK_PASSWORD');
  const { endpoint } = await line('started');
  await raw(endpoint!, { path: `${path}?key=${secret}&a=1`, headers, body: ticket });
  const { id } = await line('delivery');
  await end();

  const exported = await runIn(folder, ['dev', '--export', 'fixtures', id!]);
  const name = `freshdesk-ticket-created.${id}`;
  expect(exported).toMatchObject({ exitCode: 0, stdout: `${name}.json\n` });
  expect(readdirSync(join(folder, 'fixtures')).sort()).toEqual([`${name}.headers.json`, `${name}.json`]);
  const beside = readFileSync(join(folder, 'fixtures', `${name}.headers.json`), 'utf8');
  const how = JSON.parse(beside) as { path: string; headers: readonly unknown[] };
  expect(how.path).toBe(`${path}?a=1`);
  expect(how.headers).toContainEqual(['Content-Type', 'application/json']);
  expect(beside).not.toMatch(/secret|Basic|authorization/i);
  expect(readFileSync(join(folder, 'fixtures', `${name}.json`), 'utf8')).toBe(ticket);
  expect((await runIn(folder, ['dev', '--export', 'fixtures'])).exitCode).toBe(0);
  expect(await runIn(folder, ['dev', '--export', 'fixtures', 'nothing'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('delivery-not-kept') as string,
  });

  const app = await serverOf((_, response) => void response.end());
  const sent = await runIn(folder, [
    'send',
    'freshdesk/ticket-created',
    '--body',
    `fixtures/${name}.json`,
    '--to',
    app.url.href,
  ]);
  expect(sent.exitCode, sent.stderr).toBe(0);
  expect(app.arrived[0]!.body.toString()).toBe(ticket);

  expect((await runIn(folder, ['dev', '--clear'])).stderr).toBe('1 delivery removed.\n');
  expect((await runIn(folder, ['dev', '--clear', '--json'])).stdout).toContain('"cleared": 0');
});

test('a later export leaves nothing of an earlier one that is a secret by its flags', async () => {
  const { line, end } = dev('--json');
  const { endpoint } = await line('started');
  await raw(endpoint!, { path, headers: [headers[0], ['X-Own', secret]], body: ticket });
  const { id } = await line('delivery');
  await end();

  const beside = join(folder, 'fixtures', `freshdesk-ticket-created.${id}.headers.json`);
  const text = () => readFileSync(beside, 'utf8');
  expect((await runIn(folder, ['dev', '--export', 'fixtures'])).exitCode).toBe(0);
  expect(text()).toContain(secret);
  // What stands there may be a link: what it leads to stays as it is.
  const elsewhere = join(folder, 'elsewhere.json');
  writeFileSync(elsewhere, 'mine');
  rmSync(beside);
  symlinkSync(elsewhere, beside);
  const own = ['--scheme', 'freshdesk=header:X-Own', '--secret-env', 'freshdesk=FRESHDESK_PASSWORD'];
  expect((await runIn(folder, ['dev', '--export', 'fixtures', ...own])).exitCode).toBe(0);
  expect(text()).toContain('"Content-Type"');
  expect(text()).not.toMatch(/X-Own|secret/);
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine');

  writeFileSync(join(folder, 'file'), '');
  expect(await runIn(folder, ['dev', '--export', 'file/inside'])).toMatchObject({
    stderr: expect.stringContaining('export-io') as string,
  });
  put(folder, { 'src/events/.freshworks-gen.json': '{}' });
  for (const kit of ['src/events', 'src/events/deliveries'])
    expect(await runIn(folder, ['dev', '--export', kit])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('export-folder') as string,
    });
});

test('with --watch the documents are read again, and the kit follows', async () => {
  writeFileSync(
    join(folder, 'freshworks-gen.config.yaml'),
    'out: src/events\nproducts: [freshdesk]\noverlay: [own.yaml]\n',
  );
  const overlay = (field: string) =>
    `overlay: 1.1.0\ninfo: { title: Own, version: '1' }\nactions:\n  - target: $.components.schemas.FreshdeskTicketFields.properties\n    update: { ${field}: { type: string } }\n`;
  writeFileSync(join(folder, 'own.yaml'), overlay('first'));
  const { line, lines, end } = dev('--json', '--watch');
  const { endpoint } = await line('started');
  const send = () =>
    raw(endpoint!, { path, headers: headers.slice(0, 1), body: '{"freshdesk_webhook":{"second":"x"}}' });
  await send();
  expect(await line('delivery')).toMatchObject({ unknownFields: 1 });
  await line('reloaded');
  const payloads = () => readFileSync(join(folder, 'src/events/payloads/freshdesk.ts'), 'utf8');
  expect(payloads()).toContain('first?: string');
  const before = lines().length;
  writeFileSync(join(folder, 'own.yaml'), overlay('second'));
  await vi.waitFor(() => expect(lines().length).toBeGreaterThan(before), { timeout: 50_000 });
  expect(payloads()).toContain('second?: string');
  await send();
  expect(await line('delivery')).toMatchObject({ unknownFields: 0 });
  expect(await end()).toBe(0);
});

describe('what is wrong is said, with the option that mends it', () => {
  test('a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const port = String((taken.address() as AddressInfo).port);
    for (const [option, other] of [
      ['--port', '--page-port'],
      ['--page-port', '--port'],
    ] as const) {
      const { exitCode, stderr } = await runIn(folder, ['dev', option, port, other, '0']);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(
        `Port ${port} cannot be used: another program uses it. \`${option}\` sets another.`,
      );
    }
  });

  test.each([
    [['--forward', 'localhost:3000'], 2, 'forward-invalid'],
    [['--forward', 'http://a:b@localhost'], 2, 'forward-invalid'],
    [['--secret-env', 'NOT_SET_ANYWHERE'], 2, 'variable-missing'],
    [['--clear', '--export', 'x'], 2, 'usage-option-conflict'],
  ])('%j', async (args, status, code) => {
    const { exitCode, stderr } = await runIn(folder, ['dev', '--port', '0', '--page-port', '0', ...args]);
    expect(stderr).toContain(code);
    expect(exitCode).toBe(status);
  });
});
