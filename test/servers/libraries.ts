import type { EventEmitter } from 'node:events';
import type { BullmqQueue, BullmqWorkerClass } from '../../templates/runtime/inboxes/bullmq.js';
import type { PgBossLike } from '../../templates/runtime/inboxes/pg-boss.js';
import type { SqliteDatabase } from '../../templates/runtime/inboxes/sqlite-file.js';

// Loaded by name and typed by what the kit asks of them, so that the project is checked where they are not installed. That
// their own types fit is what `fit.test.ts` shows.

export interface StartedBoss extends PgBossLike {
  start(): Promise<unknown>;
  stop(options: object): Promise<unknown>;
}

export interface OpenQueue extends BullmqQueue {
  close(): Promise<unknown>;
}

const [boss, bullmq, better, builtIn] = ['pg-boss', 'bullmq', 'better-sqlite3', 'node:sqlite'];

export async function pgBoss(options: object): Promise<StartedBoss> {
  const { PgBoss } = (await import(boss)) as { PgBoss: new (options: object) => StartedBoss };
  const started = new PgBoss({ monitorIntervalSeconds: 5, superviseIntervalSeconds: 5, ...options });
  started.on('error', () => undefined);
  // A test opens many inboxes with one.
  (started as unknown as EventEmitter).setMaxListeners(0);
  await started.start();
  return started;
}

export async function bullmqLibrary(): Promise<{
  readonly Queue: new (name: string, options: object) => OpenQueue;
  readonly Worker: BullmqWorkerClass;
}> {
  return (await import(bullmq)) as Awaited<ReturnType<typeof bullmqLibrary>>;
}

export async function betterSqlite(file: string): Promise<SqliteDatabase> {
  const { default: Database } = (await import(better)) as { default: new (file: string) => SqliteDatabase };
  return new Database(file);
}

export async function nodeSqlite(file: string): Promise<SqliteDatabase> {
  const { DatabaseSync } = (await import(builtIn)) as { DatabaseSync: new (file: string) => SqliteDatabase };
  return new DatabaseSync(file);
}
