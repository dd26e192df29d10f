import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteInbox, type SqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';
import { describeEngine, type OpenEngine } from './contract.js';
import { betterSqlite } from './libraries.js';

function opening(open: (file: string, options: object) => Promise<SqliteInbox>): OpenEngine {
  return async (options) => {
    const file = join(mkdtempSync(join(tmpdir(), 'sqlite-')), 'inbox.db');
    const all: SqliteInbox[] = [];
    const another = async (): Promise<SqliteInbox> => {
      const inbox = await open(file, options);
      all.push(inbox);
      return inbox;
    };
    return {
      inbox: await another(),
      another,
      close: async () => all.forEach((inbox) => inbox.close()),
    };
  };
}

describeEngine(
  'node:sqlite',
  opening(async (file, options) => sqliteInbox({ file, ...options })),
);

describeEngine(
  'better-sqlite3',
  opening(async (file, options) => sqliteInbox({ database: await betterSqlite(file), ...options })),
);
