import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { freePort } from './programs.js';

const deliveries = process.env['INBOX_FULL'] === '1' ? 10_000 : 2_000;

/** A receiver of a user's with the inbox in a file, and its worker. */
const server = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basicAuth, createReceiver, ignoringRest, nodeListener, runInbox, sqliteInbox } from './events/index.js';

const inbox = sqliteInbox({ file: 'inbox.db' });
const onError = () => undefined;
const verify = { freshdesk: basicAuth({ username: 'freshdesk', password: process.env['PASSWORD'] ?? '' }) };
const handle = ({ payload }: { payload: unknown }) => appendFileSync('handled.log', JSON.stringify(payload) + '\\n');
const events = ['freshdesk/ticket-created', 'freshdesk/ticket-updated'].map((name) => [name, handle]);
runInbox({ inbox, handlers: ignoringRest(Object.fromEntries(events)), onError });
createServer(nodeListener(createReceiver({ inbox, verify, onError })))
  .listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('ready'));
`;

async function started(folder: string, port: number): Promise<ChildProcess> {
  const env = {
    ...process.env,
    PORT: String(port),
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
  const child = fork(join(folder, 'server.mjs'), {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}

it(`what simulate counts as acknowledged is what was handled, of ${deliveries} deliveries to a receiver that is killed`, async () => {
  vi.stubEnv('PASSWORD', 'change-me');
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'simulate-')));
  const kit = ['--out', 'events', '--products', 'freshdesk', '--inbox', 'sqlite'];
  const made = await runIn(folder, ['generate', ...kit]);
  expect(made.exitCode, made.stderr).toBe(0);
  writeFileSync(join(folder, 'server.ts'), server);
  await build({
    entryPoints: [join(folder, 'server.ts')],
    outfile: join(folder, 'server.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
  });
  const port = await freePort();
  let child = await started(folder, port);
  onTestFinished(() => killed(child));

  const killing = (async () => {
    let kills = 0;
    const log = join(folder, 'attempts.jsonl');
    for (const share of [0.2, 0.5, 0.8]) {
      while (linesOf(log).length < share * deliveries) await pause(20);
      await killed(child);
      // Long enough for deliveries to find nobody.
      await pause(300);
      child = await started(folder, port);
      kills += 1;
    }
    return kills;
  })();
  const sending = await runIn(folder, [
    'simulate',
    '--to',
    `http://127.0.0.1:${port}`,
    '--secret-env',
    'PASSWORD',
    '--products',
    'freshdesk',
    '--count',
    String(deliveries),
    '--rate',
    '500',
    '--concurrency',
    '20',
    '--clock',
    '600x',
    '--duplicates',
    '0.05',
    '--seed',
    'kill',
    '--log',
    'attempts.jsonl',
    '--json',
  ]);
  expect(await killing).toBe(3);
  const { total, statuses } = JSON.parse(sending.stdout) as {
    readonly total: Readonly<Record<string, number>>;
    readonly statuses: Readonly<Record<string, number>>;
  };
  const attempts = linesOf(join(folder, 'attempts.jsonl')).map(
    (line) =>
      JSON.parse(line) as { readonly id: string; readonly status?: number; readonly duplicate?: true },
  );
  const acknowledged = new Set(attempts.filter(({ status }) => status === 200).map(({ id }) => id));
  const handled = () =>
    new Set(linesOf(join(folder, 'handled.log')).map((line) => /\[(sim-kill-\d+)\]/.exec(line)?.[1]));
  await vi.waitFor(() => expect(handled().size).toBeGreaterThanOrEqual(acknowledged.size), {
    timeout: 60_000,
    interval: 200,
  });
  console.log(JSON.stringify(total), JSON.stringify(statuses));
  expect(sending.exitCode, sending.stderr).toBe(0);
  expect(total).toMatchObject({ sent: deliveries, acknowledged: deliveries, dropped: 0, unfinished: 0 });
  expect(total['retried']).toBeGreaterThan(0);
  expect(acknowledged.size).toBe(total['acknowledged']);
  expect(handled()).toEqual(acknowledged);
});
