import type { Inbox } from '../../templates/runtime/inbox.js';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { sqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';
import { bullmqLibrary, pgBoss } from './libraries.js';

/** Where a process finds the records: what fits into an environment variable. */
export type Store =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'pg-boss'; readonly port: number }
  | { readonly engine: 'bullmq'; readonly port: number };

/** Opens the inbox as the documentation shows it. */
export async function openInbox(store: Store): Promise<{ readonly inbox: Inbox; close(): Promise<unknown> }> {
  switch (store.engine) {
    case 'sqlite': {
      const inbox = sqliteInbox({ file: store.file });
      return { inbox, close: async () => inbox.close() };
    }
    case 'pg-boss': {
      const boss = await pgBoss({
        connectionString: `postgres://postgres@127.0.0.1:${store.port}/postgres`,
        monitorIntervalSeconds: 10,
        superviseIntervalSeconds: 10,
      });
      return { inbox: pgBossInbox({ boss }), close: () => boss.stop({}) };
    }
    case 'bullmq': {
      const { Queue, Worker } = await bullmqLibrary();
      const queue = new Queue('freshworks-inbox', { connection: { host: '127.0.0.1', port: store.port } });
      return { inbox: bullmqInbox({ queue, Worker }), close: () => queue.close() };
    }
  }
}
