import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Inbox, InboxStore } from '../../templates/runtime/inbox.js';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { sqliteInbox, type SqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';
import { aRecord, until } from './contract.js';
import { bullmqLibrary, nodeSqlite, pgBoss, type StartedBoss } from './libraries.js';
import {
  hasPostgres,
  hasRedis,
  postgres,
  proxyTo,
  redis,
  type DatabaseServer,
  type Proxy,
} from './programs.js';

const patient = new AbortController().signal;

/** Rejects within the time that the signal gives, and a little. */
async function rejectsInTime(inbox: InboxStore, key: string, ms = 500): Promise<unknown> {
  const start = Date.now();
  const error: unknown = await inbox.put(aRecord(key), AbortSignal.timeout(ms)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(Date.now() - start).toBeLessThan(ms + 500);
  return error;
}

/** Every record that a worker is given. */
function workOn(inbox: Inbox): (string | undefined)[] {
  const begun: (string | undefined)[] = [];
  const worker = inbox.work(
    async ({ key }) => {
      begun.push(key);
    },
    { concurrency: 4, onError: () => undefined, onDead: () => undefined },
  );
  onTestFinished(() => worker.stop());
  return begun;
}

describe('a file of SQLite', () => {
  function opened(file: string): SqliteInbox {
    const inbox = sqliteInbox({ file });
    onTestFinished(() => inbox.close());
    return inbox;
  }

  function newFile(): string {
    return join(mkdtempSync(join(tmpdir(), 'sqlite-')), 'inbox.db');
  }

  it('that another process has locked: waits, rejects in time, and takes it later', async () => {
    const file = newFile();
    const inbox = opened(file);
    await inbox.put(aRecord('before'), patient);
    const other = await nodeSqlite(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await rejectsInTime(inbox, 'a');
    const waiting = inbox.put(aRecord('b'), patient);
    await rejectsInTime(inbox, 'c', 200);
    other.exec('COMMIT');
    expect(await waiting).toBe('stored');
    expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
  });

  it.each([
    ['is none', (file: string) => writeFileSync(file, 'no database'.repeat(1_000))],
    ['is a folder', (file: string) => mkdirSync(file)],
    ['has no folder', (file: string) => rmSync(join(file, '..'), { recursive: true })],
  ])('that %s: rejects, and takes it once the file is mended', async (_, damage) => {
    const file = newFile();
    damage(file);
    const inbox = opened(file);
    await rejectsInTime(inbox, 'a');
    await rejectsInTime(inbox, 'a');
    rmSync(file, { recursive: true, force: true });
    mkdirSync(join(file, '..'), { recursive: true });
    expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
  });

  it('that was damaged while it was open: rejects', async () => {
    const file = newFile();
    const inbox = opened(file);
    await Promise.all(Array.from({ length: 100 }, (_, at) => inbox.put(aRecord(`key ${at}`), patient)));
    inbox.close();
    writeFileSync(file, Buffer.alloc(65_536, 0x5a), { flag: 'r+' });
    await rejectsInTime(inbox, 'a');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'on a disk that is full: rejects, and takes it once there is room',
    async ({ skip }) => {
      const folder = mkdtempSync(join(tmpdir(), 'full-'));
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
      } catch {
        skip('nothing may be mounted here');
      }
      onTestFinished(() => void execFileSync('umount', ['-l', folder]));
      const inbox = opened(join(folder, 'inbox.db'));
      await inbox.put(aRecord('before'), patient);
      const filler = join(folder, 'filler');
      for (let size = 1_048_576; size >= 512; size /= 2)
        try {
          writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
        } catch {
          // As much as there is room for.
        }
      const error = await rejectsInTime(inbox, 'a');
      expect((error as Error).message).toMatch(/full|disk I\/O/);
      const group = await Promise.allSettled(
        [1, 2, 3].map((at) => inbox.put(aRecord(`group ${at}`), patient)),
      );
      expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      rmSync(filler);
      expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
      const begun = workOn(inbox);
      await until(() => begun.length === 2);
      expect(begun).toEqual(['before', 'a']);
    },
  );

  it('takes none along with one that cannot be stored', async () => {
    const inbox = opened(newFile());
    const results = await Promise.allSettled([
      inbox.put(aRecord('a'), patient),
      inbox.put(aRecord('b', { path: null as unknown as string }), patient),
      inbox.put(aRecord('c'), patient),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let server: DatabaseServer;
  let proxy: Proxy;
  let boss: StartedBoss;

  beforeAll(async () => {
    server = await postgres();
    proxy = await proxyTo(server.port);
    boss = await pgBoss({ host: '127.0.0.1', port: proxy.port, user: 'postgres', database: 'postgres' });
  });

  afterAll(async () => {
    await boss.stop({ graceful: false });
    await proxy.close();
    await server.remove();
  });

  it('that hangs: rejects in time, and takes the retry later', async () => {
    const inbox = pgBossInbox({ boss, maxPending: 20 });
    await inbox.put(aRecord('before'), patient);
    proxy.hang();
    await Promise.all(Array.from({ length: 20 }, (_, at) => rejectsInTime(inbox, `key ${at}`)));
    expect(await rejectsInTime(inbox, 'one more')).toMatchObject({
      message: '20 records are under way already: is the server of the inbox down?',
    });
    proxy.resume();
    // What was given up may have been stored in the meantime.
    await until(() =>
      inbox.put(aRecord('key 0'), AbortSignal.timeout(1_000)).then(
        () => true,
        () => false,
      ),
    );
    const begun = workOn(inbox);
    await until(() => begun.includes('key 0') && begun.includes('before'));
    expect(begun.filter((key) => key === 'key 0')).toHaveLength(1);
  });

  it('that is down: rejects in time, also where it was never up, and takes the retry later', async () => {
    const inbox = pgBossInbox({ boss, queue: 'down' });
    await server.stop('SIGKILL');
    await rejectsInTime(inbox, 'a');
    await server.start();
    await until(() =>
      inbox.put(aRecord('a'), AbortSignal.timeout(1_000)).then(
        () => true,
        () => false,
      ),
    );
    const begun = workOn(inbox);
    await until(() => begun.length === 1);
  });
});

describe.skipIf(!hasRedis)('Redis', () => {
  let server: DatabaseServer;
  let proxy: Proxy;

  beforeAll(async () => {
    server = await redis();
    proxy = await proxyTo(server.port);
  });

  afterAll(async () => {
    await proxy.close();
    await server.remove();
  });

  async function opened(name: string): Promise<Inbox> {
    const { Queue, Worker } = await bullmqLibrary();
    const queue = new Queue(name, { connection: { host: '127.0.0.1', port: proxy.port } });
    onTestFinished(() => void queue.close());
    return bullmqInbox({ queue, Worker, maxPending: 20 });
  }

  it('that hangs: rejects in time, and takes the retry later', async () => {
    const inbox = await opened('hangs');
    await inbox.put(aRecord('before'), patient);
    proxy.hang();
    await Promise.all(Array.from({ length: 20 }, (_, at) => rejectsInTime(inbox, `key ${at}`)));
    await rejectsInTime(inbox, 'one more');
    proxy.resume();
    await until(() =>
      inbox.put(aRecord('key 0'), AbortSignal.timeout(1_000)).then(
        () => true,
        () => false,
      ),
    );
    const begun = workOn(inbox);
    await until(() => begun.includes('key 0') && begun.includes('before'));
    expect(begun.filter((key) => key === 'key 0')).toHaveLength(1);
  });

  it('that is down: rejects in time, also where it was never up, and takes the retry later', async () => {
    await server.stop('SIGKILL');
    const inbox = await opened('down');
    await rejectsInTime(inbox, 'a');
    await server.start();
    await until(() =>
      inbox.put(aRecord('a'), AbortSignal.timeout(1_000)).then(
        () => true,
        () => false,
      ),
    );
    const begun = workOn(inbox);
    await until(() => begun.length === 1);
  });

  it('that is full: rejects', async () => {
    const inbox = await opened('full');
    await inbox.put(aRecord('before'), patient);
    const cli = (...args: string[]): unknown =>
      execFileSync('redis-cli', ['-p', String(server.port), ...args], { stdio: 'ignore' });
    cli('config', 'set', 'maxmemory', '1');
    expect(await rejectsInTime(inbox, 'a')).toMatchObject({
      message: expect.stringContaining('OOM') as string,
    });
    cli('config', 'set', 'maxmemory', '0');
    expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
  });
});
