/**
 * The clients of REST APIs: their sizes as a bundler leaves them, a burst of calls at a limit by the minute, and what it takes
 * to read 40,000 tickets while they change. Against the fake platform of the kit, in this process. The minutes of the burst
 * are those of a clock that stands still while a request is under way: they are the client's waiting alone.
 *
 *     node bench/clients.mjs
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { table } from './table.mjs';

const templates = resolve(import.meta.dirname, '../templates');
const clients = join(templates, 'runtime/clients');
const folder = mkdtempSync(join(tmpdir(), 'bench-clients-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

async function bundled(contents, options) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: templates },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    ...options,
  });
  return outputFiles[0].contents;
}

async function sizeOf(module) {
  const code = await bundled(`export * from '${join(clients, module)}'`, { minify: true });
  return [`${code.length}`, `${gzipSync(code, { level: 9 }).length}`];
}

const products = readdirSync(clients).filter((name) =>
  ['freshchat', 'freshdesk', 'freshsales', 'freshservice', 'helpdesk'].includes(name.replace(/\.ts$/, '')),
);
const sizes = [['', 'minified', 'gzipped']];
sizes.push(['what they share (http.ts)', ...(await sizeOf('http.ts'))]);
for (const name of products)
  sizes.push([`${name.replace(/\.ts$/, '')}, with all that it imports`, ...(await sizeOf(name))]);
table('Clients, in bytes', sizes);

const outfile = join(folder, 'kit.mjs');
await build({
  stdin: {
    contents: ['fake-platform', 'runtime/clients/freshdesk', '../test/clients/idle-clock']
      .map((name) => `export * from './${name}.ts';`)
      .join('\n'),
    resolveDir: templates,
  },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
});
const { fakePlatform, freshdeskClient, idleClock } = await import(pathToFileURL(outfile).href);

/** A burst of calls by so many callers, each of which makes one call after the other. */
async function burst(calls, callers) {
  const { options, stop } = idleClock();
  const started = options.now();
  const records = { tickets: [{ id: 1, subject: 'One' }] };
  const platform = await fakePlatform({
    product: 'freshdesk',
    limitPerMinute: 200,
    records,
    now: options.now,
  });
  const { baseUrl, apiKey } = platform;
  const freshdesk = freshdeskClient({
    domain: 'acme',
    baseUrl,
    apiKey,
    ...options,
    deadlineMs: 3_600_000,
  });
  let answered = 0;
  const waiting = Array.from({ length: calls }).values();
  const caller = async () => {
    while (!waiting.next().done) {
      await freshdesk.tickets.get(1);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  stop();
  await platform.close();
  const refused = platform.requests.filter(({ status }) => status === 429).length;
  const share = ((refused / platform.requests.length) * 100).toFixed(2);
  const minutes = ((options.now() - started) / 60_000).toFixed(1);
  return [`${callers}`, `${answered}`, `${platform.requests.length}`, `${refused}`, `${share} %`, minutes];
}

table('1,000 calls at 200 a minute', [
  ['callers', 'answered', 'requests', '429', 'share', 'minutes'],
  await burst(1_000, 8),
  await burst(1_000, 1_000),
]);

function heap() {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Reads all tickets, and changes one after each hundred. */
async function readAll(count, sharing) {
  let seconds = count;
  const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000);
  const platform = await fakePlatform({
    product: 'freshdesk',
    records: {
      tickets: Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        subject: 'before',
        updated_at: `${at(Math.floor(index / sharing))
          .toISOString()
          .slice(0, 19)}Z`,
      })),
    },
    now: () => at(seconds),
  });
  const { baseUrl, apiKey } = platform;
  const tickets = platform.records('tickets');
  const freshdesk = freshdeskClient({ domain: 'acme', baseUrl, apiKey });
  /** How often each was read. */
  const times = new Uint8Array(count + 1);
  const heaps = [];
  let read = 0;
  for await (const { id } of freshdesk.tickets.changes({ updatedSince: at(0) })) {
    times[id] += 1;
    read += 1;
    if (read % 5_000 === 1) heaps.push(heap());
    if (read % 100 === 50 && read <= count) {
      seconds += 1;
      tickets.change(id, { subject: 'after' });
    }
  }
  await platform.close();
  const lost = times.subarray(1).filter((each) => each === 0).length;
  const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);
  const [first] = heaps;
  return [
    `${sharing}`,
    `${read}`,
    `${lost}`,
    `${platform.requests.length}`,
    megabytes(first),
    megabytes(Math.max(...heaps)),
    megabytes(heaps.at(-1)),
  ];
}

table(
  '40,000 tickets while every hundredth changes; the heap in MiB, the platform and its requests included',
  [
    ['changed in a second', 'read', 'lost', 'requests', 'at first', 'at most', 'at last'],
    await readAll(40_000, 1),
    await readAll(40_000, 150),
  ],
);
