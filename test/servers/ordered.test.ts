import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Unprocessable, type Inbox } from '../../templates/runtime/inbox.js';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { aRecord, dead, until } from './contract.js';
import { pgBoss, type StartedBoss } from './libraries.js';
import { hasPostgres, postgres, type DatabaseServer } from './programs.js';

const patient = new AbortController().signal;

describe.skipIf(!hasPostgres)('order by ticket, with pg-boss', () => {
  let server: DatabaseServer;
  let boss: StartedBoss;

  beforeAll(async () => {
    server = await postgres();
    boss = await pgBoss({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' });
  });

  afterAll(async () => {
    await boss.stop({ graceful: false });
    await server.remove();
  });

  function ordered(queue: string): Inbox {
    return pgBossInbox({
      boss,
      queue,
      attempts: 2,
      firstDelayMs: 1,
      orderBy: ({ headers }) => headers['ticket'],
    });
  }

  async function put(inbox: Inbox, ticket: string | undefined, key: string): Promise<void> {
    const headers = ticket === undefined ? {} : { ticket };
    expect(await inbox.put(aRecord(key, { headers }), patient)).toBe('stored');
  }

  /** Works until the test is over, and fails what is in `bad`. */
  function work(inbox: Inbox, bad: ReadonlySet<string>): string[] {
    const begun: string[] = [];
    const worker = inbox.work(
      async ({ key = '' }) => {
        begun.push(key);
        await pause(5);
        if (bad.has(key)) throw new Error('not this one');
      },
      { concurrency: 10, onError: () => undefined, onDead: () => undefined },
    );
    onTestFinished(() => worker.stop());
    return begun;
  }

  it('works on the records of a ticket one after the other, in their order', async () => {
    const inbox = ordered('in-order');
    const keys = Array.from({ length: 8 }, (_, at) => [`a${at}`, `b${at}`]).flat();
    for (const key of keys) await put(inbox, key[0], key);
    const begun = work(inbox, new Set());
    await until(() => begun.length === 16);
    for (const ticket of ['a', 'b'])
      expect(begun.filter((key) => key.startsWith(ticket))).toEqual(
        keys.filter((key) => key.startsWith(ticket)),
      );
  });

  it('holds back what is behind a dead letter, until it is replayed or dropped', async () => {
    const inbox = ordered('blocked');
    const bad = new Set(['a1', 'b1']);
    for (const key of ['a1', 'a2', 'b1', 'b2', 'c1']) await put(inbox, key[0], key);
    await put(inbox, undefined, 'of no ticket');
    const begun = work(inbox, bad);
    await until(async () => (await dead(inbox)).length === 2);
    expect(await dead(inbox)).toMatchObject([
      { attempts: 2, reason: 'not this one', record: { headers: {} } },
      { attempts: 2, reason: 'not this one' },
    ]);
    await pause(1_500);
    expect(begun.toSorted()).toEqual(['a1', 'a1', 'b1', 'b1', 'c1', 'of no ticket']);
    const idOf = async (key: string): Promise<string> =>
      (await dead(inbox)).find(({ record }) => record.key === key)!.id;
    await inbox.dead.drop(await idOf('b1'));
    await until(() => begun.includes('b2'));
    bad.clear();
    await inbox.dead.replay(await idOf('a1'));
    await until(() => begun.includes('a2'));
    expect(begun.slice(-2)).toEqual(['a1', 'a2']);
    expect(await dead(inbox)).toEqual([]);
  });

  it('stores what the function cannot read', async () => {
    const orderBy = ({ body }: { body: string }): string => String(JSON.parse(body));
    const inbox = pgBossInbox({ boss, queue: 'unreadable', orderBy });
    expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
    expect(await inbox.put(aRecord('a'), patient)).toBe('duplicate');
    const begun = work(inbox, new Set());
    await until(() => begun.length === 1);
  });

  it('ends at once what will never succeed', async () => {
    const inbox = ordered('hopeless');
    await put(inbox, 'a', 'a1');
    const worker = inbox.work(() => Promise.reject(new Unprocessable('no JSON')), {
      concurrency: 1,
      onError: () => undefined,
      onDead: () => undefined,
    });
    onTestFinished(() => worker.stop());
    await until(async () => (await dead(inbox)).length === 1);
    expect(await dead(inbox)).toMatchObject([{ attempts: 1, reason: 'no JSON' }]);
  });

  it('takes no queue that was made without an order', async () => {
    const queue = 'taken';
    await pgBossInbox({ boss, queue }).put(aRecord('a'), patient);
    await expect(ordered(queue).put(aRecord('b'), patient)).rejects.toThrow(
      'the queue taken was made without orderBy: name another one',
    );
  });
});

it('bullmq has no order by ticket', () => {
  const options = { orderBy: () => 'a' } as unknown as Parameters<typeof bullmqInbox>[0];
  expect(() => bullmqInbox(options)).toThrow('bullmqInbox takes no orderBy');
});
