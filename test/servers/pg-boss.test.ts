import { afterAll, beforeAll, describe } from 'vitest';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { describeEngine } from './contract.js';
import { pgBoss, type StartedBoss } from './libraries.js';
import { hasPostgres, postgres, type DatabaseServer } from './programs.js';

describe.skipIf(!hasPostgres)('with PostgreSQL', () => {
  let server: DatabaseServer;
  let bosses: StartedBoss[] = [];
  let queues = 0;

  beforeAll(async () => {
    server = await postgres();
    const connection = {
      host: '127.0.0.1',
      port: server.port,
      user: 'postgres',
      database: 'postgres',
      max: 20,
    };
    bosses = [await pgBoss(connection), await pgBoss(connection), await pgBoss(connection)];
  });

  afterAll(async () => {
    await Promise.all(bosses.map((boss) => boss.stop({ graceful: false })));
    await server.remove();
  });

  describeEngine('pg-boss', async (options) => {
    queues += 1;
    const queue = `queue-${queues}`;
    let next = 0;
    const another = async (): Promise<ReturnType<typeof pgBossInbox>> => {
      next += 1;
      return pgBossInbox({ boss: bosses[(next - 1) % 3]!, queue, ...options });
    };
    return { inbox: await another(), another, close: async () => undefined };
  });
});
