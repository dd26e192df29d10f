/**
 * What an inbox takes: durable acknowledgements a second from 64 senders, and deliveries handled a second by one worker
 * process whose handler does nothing. Against one insert with its own wait for the disk each, into the same kind of file.
 * Needs the libraries of `npm run test:servers`, and what it finds of PostgreSQL and Redis.
 *
 *     node bench/inbox.mjs
 */
/* global AbortController */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { median, table } from './table.mjs';

const servers = resolve(import.meta.dirname, '../test/servers');
const node = join(servers, 'node_modules/node-24/bin/node');
if (process.env.BENCH_NODE !== node) {
  const env = { ...process.env, BENCH_NODE: node, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' };
  process.exit(spawnSync(node, process.argv.slice(1), { env, stdio: 'inherit' }).status ?? 1);
}

const cache = join(servers, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const outfile = join(cache, 'bench.mjs');
await build({
  stdin: {
    contents: ['engines', 'programs', 'libraries'].map((name) => `export * from './${name}.ts';`).join('\n'),
    resolveDir: servers,
  },
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const { hasPostgres, hasRedis, nodeSqlite, openInbox, postgres, redis } = await import(
  pathToFileURL(outfile).href
);

const senders = 64;
const rounds = 5;
const putMs = 2_000;
const patient = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'bench-inbox-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const body = Buffer.from(
  JSON.stringify({ freshdesk_webhook: { ticket_id: 1, note: 'x'.repeat(1_500) } }),
).toString('base64');
let keys = 0;
function record() {
  keys += 1;
  const headers = { 'content-type': 'application/json' };
  const receivedAt = new Date().toISOString();
  return {
    key: `key ${keys}`,
    product: 'freshdesk',
    path: '/freshdesk/ticket-created',
    receivedAt,
    headers,
    body,
  };
}

/** Acknowledgements a second. */
async function puts(inbox) {
  const start = performance.now();
  let count = 0;
  const sender = async () => {
    while (performance.now() - start < putMs) {
      await inbox.put(record(), patient);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return (count * 1_000) / (performance.now() - start);
}

/** Handled a second, of so many that wait. */
async function handled(inbox, count) {
  for (let at = 0; at < count; at += 100)
    await Promise.all(Array.from({ length: 100 }, () => inbox.put(record(), patient)));
  let done = 0;
  const start = performance.now();
  await new Promise((resolve) => {
    const worker = inbox.work(
      async () => {
        done += 1;
        if (done === count) worker.stop().then(resolve);
      },
      { concurrency: 20, onError: console.error, onDead: console.error },
    );
  });
  return (count * 1_000) / (performance.now() - start);
}

/** One insert each, with its own wait for the disk. */
async function inserts() {
  const database = await nodeSqlite(join(folder, `alone-${keys}.db`));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE inbox (id INTEGER PRIMARY KEY, key TEXT UNIQUE, record TEXT) STRICT');
  const insert = database.prepare('INSERT INTO inbox (key, record) VALUES (?, ?)');
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < putMs; count += 1) {
    const each = record();
    insert.run(each.key, JSON.stringify(each));
  }
  database.close();
  return (count * 1_000) / (performance.now() - start);
}

const sqlite = await openInbox({ engine: 'sqlite', file: join(folder, 'inbox.db') });
const together = [];
for (let round = 0; round < rounds; round += 1) {
  const order = round % 2 === 0 ? [inserts, puts] : [puts, inserts];
  const speeds = new Map();
  for (const work of order) speeds.set(work, await work(sqlite.inbox));
  together.push({ alone: speeds.get(inserts), inbox: speeds.get(puts) });
}
const rows = [
  ['', 'acknowledged a second', 'handled a second'],
  ['one insert and fsync each', median(together.map(({ alone }) => alone)).toFixed(0), ''],
];
const ratio = median(together.map(({ alone, inbox }) => inbox / alone));
await sqlite.close();

async function measured(name, store) {
  const { inbox, close } = await openInbox(store);
  const acknowledged = [];
  for (let round = 0; round < 3; round += 1) acknowledged.push(await puts(inbox));
  await close();
  rows.push([name, median(acknowledged).toFixed(0), '']);
}

async function worked(store) {
  const { inbox, close } = await openInbox(store);
  rows.at(-1)[2] = (await handled(inbox, 2_000)).toFixed(0);
  await close();
}

await measured('sqliteInbox', { engine: 'sqlite', file: join(folder, 'acknowledged.db') });
await worked({ engine: 'sqlite', file: join(folder, 'handled.db') });
for (const [isThere, name, start, engine] of [
  [hasPostgres, 'pgBossInbox', postgres, 'pg-boss'],
  [hasRedis, 'bullmqInbox, appendfsync always', () => redis('always'), 'bullmq'],
  [hasRedis, 'bullmqInbox, appendfsync everysec', () => redis('everysec'), 'bullmq'],
]) {
  if (!isThere) continue;
  const server = await start();
  await measured(name, { engine, port: server.port });
  await server.remove();
  const empty = await start();
  await worked({ engine, port: empty.port });
  await empty.remove();
}

table(`Inboxes, ${senders} senders, one process, bodies of 1.5 kB`, rows);
console.log(`\n  sqliteInbox against one insert each, interleaved: ${ratio.toFixed(1)} times`);
process.exit(0);
