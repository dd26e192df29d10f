import { describe, expect, test, vi } from 'vitest';
import { bullmqInbox } from '../../templates/runtime/inboxes/bullmq.js';
import { pgBossInbox } from '../../templates/runtime/inboxes/pg-boss.js';
import { Pending } from '../../templates/runtime/inboxes/pending.js';
import {
  delayAfter,
  keepDone,
  reasonOf,
  retriesOf,
  sha256,
} from '../../templates/runtime/inboxes/retries.js';
import { sqliteInbox } from '../../templates/runtime/inboxes/sqlite.js';

// What needs no server and no `node:sqlite`. The engines themselves are tried by `npm run test:servers`.

describe('when work is tried again', () => {
  const retries = retriesOf({ firstDelayMs: 1_000, maxDelayMs: 60_000 });

  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [1_000, 60_000],
  ])('after %d failures: between half of %d ms and all of it', (failures, ms) => {
    const delays = Array.from({ length: 200 }, () => delayAfter(failures, retries));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(ms / 2);
    expect(Math.max(...delays)).toBeLessThanOrEqual(ms);
    expect(new Set(delays).size).toBeGreaterThan(10);
  });

  test('by default 12 times, for about two and a half hours', () => {
    const byDefault = retriesOf({});
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const delays = Array.from({ length: byDefault.attempts - 1 }, (_, at) => delayAfter(at + 1, byDefault));
    vi.restoreAllMocks();
    expect(delays.reduce((sum, ms) => sum + ms) / 60_000).toBeGreaterThan(140);
    expect(delays).toHaveLength(11);
  });
});

test.each([0, -1, 1.5, Number.NaN, Infinity, '5' as unknown as number])(
  'takes no %s attempts',
  (attempts) => {
    expect(() => retriesOf({ attempts })).toThrow(new TypeError('attempts is not a whole number above 0'));
  },
);

test('keeps keys for no less than the retries of Freshdesk take', () => {
  expect(() => keepDone(95 * 60_000 - 1)).toThrow(/95 minutes/);
  expect(keepDone(95 * 60_000)).toBe(5_700_000);
  expect(keepDone(undefined)).toBe(86_400_000);
});

test.each([
  ['an error', new Error('no\0t to\ud800day'), 'no\u{fffd}t to\u{fffd}day'],
  ['an emoji', new Error('\u{1f600}'), '\u{1f600}'],
  ['a text', 'broken', 'broken'],
  ['nothing', undefined, 'undefined'],
  ['a long one', new Error('x'.repeat(5_000)), 'x'.repeat(2_000)],
  ['an object without a text', Object.create(null), 'an error without a message'],
  [
    'an error whose message cannot be read',
    Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no');
      },
    }),
    'an error without a message',
  ],
])('the reason of %s', (_, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

describe('what is under way', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  test('is waited for until the signal says so', async () => {
    const pending = new Pending(undefined);
    const abort = new AbortController();
    const put = pending.until(abort.signal, never);
    abort.abort(new Error('the deadline'));
    await expect(put).rejects.toThrow('the deadline');
    await expect(pending.until(abort.signal, never)).rejects.toThrow('the deadline');
  });

  test('is limited, and makes room when it ends', async () => {
    const pending = new Pending(2);
    const { signal } = new AbortController();
    let end = (): void => undefined;
    const first = pending.until(signal, () => new Promise<void>((resolve) => (end = resolve)));
    const failing = pending.until(signal, () => Promise.reject(new Error('down')));
    await expect(pending.until(signal, never)).rejects.toThrow('2 records are under way already');
    await expect(failing).rejects.toThrow('down');
    const later = pending.until(signal, async () => 'stored');
    await expect(later).resolves.toBe('stored');
    end();
    await first;
    expect(() => new Pending(0)).toThrow('maxPending is not a whole number above 0');
  });
});

test('an engine says what is wrong with its options', () => {
  expect(() => sqliteInbox({} as never)).toThrow('sqliteInbox takes a file or a database');
  expect(() => bullmqInbox({ orderBy: () => 'a' } as never)).toThrow('bullmqInbox takes no orderBy');
});

test.skipIf('getBuiltinModule' in process && process.getBuiltinModule('node:sqlite') !== undefined)(
  'a Node without node:sqlite is told what to do',
  () => {
    expect(() => sqliteInbox({ file: 'inbox.db' })).toThrow('hand in a database of better-sqlite3');
  },
);

const record = { product: 'shop', path: '/shop', receivedAt: '', headers: {}, body: '' } as const;
const { signal } = new AbortController();

test.each([
  ['two texts', 'a', 'b'],
  ['two halves of a surrogate pair', '\ud800', '\ud801'],
  ['one that is cut', 'a\0', 'a'],
])('of %s there are two hashes', (_, one, other) => {
  expect(sha256(one)).not.toBe(sha256(other));
});

test.each<[string, () => unknown]>([
  ['nothing', () => undefined],
  ['an empty text', () => ''],
  [
    'an error',
    () => {
      throw new Error('no');
    },
  ],
])('a record whose orderBy gives %s is stored, in no order; a long text is shortened', async (_, given) => {
  let orderBy = given;
  const names: unknown[] = [];
  const boss = {
    on: () => undefined,
    createQueue: () => Promise.resolve(),
    updateQueue: () => Promise.resolve(),
    getQueue: () => Promise.resolve({ policy: 'key_strict_fifo' }),
    send: (_name: string, _data: object, { singletonKey }: { singletonKey?: unknown }) => {
      names.push(singletonKey);
      return Promise.resolve('id');
    },
  };
  const inbox = pgBossInbox({ boss, orderBy: () => orderBy() } as never);
  for (let count = 0; count < 2; count += 1) expect(await inbox.put(record, signal)).toBe('stored');
  expect(new Set(names.filter(Boolean)).size).toBe(2);
  orderBy = () => 'x'.repeat(100_000);
  await inbox.put(record, signal);
  expect(String(names.at(-1)).length).toBeLessThan(1_000);
});

test('the work on a record of BullMQ is told when its lock is lost', async () => {
  type Process = (...given: unknown[]) => Promise<void>;
  const made: Process[] = [];
  class Worker {
    constructor(_: string, process: Process) {
      made.push(process);
    }
    on(): void {
      // Nothing happens here.
    }
  }
  const queue = { name: 'q', opts: {}, on: () => undefined };
  const seen: unknown[] = [];
  bullmqInbox({ queue, Worker } as never).work(
    (_, given) => {
      seen.push(given);
      return Promise.resolve();
    },
    { concurrency: 1, onError: () => undefined, onDead: () => undefined },
  );
  // By their number, BullMQ knows whether it takes a signal.
  expect(made.map(({ length }) => length)).toEqual([3]);
  await made[0]?.({ data: record, attemptsMade: 0 }, 'token', signal);
  expect(seen).toEqual([signal]);
});
