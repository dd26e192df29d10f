import { expect, test, vi } from 'vitest';
import { fakePlatform, type FakePlatform } from '../../templates/fake-platform.js';
import { changes, pageOf, perPage } from '../../templates/runtime/clients/pages.js';
import { api, type Api } from '../../templates/runtime/clients/http.js';
import type { ClientOptions } from '../../templates/runtime/clients/client-options.js';
import { all } from '../sample.js';
import { idleClock } from './idle-clock.js';

// Tens of thousands of records, and no time is asserted.
vi.setConfig({ testTimeout: 300_000 });

function callerOf({ baseUrl, apiKey }: FakePlatform, options: ClientOptions): Api {
  const authorization = (key: string) => `Basic ${btoa(`${key}:X`)}`;
  return api({ product: 'freshdesk', baseUrl, credential: apiKey, authorization }, options);
}

const ticket = { id: 'number!', subject: 'string', updated_at: 'string' } as const;

/** A time, so many seconds after the tickets began. */
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const text = (seconds: number) => at(seconds).toISOString().replace('.000', '');

test.each([
  ['8 callers, one call after the other', 8],
  ['all at once', 1_000],
])('1,000 calls at 200 a minute by %s succeed, and hardly any is a 429', async (_, callers) => {
  const { options, stop } = idleClock();
  const start = options.now();
  const platform = await fakePlatform({
    product: 'freshdesk',
    limitPerMinute: 200,
    records: { tickets: [{ id: 1, subject: 'One' }] },
    now: options.now,
  });
  const call = callerOf(platform, { ...options, deadlineMs: 3_600_000 });
  const waiting = Array.from({ length: 1_000 }).values();
  const found: unknown[] = [];
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const _ of waiting) found.push((await call('GET', '/api/v2/tickets/1')).value);
    }),
  );
  stop();
  await platform.close();
  expect(found).toHaveLength(1_000);
  for (const each of found) expect(each).toMatchObject({ id: 1, subject: 'One' });
  const refused = platform.requests.filter(({ status }) => status === 429).length;
  expect(refused).toBeLessThan(platform.requests.length * 0.02);
  // In the client's time: 200 of them at once, and 800 in four minutes and a little.
  const minutes = (options.now().getTime() - start.getTime()) / 60_000;
  expect(minutes).toBeGreaterThan(4);
  expect(minutes).toBeLessThan(6);
});

/**
 * Reads all tickets while every hundredth that is read changes one that has been read, and one that has not.
 *
 * @param sharing how many tickets share a second
 */
async function readAll(count: number, sharing: number) {
  let seconds = count;
  const platform = await fakePlatform({
    product: 'freshdesk',
    records: {
      tickets: Array.from({ length: count }, (_, index) => {
        const updated_at = text(Math.floor(index / sharing));
        return { id: index + 1, subject: 'before', updated_at };
      }),
    },
    now: () => at(seconds),
  });
  const tickets = platform.records('tickets');
  const call = callerOf(platform, {});
  const path = '/api/v2/tickets';
  const read = async (updated_since: string, page: number) => {
    const query = { updated_since, order_by: 'updated_at', order_type: 'asc', page, per_page: perPage };
    return pageOf(ticket, await call('GET', path, { query }), page);
  };
  const last = new Map<number, string>();
  const repeated: number[] = [];
  let rows = 0;
  for await (const { id, updated_at } of changes(read, text(0))) {
    if (last.get(id) === updated_at) repeated.push(id);
    last.set(id, updated_at!);
    rows += 1;
    if (rows % 100 !== 50 || rows > count) continue;
    seconds += 1;
    tickets.change(id, { subject: 'after' });
    const later = (id * 7) % count;
    if (later > 0) tickets.change(later, { subject: 'after' });
  }
  const missed = tickets.all().filter((each) => last.get(Number(each['id'])) !== each['updated_at']);
  await platform.close();
  return { rows, repeated, missed, requests: platform.requests };
}

const many = all ? 40_000 : 4_000;

test.each([
  ['each changed in a second of its own', 1],
  ['seven changed in each second', 7],
  ['a page and a half changed in each second', 150],
  ['seven hundred changed in each second', 700],
])(
  `${many} tickets while every hundredth changes, %s: none is lost, and none comes twice unchanged`,
  async (_, sharing) => {
    const { rows, repeated, missed, requests } = await readAll(many, sharing);
    expect(missed).toEqual([]);
    expect(repeated).toEqual([]);
    expect(rows).toBeGreaterThan(many);
    // No page beyond the ceiling, however many tickets.
    for (const { path } of requests)
      expect(Number(new URLSearchParams(path.split('?')[1]).get('page'))).toBeLessThan(20);
  },
);
