import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { HandleRecord, InboxQueue, InboxStore } from '../../templates/runtime/inbox.js';
import { runIn } from '../cli/command.js';
import { blocksOf, root } from '../project/shown.js';
import { aRecord, until } from './contract.js';
import type { SQSClient } from './fake-sqs.js';
import { freePort, hasPostgres, hasRedis, postgres, redis } from './programs.js';

interface CloudflareInbox extends InboxStore, InboxQueue {
  consume(batch: { readonly messages: readonly object[] }): Promise<void>;
}

const packages = join(import.meta.dirname, 'node_modules');
const blocks = new Map(blocksOf('inbox').map(({ subject, text }) => [subject, text]));
const engines = ['sqlite', 'better-sqlite3', 'pg-boss', 'bullmq'];
const password = 'change-me';
const strictest = {
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};
let folder = '';

/** A project for each engine, with what the page shows; a kit and libraries for all. */
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'examples-')));
  const asked = ['--products', 'freshdesk', '--no-handlers', '--inbox', 'sqlite,pg-boss,bullmq,own'];
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events', ...asked]);
  expect(exitCode, stderr).toBe(0);
  for (const name of ['pg-boss', 'bullmq', 'better-sqlite3', '@aws-sdk/client-sqs', '@types/node'])
    link(name, name);
  for (const engine of [...engines, 'own']) {
    mkdirSync(join(folder, engine));
    symlinkSync(join(folder, 'events'), join(folder, engine, 'events'), 'dir');
    const names =
      engine === 'own'
        ? ['sqs.ts', 'cloudflare.ts', 'ordered.ts']
        : ['receiver.ts', 'worker.ts', 'replay.ts'];
    for (const name of names) writeFileSync(join(folder, engine, name), blocks.get(name)!);
    if (engine !== 'own') writeFileSync(join(folder, engine, 'inbox.ts'), blocks.get(`${engine}/inbox.ts`)!);
  }
});

/** Puts an installed package among those of the projects, in the place of the one that is there. */
function link(installed: string, name: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { force: true });
  symlinkSync(join(packages, installed), place, 'dir');
}

async function bundled(path: string): Promise<string> {
  const outfile = join(folder, path.replace(/ts$/, 'mjs'));
  await build({
    entryPoints: [join(folder, path)],
    outfile,
    bundle: true,
    external: ['pg-boss', 'bullmq', 'better-sqlite3'],
    alias: { '@aws-sdk/client-sqs': join(import.meta.dirname, 'fake-sqs.ts') },
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

it('all that the page shows is tried', () => {
  expect([...blocks.keys()].sort()).toEqual(
    [
      ...engines.map((engine) => `${engine}/inbox.ts`),
      'cloudflare.ts',
      'ordered.ts',
      'receiver.ts',
      'replay.ts',
      'sqs.ts',
      'worker.ts',
    ].sort(),
  );
});

/** The libraries' own types, under each set of options that a project may have. */
it.each(
  ['typescript-5.4', 'typescript-6.0'].flatMap((compiler) =>
    ['better-sqlite3-12', 'better-sqlite3'].flatMap((types) =>
      [false, true].map((isStrictest) => ({ compiler, types, isStrictest })),
    ),
  ),
)('what the page shows compiles: $compiler, @types/$types, strictest: $isStrictest', (row) => {
  link(`@types/${row.types}`, '@types/better-sqlite3');
  writeFileSync(
    join(folder, 'own/built-in.ts'),
    `import { DatabaseSync } from 'node:sqlite';
import { sqliteInbox } from './events/index.js';
export const inbox = sqliteInbox({ database: new DatabaseSync('inbox.db') });
`,
  );
  const options = {
    compilerOptions: {
      strict: true,
      ...(row.isStrictest && strictest),
      module: 'nodenext',
      target: 'es2022',
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      preserveSymlinks: false,
    },
    include: [...engines, 'own', 'events'],
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const library =
    row.compiler === 'typescript-5.4' ? join(packages, row.compiler) : join(root, 'node_modules/typescript');
  execFileSync(process.execPath, [join(library, 'lib/tsc.js'), '-p', folder], { stdio: 'inherit' });
});

/** A program that is shown, and what it prints. */
async function started(
  engine: string,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; printed(): string; ended(): Promise<unknown> }> {
  const program = await bundled(`${engine}/${name}`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    cwd: join(folder, engine),
    env: { ...process.env, FRESHDESK_PASSWORD: password, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  return { child, printed: () => text, ended: () => exit };
}

describe.each([
  { engine: 'sqlite', isThere: true, server: undefined },
  { engine: 'better-sqlite3', isThere: true, server: undefined },
  { engine: 'pg-boss', isThere: hasPostgres, server: postgres },
  { engine: 'bullmq', isThere: hasRedis, server: redis },
])('$engine', ({ engine, isThere, server }) => {
  it.skipIf(!isThere)('stores, handles once, replays, and ends by itself after SIGTERM', async () => {
    const database = await server?.();
    onTestFinished(() => database?.remove());
    const port = String(await freePort());
    const env = {
      PORT: port,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${database?.port ?? 0}/postgres`,
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(database?.port ?? 0),
    };
    const receiver = await started(engine, 'receiver.ts', env);
    const send = async (body: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`freshdesk:${password}`).toString('base64')}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const url = `http://127.0.0.1:${port}/freshdesk/ticket-created`;
      return fetch(url, { method: 'POST', headers, body }).then(
        ({ status }) => status,
        () => 0,
      );
    };
    const body = '{"freshdesk_webhook":{"ticket_id":42}}';
    await until(async () => (await send(body)) === 200, 20_000);
    expect(await send(body)).toBe(200);
    const worker = await started(engine, 'worker.ts', env);
    await until(() => worker.printed().includes(' 42\n'), 20_000);
    expect(await send('no JSON')).toBe(200);
    await until(() => worker.printed().includes('it is among the dead letters'), 20_000);
    const replay = await started(engine, 'replay.ts', env);
    expect(await replay.ended()).toBe(0);
    expect(replay.printed()).toMatch(/\/freshdesk\/ticket-created 1 attempts, until .*: \S/);
    await until(() => worker.printed().split('it is among the dead letters').length === 3, 20_000);
    for (const each of [receiver, worker]) {
      each.child.kill('SIGTERM');
      expect(await each.ended(), each.printed()).toBe(0);
    }
    expect(worker.printed().match(/ 42\n/g)).toHaveLength(1);
  });
});

async function recipe<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(await bundled(`own/${name}`)).href)) as Module;
}

const options = { concurrency: 2, onError: () => undefined, onDead: () => undefined };
const patient = new AbortController().signal;

it('the recipe for SQS stores, tries again and stops', async () => {
  const both = "export * from './sqs.js';\nexport { SQSClient } from '@aws-sdk/client-sqs';\n";
  writeFileSync(join(folder, 'own/queue.ts'), both);
  const { sqsInbox, SQSClient: Client } = await recipe<{
    sqsInbox: (sqs: SQSClient, url: string) => InboxStore & InboxQueue;
    SQSClient: typeof SQSClient;
  }>('queue.ts');
  const inbox = sqsInbox(new Client(), 'https://sqs.example/queue.fifo');
  await inbox.put(aRecord('a'), patient);
  await inbox.put(aRecord('a'), patient);
  await inbox.put(aRecord(undefined), patient);
  const begun: string[] = [];
  const handle: HandleRecord = async ({ key = 'none' }, _, attempt) => {
    begun.push(`${key} ${attempt}`);
    if (attempt === 1) throw new Error('not yet');
  };
  const worker = inbox.work(handle, options);
  await until(() => begun.length === 4);
  await worker.stop();
  expect(begun.toSorted()).toEqual(['a 1', 'a 2', 'none 1', 'none 2']);
});

it('the recipe for Cloudflare Queues stores, acknowledges and tries again', async () => {
  const { cloudflareInbox } = await recipe<{ cloudflareInbox: (binding: unknown) => CloudflareInbox }>(
    'cloudflare.ts',
  );
  const sent: unknown[] = [];
  const inbox = cloudflareInbox({ send: async (body: unknown) => void sent.push(body) });
  expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
  expect(sent).toEqual([aRecord('a')]);
  inbox.work(({ key }) => (key === 'a' ? Promise.resolve() : Promise.reject(new Error('no'))), options);
  const told: unknown[] = [];
  const message = (key: string) => ({
    body: aRecord(key),
    attempts: 2,
    ack: () => void told.push(`${key} done`),
    retry: ({ delaySeconds }: { delaySeconds: number }) => void told.push(`${key} after ${delaySeconds}`),
  });
  await inbox.consume({ messages: [message('a'), message('b')] });
  expect(told.toSorted()).toEqual(['a done', 'b after 20']);
});
