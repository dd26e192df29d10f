import { afterAll, beforeAll, describe } from 'vitest';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { describeEngine } from './contract.js';
import { bullmqLibrary, type OpenQueue } from './libraries.js';
import { hasRedis, redis, type DatabaseServer } from './programs.js';

describe.skipIf(!hasRedis)('with Redis', () => {
  let server: DatabaseServer;
  let queues = 0;

  beforeAll(async () => {
    server = await redis();
  });

  afterAll(() => server.remove());

  describeEngine('bullmq', async (options) => {
    const { Queue, Worker } = await bullmqLibrary();
    queues += 1;
    const name = `queue-${queues}`;
    const open: OpenQueue[] = [];
    const another = async (): Promise<ReturnType<typeof bullmqInbox>> => {
      const queue = new Queue(name, { connection: { host: '127.0.0.1', port: server.port } });
      open.push(queue);
      return bullmqInbox({ queue, Worker, ...options });
    };
    return {
      inbox: await another(),
      another,
      close: async () => void (await Promise.all(open.map((queue) => queue.close()))),
    };
  });
});
