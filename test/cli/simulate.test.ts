import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { receiver } from '../delivery/receiver.js';
import { serverOf, type Arrived } from '../delivery/server.js';
import { temporaryFolder } from '../output/tree.js';
import { runIn } from './command.js';

beforeEach(() => {
  vi.stubEnv('PASSWORD', 'a secret that nobody sees');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Counts {
  readonly [name: string]: number;
}

interface Printed {
  readonly total: Counts;
  readonly events: Readonly<Record<string, Counts>>;
  readonly statuses: Counts;
  readonly latencyMs: Counts;
  readonly seed: string;
  readonly signing: readonly string[];
}

/** A day passes in the time of a blink. */
const fast = ['--clock', '100000x'];

async function simulating(to: string, ...args: readonly string[]) {
  const folder = temporaryFolder();
  const { exitCode, stdout, stderr } = await runIn(folder, [
    'simulate',
    '--to',
    to,
    ...fast,
    ...args,
    '--json',
  ]);
  return { exitCode, stderr, stdout, folder, document: JSON.parse(stdout) as Printed };
}

/** How often the same id came, and in which order: what a receiver that answers in some way has seen. */
async function platform(answer: (arrived: Arrived, times: number) => number) {
  const times = new Map<string, number>();
  const server = await serverOf((arrived, response) => {
    const digest = createHash('sha256').update(arrived.body).digest('hex');
    times.set(digest, (times.get(digest) ?? 0) + 1);
    response.writeHead(answer(arrived, times.get(digest)!)).end();
  });
  return { ...server, times };
}

test('every delivery is one of its own, valid, signed and handled', async () => {
  const { url, handled } = await receiver((kit) => ({
    freshdesk: kit.basicAuth({ username: 'freshdesk', password: process.env['PASSWORD'] }),
  }));
  const { exitCode, document, stdout, stderr, folder } = await simulating(
    url,
    '--secret-env',
    'freshdesk=PASSWORD',
    '--count',
    '40',
    '--log',
    'log.jsonl',
    '--seed',
    's1',
  );
  expect(exitCode, stdout).toBe(0);
  expect(document).toMatchObject({ seed: 's1', signing: ['freshdesk'], statuses: { 200: 40 } });
  expect(document.total).toEqual({
    sent: 40,
    acknowledged: 40,
    retried: 0,
    dropped: 0,
    duplicates: 0,
    unfinished: 0,
  });
  expect(Object.keys(document.events)).toEqual(['freshdesk/ticket-created', 'freshdesk/ticket-updated']);
  const ids = handled.map(({ payload }) => /\[(sim-s1-\d+)\]/.exec(JSON.stringify(payload))?.[1]);
  const logged = readFileSync(join(folder, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(new Set(ids).size).toBe(40);
  expect(logged).toHaveLength(40);
  expect(logged[0]).toEqual({
    id: expect.any(String) as string,
    event: expect.any(String) as string,
    attempt: 1,
    status: 200,
    ms: expect.any(Number) as number,
  });
  expect(new Set(logged.map((each) => (each as { id: string }).id))).toEqual(new Set(ids));
  expect(statSync(join(folder, 'log.jsonl')).mode & 0o077).toBe(0);
  expect(stdout + stderr).not.toContain('nobody sees');
  const tickets = handled.map(
    ({ payload }) => (payload as { freshdesk_webhook: { ticket_id: unknown } }).freshdesk_webhook.ticket_id,
  );
  expect(new Set(tickets).size).toBe(40);
});

test('without credentials, every event comes, and each payload is valid', async () => {
  const { url } = await receiver();
  const { exitCode, document, stdout } = await simulating(url, '--count', '120');
  expect(exitCode, stdout).toBe(0);
  expect(document).toMatchObject({ statuses: { 200: 120 }, signing: [] });
  expect(Object.keys(document.events)).toHaveLength(14);
  const { p50, p90, p99, max } = document.latencyMs;
  expect([p50, p90, p99, max]).toEqual([p50, p90, p99, max].toSorted((a, b) => a! - b!));
});

describe('what fails is sent again with the same bytes', () => {
  test('until it is taken', async () => {
    const { url, arrived, times } = await platform((_, count) => (count < 3 ? 503 : 200));
    const { exitCode, document } = await simulating(
      url.href,
      '--count',
      '10',
      '--events',
      'freshchat/message-create,freshdesk/ticket-created',
    );
    expect(exitCode).toBe(0);
    expect(document.total).toMatchObject({ sent: 10, acknowledged: 10, retried: 20, dropped: 0 });
    expect([...times.values()]).toEqual(Array(10).fill(3));
    const counts = arrived
      .filter(({ path }) => path.includes('freshchat'))
      .map(({ headers }) => headers.find(([name]) => name === 'X-Retry-Count')?.[1]);
    expect(new Set(counts)).toEqual(new Set(['0', '1', '2']));
    const others = arrived.filter(({ path }) => path.includes('freshdesk'));
    expect(others.length).toBeGreaterThan(0);
    expect(others.flatMap(({ headers }) => headers.map(([name]) => name))).not.toContain('X-Retry-Count');
  });

  test.each([201, 204, 302, 400, 500])('and given up after the third retry: %i', async (status) => {
    const { url, times } = await platform(() => status);
    const { exitCode, document } = await simulating(
      url.href,
      '--count',
      '5',
      '--events',
      'freshdesk/ticket-created',
    );
    expect(exitCode).toBe(1);
    expect(document.total).toEqual({
      sent: 5,
      acknowledged: 0,
      retried: 15,
      dropped: 5,
      duplicates: 0,
      unfinished: 0,
    });
    expect([...times.values()]).toEqual(Array(5).fill(4));
  });

  test('where nobody listens, and where nobody answers', async () => {
    const nobody = await simulating('http://127.0.0.1:9', '--count', '3');
    expect(nobody).toMatchObject({
      exitCode: 1,
      document: { statuses: { refused: 12 }, total: { dropped: 3 } },
    });
    const { url } = await serverOf(() => undefined);
    const silent = await simulating(url.href, '--count', '2', '--timeout', '0.05');
    expect(silent.document).toMatchObject({ statuses: { timeout: 8 }, total: { dropped: 2 } });
  });
});

describe('faults', () => {
  const events = ['--events', 'freshdesk/ticket-created,freshdesk/ticket-updated'];

  test('duplicates come after they were acknowledged', async () => {
    const { url, times } = await platform(() => 200);
    const { document } = await simulating(url.href, ...events, '--count', '20', '--duplicates', '1');
    expect(document.total).toMatchObject({ sent: 20, acknowledged: 20, duplicates: 20 });
    expect([...times.values()]).toEqual(Array(20).fill(2));
  });

  test('an update comes before its creation', async () => {
    const { url, arrived } = await platform(() => 200);
    await simulating(url.href, ...events, '--count', '40', '--reorder', '1', '--concurrency', '1');
    const came = arrived.map(({ path, body }) => ({
      isUpdate: path.endsWith('updated'),
      ticket: (JSON.parse(body.toString()) as { freshdesk_webhook: { ticket_id: number } }).freshdesk_webhook
        .ticket_id,
    }));
    const creations = came.flatMap((each, index) => (each.isUpdate ? [] : [index]));
    expect(creations.length).toBeGreaterThan(5);
    for (const index of creations.filter((each) => each < 39))
      expect(came[index - 1]).toEqual({ isUpdate: true, ticket: came[index]!.ticket });
  });

  test('broken templates are no JSON, are retried and dropped, and are not lost', async () => {
    const { url, arrived } = await platform(({ body }) => {
      try {
        JSON.parse(body.toString());
        return 200;
      } catch {
        return 400;
      }
    });
    const { exitCode, document } = await simulating(url.href, '--count', '60', '--broken-templates', '1');
    const { total, events: counted } = document;
    expect(exitCode).toBe(0);
    for (const [event, { sent, dropped, acknowledged }] of Object.entries(counted))
      expect([event, dropped, acknowledged]).toEqual(
        /^fresh(?:desk|service)/.test(event) ? [event, sent, 0] : [event, 0, sent],
      );
    expect(total['dropped']).toBeGreaterThan(0);
    expect(arrived.length).toBe(total['sent']! + total['retried']!);
  });

  test('late headers, and late bodies, come on a connection that is open', async () => {
    const { url } = await receiver();
    const late = ['--late-headers', '1', '--count', '6', '--concurrency', '6'];
    const { document } = await simulating(url, ...late);
    expect(document).toMatchObject({ statuses: { 200: 6 } });
    // Nothing is whole before its time is over: the shortest wait is a tenth of a second.
    const seen: string[] = [];
    const server = net.createServer((socket) => {
      let text = '';
      socket.setEncoding('latin1').on('data', (data) => (text += String(data)));
      socket
        .on('error', () => undefined)
        .on('close', () => seen.push(text.replace(/^.*\r\n\r\n$/s, 'headers')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const to = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    const hurried = await simulating(to, ...late, '--timeout', '0.09');
    expect(hurried.document).toMatchObject({ statuses: { timeout: 24 }, total: { dropped: 6 } });
    await vi.waitFor(() => expect(seen).toHaveLength(24));
    expect(new Set(seen)).toEqual(new Set(['', 'headers']));
  });
});

test('a seed repeats a run, byte for byte', async () => {
  const run = async (...seed: readonly string[]) => {
    const { url, arrived } = await platform(({ body }) => (body.includes('fire') ? 500 : 200));
    const args = ['--duplicates', '0.3', '--reorder', '0.3', '--broken-templates', '0.3'];
    const { document } = await simulating(
      url.href,
      '--count',
      '50',
      '--concurrency',
      '1',
      '--rate',
      '500',
      ...seed,
      ...args,
    );
    // What is new, in its order: when a failed one comes again depends on time.
    const bytes = [...new Set(arrived.map(({ path, body }) => `${path} ${body.toString()}`))];
    return { seed: document.seed, bytes };
  };
  const one = await run('--seed', '7');
  expect(one.bytes).toHaveLength(50);
  expect(await run('--seed', '7')).toEqual(one);
  // Without one, it is another each time, and the one that is printed repeats the run.
  const drawn = await run();
  expect(drawn.bytes).not.toEqual(one.bytes);
  expect(await run('--seed', drawn.seed)).toEqual(drawn);
  expect((await run()).bytes).not.toEqual(drawn.bytes);
});

test('the mix says how often each comes', async () => {
  const { url } = await platform(() => 200);
  const { document } = await simulating(
    url.href,
    '--count',
    '400',
    '--mix',
    'freshdesk/ticket-created=9,freshchat/message-create=1',
    '--concurrency',
    '50',
  );
  const [chat, desk] = Object.values(document.events).map(({ sent }) => sent!);
  expect(desk! + chat!).toBe(400);
  expect(desk! / chat!).toBeGreaterThan(4);
});

test('a table is printed, and the seed before it', async () => {
  const { url } = await platform(() => 200);
  const { stdout, stderr, exitCode } = await runIn(temporaryFolder(), [
    'simulate',
    '--to',
    url.href,
    '--count',
    '3',
    '--events',
    'freshdesk/ticket-created',
  ]);
  expect({
    exitCode,
    lines: stdout.split('\n').map((line) => line.replace(/ +/g, ' ').replace(/[\d.]+ ms/g, '… ms')),
  }).toEqual({
    exitCode: 0,
    lines: [
      'EVENT SENT ACKNOWLEDGED RETRIED DROPPED DUPLICATES UNFINISHED',
      'freshdesk/ticket-created 3 3 0 0 0 0',
      'all 3 3 0 0 0 0',
      '',
      'answers 200: 3',
      'latency p50 … ms, p90 … ms, p99 … ms, max … ms',
      '',
    ],
  });
  expect(stderr).toMatch(/^Sending 3 deliveries of 1 event to \S+, without credentials. Seed: \d+\.\n$/);
});

test('Ctrl-C ends it with what has happened', async () => {
  const { url, arrived } = await platform(() => 200);
  const before = process.listenerCount('SIGINT');
  const running = simulating(
    url.href,
    '--count',
    '100000',
    '--rate',
    '200',
    '--events',
    'freshdesk/ticket-created',
  );
  await vi.waitFor(() => expect(arrived.length).toBeGreaterThan(5), { timeout: 30_000 });
  process.emit('SIGINT');
  const { exitCode, document } = await running;
  expect(document).toMatchObject({ endedEarly: true });
  expect(document.total['acknowledged']).toBeGreaterThan(5);
  expect(exitCode).toBe(document.total['unfinished'] === 0 ? 0 : 1);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

describe('is refused', () => {
  test.each([
    ['usage-value-invalid', ['--seed', 'a b']],
    ['usage-value-invalid', ['--mix', 'freshdesk/ticket-created']],
    ['usage-option-conflict', ['--mix', 'a=1', '--events', 'a']],
    ['event-unknown', ['--events', 'freshdesk/ticket-craeted']],
    ['log-unwritable', ['--log', 'nowhere/log']],
  ])('%s: %j', async (code, args) => {
    const { exitCode, stderr } = await runIn(temporaryFolder(), [
      'simulate',
      '--to',
      'http://127.0.0.1:9',
      ...args,
    ]);
    expect(stderr).toContain(code);
    expect(exitCode).toBe(code === 'log-unwritable' ? 1 : 2);
  });
});
