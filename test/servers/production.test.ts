import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from './engines.js';
import { Fleet } from './fleet.js';
import { hasPostgres, hasRedis, postgres, redis, type DatabaseServer } from './programs.js';

/** INBOX_FULL=1 asks for the numbers that the documentation gives. */
const isFull = process.env['INBOX_FULL'] === '1';
const [deliveries, repeated] = isFull ? [10_000, 1_000] : [1_500, 200];

interface Engine {
  readonly name: string;
  readonly isThere: boolean;
  readonly start?: () => Promise<DatabaseServer>;
  readonly store: (port: number) => Store;
}

const engines: readonly Engine[] = [
  {
    name: 'sqlite',
    isThere: true,
    store: () => ({ engine: 'sqlite', file: join(mkdtempSync(join(tmpdir(), 'sqlite-')), 'inbox.db') }),
  },
  { name: 'pg-boss', isThere: hasPostgres, start: postgres, store: (port) => ({ engine: 'pg-boss', port }) },
  { name: 'bullmq', isThere: hasRedis, start: () => redis(), store: (port) => ({ engine: 'bullmq', port }) },
];

function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `key ${at}`);
}

/** How many were handled more than once, and how often the most handled one was. */
function repeats(handled: ReadonlyMap<string, number>): string {
  const counts = [...handled.values()].filter((count) => count > 1);
  return `${counts.length} handled more than once, ${Math.max(1, ...counts)} times at most`;
}

/** Figures for the documentation. */
function report(...words: readonly unknown[]): void {
  console.log(...words);
}

for (const { name, isThere, start, store } of engines)
  describe.skipIf(!isThere)(name, () => {
    async function prepared(
      receivers: number,
      workers: number,
    ): Promise<{ readonly server: DatabaseServer | undefined; readonly fleet: Fleet }> {
      const server = await start?.();
      onTestFinished(() => server?.remove());
      const fleet = await Fleet.start(store(server?.port ?? 0), receivers, workers);
      onTestFinished(() => fleet.stop());
      return { server, fleet };
    }

    it(`loses none of ${deliveries} deliveries while a receiver and a worker are killed every second`, async () => {
      const { fleet } = await prepared(2, 2);
      const sending = new AbortController();
      const killing = (async () => {
        let kills = 0;
        for (; !sending.signal.aborted; kills += 1) {
          await pause(1_000);
          await Promise.all([fleet.replace('receiver', kills), fleet.replace('worker', kills)]);
        }
        return kills;
      })();
      const sent = await fleet.send(keysOf(deliveries), 64, isFull ? 40 : 100);
      sending.abort();
      const kills = await killing;
      expect(sent.acknowledged.size).toBe(deliveries);
      const ms = await fleet.allHandled(sent.acknowledged, 120_000);
      expect(kills).toBeGreaterThan(1);
      const handled = fleet.handled();
      expect([...handled.keys()].filter((key) => key.startsWith('dead'))).toEqual([]);
      report(
        `${name}: ${deliveries} deliveries, ${kills} times killed a receiver and a worker; all handled ${ms} ms after the last kill;`,
        `${repeats(handled)}; answers`,
        Object.fromEntries(sent.statuses),
      );
    });

    it(`handles each of ${repeated} deliveries once that are sent five times at once`, async () => {
      const { fleet } = await prepared(2, 2);
      const keys = keysOf(repeated);
      // Next to each other, so that they meet.
      const sent = await fleet.send(
        keys.flatMap((key) => [key, key, key, key, key]),
        50,
      );
      await fleet.allHandled(sent.acknowledged, 60_000);
      await pause(2_000);
      expect(sent.statuses).toEqual(new Map([[200, repeated * 5]]));
      expect([...fleet.handled()]).toHaveLength(repeated);
      expect(repeats(fleet.handled())).toBe('0 handled more than once, 1 times at most');
    });

    it.skipIf(start === undefined)(
      'loses nothing when its server restarts, and says so to the senders',
      async () => {
        const { server, fleet } = await prepared(2, 2);
        const restarting = (async () => {
          await pause(1_500);
          await server?.stop('SIGKILL');
          await pause(3_000);
          await server?.start();
        })();
        const sent = await fleet.send(keysOf(deliveries), 64, isFull ? 40 : 100);
        await restarting;
        const ms = await fleet.allHandled(sent.acknowledged, 120_000);
        // Every delivery got an answer, and some that it was not stored.
        expect([...sent.statuses.keys()].toSorted(), JSON.stringify([...sent.statuses])).toEqual([200, 503]);
        expect(sent.slowestMs).toBeLessThan(5_000);
        report(
          `${name}: its server was killed and came back: all handled ${ms} ms after the last acknowledgement; ${repeats(fleet.handled())};`,
          'answers',
          Object.fromEntries(sent.statuses),
          `the slowest after ${sent.slowestMs} ms`,
        );
      },
    );

    it('drains on SIGTERM: what was begun is handled once', async () => {
      const { fleet } = await prepared(1, 2);
      const sent = await fleet.send(keysOf(300), 32);
      await fleet.stopWorkers('SIGTERM');
      await fleet.add('worker');
      await fleet.allHandled(sent.acknowledged, 60_000);
      await pause(1_000);
      expect(repeats(fleet.handled())).toBe('0 handled more than once, 1 times at most');
    });
  });
