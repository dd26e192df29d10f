import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  Unprocessable,
  type DeadLetterFilter,
  type DeadRecord,
  type HandleRecord,
  type Inbox,
  type InboxRecord,
  type InboxWorker,
} from '../../templates/runtime/inbox.js';
import type { RetryOptions } from '../../templates/runtime/inboxes/retries.js';

/** What every engine has in common, under options of the test's. */
export interface EngineOptions extends RetryOptions {
  readonly keepDoneMs?: number;
  readonly keepDeadMs?: number;
}

export interface OpenInbox {
  readonly inbox: Inbox;
  /** Another one on the same records, as another process has it. */
  another(): Promise<Inbox>;
  close(): Promise<void>;
}

/** Opens an inbox that nobody has put anything in. */
export type OpenEngine = (options: EngineOptions) => Promise<OpenInbox>;

export function aRecord(key: string | undefined, more: Partial<InboxRecord> = {}): InboxRecord {
  return {
    key,
    product: 'shop' as InboxRecord['product'],
    path: '/shop/order-placed',
    receivedAt: '2026-01-02T03:04:05.678Z',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(`{"key":${JSON.stringify(key ?? null)}}`).toString('base64'),
    ...more,
  };
}

/** A signal that nobody aborts. */
const patient = new AbortController().signal;

export async function until(isSo: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not so within ${ms} ms: ${String(isSo)}`);
    await pause(20);
  }
}

export async function dead(inbox: Inbox, filter?: DeadLetterFilter): Promise<DeadRecord[]> {
  const found: DeadRecord[] = [];
  for await (const each of inbox.dead.list(filter)) found.push(each);
  return found;
}

interface Worked {
  readonly worker: InboxWorker;
  /** The keys, in the order in which the work on them began. */
  readonly begun: (string | undefined)[];
  readonly records: InboxRecord[];
  readonly attempts: number[];
  readonly dead: { readonly key: string | undefined; readonly attempts: number; readonly error: unknown }[];
}

/** Tests that an engine keeps the promises of `Inbox`. */
export function describeEngine(name: string, open: OpenEngine): void {
  describe(name, () => {
    const opened: (() => Promise<unknown>)[] = [];
    const workers: InboxWorker[] = [];

    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      for (const close of opened.splice(0)) await close();
    });

    async function start(options: EngineOptions = {}): Promise<OpenInbox> {
      const inbox = await open({ attempts: 3, firstDelayMs: 1, maxDelayMs: 1_000, ...options });
      opened.push(() => inbox.close());
      return inbox;
    }

    function work(inbox: Inbox, handle: HandleRecord = async () => undefined, concurrency = 4): Worked {
      const worked: Omit<Worked, 'worker'> = { begun: [], records: [], attempts: [], dead: [] };
      const worker = inbox.work(
        (record, signal, attempt) => {
          worked.begun.push(record.key);
          worked.records.push(record);
          worked.attempts.push(attempt);
          return handle(record, signal, attempt);
        },
        {
          concurrency,
          onError: (error) => {
            throw error;
          },
          onDead: ({ key }, error, attempts) => worked.dead.push({ key, error, attempts }),
        },
      );
      workers.push(worker);
      return { ...worked, worker };
    }

    it('hands out what was put, once, as it was', async () => {
      const { inbox } = await start();
      const record = aRecord('a', {
        keyMs: 60_000,
        headers: { 'x-odd': 'ÿ "\\', 'content-type': 'x' },
        body: Buffer.from([0, 255, 10, 0]).toString('base64'),
      });
      expect(await inbox.put(record, patient)).toBe('stored');
      const worked = work(inbox);
      await until(() => worked.begun.length > 0);
      expect(worked.records).toEqual([record]);
      expect(worked.attempts).toEqual([1]);
    });

    it('takes what was put while it works, and what other processes put', async () => {
      const { inbox, another } = await start();
      const other = await another();
      const worked = work(inbox);
      await inbox.put(aRecord('here'), patient);
      await other.put(aRecord('there'), patient);
      await until(() => worked.begun.length === 2);
      expect(worked.begun.toSorted()).toEqual(['here', 'there']);
    });

    it.each(['waiting', 'handled', 'dead'])(
      'says so of what was put before, while it is %s',
      async (state) => {
        const { inbox, another } = await start();
        expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
        if (state !== 'waiting') {
          const worked = work(inbox, () =>
            state === 'dead' ? Promise.reject(new Unprocessable('no')) : Promise.resolve(),
          );
          await until(() => worked.begun.length === 1);
          await worked.worker.stop();
        }
        expect(await inbox.put(aRecord('a'), patient)).toBe('duplicate');
        expect(await (await another()).put(aRecord('a'), patient)).toBe('duplicate');
        expect(await inbox.put(aRecord('b'), patient)).toBe('stored');
      },
    );

    it('stores one of those that are put at once, through several processes', async () => {
      const { inbox, another } = await start();
      const inboxes = [inbox, await another()];
      const keys = Array.from({ length: 20 }, (_, at) => `key ${at}`);
      const results = await Promise.all(
        keys.flatMap((key) => [0, 1, 2, 3, 4].map((at) => inboxes[at % 2]!.put(aRecord(key), patient))),
      );
      expect(results.filter((each) => each === 'stored')).toHaveLength(20);
      const worked = work(inbox);
      await until(() => worked.begun.length >= 20);
      await pause(300);
      expect(worked.begun.toSorted()).toEqual(keys.toSorted());
    });

    it('takes a record without a key each time', async () => {
      const { inbox } = await start();
      expect(await inbox.put(aRecord(undefined), patient)).toBe('stored');
      expect(await inbox.put(aRecord(undefined), patient)).toBe('stored');
      const worked = work(inbox);
      await until(() => worked.begun.length === 2);
    });

    it('lets a key count for as long as its record says', async () => {
      const { inbox } = await start();
      const record = aRecord('a', { keyMs: 1_000 });
      expect(await inbox.put(record, patient)).toBe('stored');
      expect(await inbox.put(record, patient)).toBe('duplicate');
      await pause(1_100);
      expect(await inbox.put(record, patient)).toBe('stored');
      const worked = work(inbox);
      await until(() => worked.begun.length === 2);
    });

    it.each(['\0', '\ud800', 'a:b:c', '0', "'; --", 'ü'.repeat(2_000)])('takes the key %j', async (key) => {
      const { inbox } = await start();
      expect(await inbox.put(aRecord(key), patient)).toBe('stored');
      expect(await inbox.put(aRecord(key), patient)).toBe('duplicate');
      const worked = work(inbox);
      await until(() => worked.begun.length === 1);
      expect(worked.begun).toEqual([key]);
    });

    it('takes a body of 1 MiB', async () => {
      const { inbox } = await start();
      const record = aRecord('a', { body: Buffer.alloc(1_048_576, 7).toString('base64') });
      await inbox.put(record, patient);
      const worked = work(inbox);
      await until(() => worked.records.length === 1);
      expect(worked.records[0]?.body === record.body).toBe(true);
    });

    it('tries again, and ends with a dead letter', async () => {
      const { inbox } = await start();
      await inbox.put(aRecord('a'), patient);
      const worked = work(inbox, () => Promise.reject(new Error('not today\0')));
      await until(() => worked.dead.length > 0);
      expect(worked.attempts).toEqual([1, 2, 3]);
      expect(worked.dead).toMatchObject([{ key: 'a', attempts: 3, error: { message: 'not today\0' } }]);
      await until(async () => (await dead(inbox)).length > 0);
      const [letter] = await dead(inbox);
      expect(letter).toMatchObject({ attempts: 3, record: aRecord('a') });
      expect(letter?.reason).toContain('not today');
      expect(Date.now() - Date.parse(letter!.diedAt)).toBeLessThan(60_000);
      await pause(300);
      expect(worked.begun).toHaveLength(3);
    });

    it('waits between the attempts', async () => {
      const { inbox } = await start({ attempts: 2, firstDelayMs: 2_000, maxDelayMs: 4_000 });
      await inbox.put(aRecord('a'), patient);
      const times: number[] = [];
      const worked = work(inbox, () => {
        times.push(Date.now());
        return Promise.reject(new Error('no'));
      });
      await until(() => worked.begun.length === 2);
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(950);
    });

    it('goes on with others while one waits for its next attempt', async () => {
      const { inbox } = await start({ firstDelayMs: 60_000, maxDelayMs: 60_000 });
      await inbox.put(aRecord('bad'), patient);
      await inbox.put(aRecord('good'), patient);
      const worked = work(
        inbox,
        ({ key }) => (key === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve()),
        1,
      );
      await until(() => worked.begun.length === 2);
      expect(worked.begun).toEqual(['bad', 'good']);
      expect(await dead(inbox)).toEqual([]);
    });

    it('tries nothing again that will never succeed', async () => {
      const { inbox } = await start();
      await inbox.put(aRecord('a'), patient);
      const worked = work(inbox, () => Promise.reject(new Unprocessable('no JSON')));
      await until(async () => (await dead(inbox)).length > 0);
      expect(await dead(inbox)).toMatchObject([{ attempts: 1, reason: 'no JSON' }]);
      expect(worked.dead).toMatchObject([{ key: 'a', attempts: 1 }]);
      await pause(300);
      expect(worked.begun).toHaveLength(1);
    });

    it('lists dead letters, the oldest first, by product and up to a limit', async () => {
      const { inbox } = await start();
      const worked = work(inbox, () => Promise.reject(new Unprocessable('no')), 1);
      const products = ['shop', 'other', 'shop'] as InboxRecord['product'][];
      for (const [at, product] of products.entries()) {
        await inbox.put(aRecord(`key ${at}`, { product }), patient);
        await until(() => worked.dead.length === at + 1);
        await until(async () => (await dead(inbox)).length === at + 1);
      }
      const keys = async (filter: DeadLetterFilter): Promise<unknown[]> =>
        (await dead(inbox, filter)).map(({ record }) => record.key);
      expect(await keys({})).toEqual(['key 0', 'key 1', 'key 2']);
      expect(await keys({ product: products[0] })).toEqual(['key 0', 'key 2']);
      expect(await keys({ limit: 2 })).toEqual(['key 0', 'key 1']);
      expect(await keys({ product: products[1], limit: 5 })).toEqual(['key 1']);
    });

    it('replays a dead letter, with all its attempts, and drops another', async () => {
      const { inbox } = await start({ attempts: 2 });
      let isBroken = true;
      const worked = work(inbox, () => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve()));
      await inbox.put(aRecord('a'), patient);
      await inbox.put(aRecord('b'), patient);
      await until(async () => (await dead(inbox)).length === 2);
      const idOf = async (key: string): Promise<string> =>
        (await dead(inbox)).find(({ record }) => record.key === key)!.id;
      worked.attempts.length = 0;
      await inbox.dead.replay(await idOf('a'));
      await until(async () => (await dead(inbox)).length === 2 && worked.attempts.length === 2);
      expect(worked.attempts).toEqual([1, 2]);
      isBroken = false;
      worked.begun.length = 0;
      const replayed = await idOf('a');
      await inbox.dead.replay(replayed);
      await until(() => worked.begun.length === 1);
      await inbox.dead.drop(await idOf('b'));
      expect(await dead(inbox)).toEqual([]);
      await pause(300);
      expect(worked.begun).toEqual(['a']);
      await expect(inbox.dead.replay(replayed)).rejects.toThrow(/no dead letter has the id/);
    });

    it('lists, replays and drops while it goes through a long list', async () => {
      const { inbox } = await start();
      let isBroken = true;
      const worked = work(
        inbox,
        () => (isBroken ? Promise.reject(new Unprocessable('no')) : Promise.resolve()),
        50,
      );
      const keys = Array.from({ length: 230 }, (_, at) => `key ${at}`);
      await Promise.all(keys.map((key) => inbox.put(aRecord(key), patient)));
      await until(() => worked.dead.length === 230);
      await until(async () => (await dead(inbox)).length === 230);
      isBroken = false;
      worked.begun.length = 0;
      let count = 0;
      for await (const { id } of inbox.dead.list()) {
        count += 1;
        if (count % 2 === 0) await inbox.dead.replay(id);
        else await inbox.dead.drop(id);
      }
      expect(count).toBe(230);
      await until(() => worked.begun.length === 115);
      expect(await dead(inbox)).toEqual([]);
    });

    it.each(['', 'x', '1', '00000000-0000-4000-8000-000000000000', "'; --"])(
      'knows no dead letter by the id %j',
      async (id) => {
        const { inbox } = await start();
        await inbox.put(aRecord('a'), patient);
        await expect(inbox.dead.replay(id)).rejects.toThrow(/no dead letter has the id/);
        await expect(inbox.dead.drop(id)).rejects.toThrow(/no dead letter has the id/);
      },
    );

    it('works on as many at once as it may', async () => {
      const { inbox } = await start();
      let now = 0;
      let most = 0;
      for (let at = 0; at < 12; at += 1) await inbox.put(aRecord(`key ${at}`), patient);
      const worked = work(
        inbox,
        async () => {
          now += 1;
          most = Math.max(most, now);
          await pause(100);
          now -= 1;
        },
        3,
      );
      await until(() => worked.begun.length === 12);
      expect(most).toBe(3);
    });

    it('stops when what was begun is done, and leaves the rest', async () => {
      const { inbox, another } = await start();
      for (let at = 0; at < 6; at += 1) await inbox.put(aRecord(`key ${at}`), patient);
      let done = 0;
      const worked = work(
        inbox,
        async () => {
          await pause(500);
          done += 1;
        },
        2,
      );
      await until(() => worked.begun.length >= 2);
      await worked.worker.stop();
      expect(done).toBe(worked.begun.length);
      expect(worked.begun.length).toBeLessThan(6);
      const rest = work(await another());
      await until(() => rest.begun.length + worked.begun.length === 6);
      await pause(300);
      expect([...worked.begun, ...rest.begun].toSorted()).toEqual(
        Array.from({ length: 6 }, (_, at) => `key ${at}`),
      );
    });

    it('gives each record to one of several workers', async () => {
      const { inbox, another } = await start();
      const inboxes = [inbox, await another(), await another()];
      const all = inboxes.map((each) => work(each, () => pause(1), 5));
      await Promise.all(
        Array.from({ length: 200 }, (_, at) => inboxes[at % 3]!.put(aRecord(`key ${at}`), patient)),
      );
      await until(() => all.flatMap(({ begun }) => begun).length >= 200);
      await pause(300);
      expect(new Set(all.flatMap(({ begun }) => begun)).size).toBe(200);
      expect(all.flatMap(({ begun }) => begun)).toHaveLength(200);
    });

    it('rejects at once what is put under an aborted signal', async () => {
      const { inbox } = await start();
      await expect(inbox.put(aRecord('a'), AbortSignal.abort(new Error('too late')))).rejects.toThrow(
        'too late',
      );
      expect(await inbox.put(aRecord('a'), patient)).toBe('stored');
    });

    it.each([
      ['attempts', 0],
      ['firstDelayMs', Number.NaN],
      ['maxDelayMs', -1],
      ['keepDoneMs', 3_600_000],
      ['keepDeadMs', 1.5],
    ])('takes no %s of %d', async (option, value) => {
      await expect(start({ [option]: value })).rejects.toThrow(TypeError);
    });
  });
}
