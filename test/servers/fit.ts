// Compiled by `fit.test.ts`: the libraries' own types are what the kit asks for.
import BetterSqlite3 from 'better-sqlite3';
import { Queue, Worker } from 'bullmq';
import { PgBoss } from 'pg-boss';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { sqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';

export const inboxes = [
  sqliteInbox({ database: new BetterSqlite3('inbox.db') }),
  pgBossInbox({ boss: new PgBoss('postgres://localhost') }),
  bullmqInbox({ queue: new Queue('freshworks', { connection: { host: 'localhost' } }), Worker }),
];
