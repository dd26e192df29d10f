import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HandleRecord, InboxWorker } from '../../templates/runtime/inbox.js';
import { sqliteInbox, type SqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';
import type { SqliteDatabase } from '../../templates/runtime/inboxes/sqlite-file.js';
import { aRecord, dead, until } from './contract.js';
import { nodeSqlite } from './libraries.js';

const patient = new AbortController().signal;

/** An inbox, and its file as others see it. */
async function opened(
  options: object = {},
): Promise<{ inbox: SqliteInbox; database: SqliteDatabase; file: string }> {
  const file = join(mkdtempSync(join(tmpdir(), 'sqlite-')), 'inbox.db');
  const inbox = sqliteInbox({ file, pollMs: 20, ...options });
  await inbox.put(aRecord('first'), patient);
  const database = await nodeSqlite(file);
  database.exec('PRAGMA busy_timeout = 1000');
  onTestFinished(() => {
    database.close();
    inbox.close();
  });
  return { inbox, database, file };
}

function work(
  inbox: SqliteInbox,
  handle: HandleRecord,
  onDead: (error: unknown) => void = () => undefined,
): InboxWorker {
  const worker = inbox.work(handle, {
    concurrency: 4,
    onError: () => undefined,
    onDead: (_, error) => onDead(error),
  });
  onTestFinished(() => worker.stop());
  return worker;
}

function states(database: SqliteDatabase): unknown[] {
  return database.prepare('SELECT key, state, length(body) AS bytes FROM freshworks_inbox ORDER BY id').all();
}

it('is written through to the disk, with a log', async () => {
  const { database } = await opened();
  expect(database.prepare('PRAGMA journal_mode').all()).toEqual([{ journal_mode: 'wal' }]);
});

it('deletes the payload of what was handled, and what has no key', async () => {
  const { inbox, database } = await opened();
  await inbox.put(aRecord(undefined), patient);
  let count = 0;
  const worker = work(inbox, async () => void (count += 1));
  await until(() => count === 2);
  await worker.stop();
  expect(states(database)).toEqual([{ key: '"first"', state: 'done', bytes: 0 }]);
});

it('deletes keys and dead letters after their time', async () => {
  const { inbox, database } = await opened({ keepDeadMs: 3_600_000 });
  for (const key of ['done', 'counting', 'dead', 'fresh'])
    await inbox.put(aRecord(key, key === 'counting' ? { keyMs: 48 * 3_600_000 } : {}), patient);
  const ended = (key: string, state: string, hours: number): unknown =>
    database
      .prepare("UPDATE freshworks_inbox SET state = ?, ended_at = ?, reason = '' WHERE key = ?")
      .run(state, Date.now() - hours * 3_600_000, JSON.stringify(key));
  ended('first', 'done', 23);
  ended('done', 'done', 25);
  ended('counting', 'done', 25);
  ended('dead', 'dead', 1.1);
  ended('fresh', 'dead', 0.9);
  work(inbox, async () => undefined);
  await until(() => states(database).length === 3);
  expect(states(database)).toMatchObject([{ key: '"first"' }, { key: '"counting"' }, { key: '"fresh"' }]);
});

it('takes what a killed worker had, ten times, and then it is a dead letter', async () => {
  const { inbox, database } = await opened();
  const leave = (): unknown =>
    database
      .prepare("UPDATE freshworks_inbox SET lease = 'of a dead worker', due_at = ?")
      .run(Date.now() - 1);
  leave();
  database.exec('UPDATE freshworks_inbox SET kills = 8');
  const attempts: number[] = [];
  const errors: unknown[] = [];
  const handle: HandleRecord = (_, signal, attempt) => {
    attempts.push(attempt);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  const first = inbox.work(handle, { concurrency: 1, onError: () => undefined, onDead: () => undefined });
  await until(() => attempts.length === 1);
  expect(attempts).toEqual([10]);
  leave();
  work(inbox, handle, (error) => errors.push(error));
  await until(() => errors.length === 1);
  expect(errors).toEqual([new Error('its worker died, 10 times')]);
  expect(await dead(inbox)).toMatchObject([{ attempts: 10, reason: 'its worker died, 10 times' }]);
  void first.stop();
});

it('tells the work on a record that it is no longer its own, and keeps what is its own', async () => {
  const { inbox, database } = await opened({ leaseMs: 300 });
  await inbox.put(aRecord('kept'), patient);
  const aborted: string[] = [];
  const begun: string[] = [];
  work(inbox, async ({ key = '' }, signal) => {
    begun.push(key);
    signal.addEventListener('abort', () => void aborted.push(key));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  });
  await until(() => begun.length === 2);
  database
    .prepare("UPDATE freshworks_inbox SET lease = 'another', due_at = ? WHERE key = ?")
    .run(Date.now() + 60_000, '"first"');
  await until(() => aborted.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(aborted).toEqual(['first']);
  expect(begun).toHaveLength(2);
});

it('shares a wait for the disk', async () => {
  const { inbox, file } = await opened();
  const before = readFileSync(`${file}-wal`).byteLength;
  await Promise.all(Array.from({ length: 50 }, (_, at) => inbox.put(aRecord(`key ${at}`), patient)));
  // Fifty commits of their own would have written some pages each.
  expect(readFileSync(`${file}-wal`).byteLength - before).toBeLessThan(50 * 4_096);
});
