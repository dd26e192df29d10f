import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changes, pageOf, pages, type Changing, type Page } from '../../templates/runtime/clients/pages.js';
import { runs } from '../sample.js';

const where = { product: 'shop', method: 'GET', path: '/tickets', status: 200, requestId: undefined };
const record = { id: 'number!' } as const;

/** Whether another page is asked for after the second one. */
test.each<[what: string, value: unknown, hasLink: boolean, member: string | undefined, hasNext: boolean]>([
  ['a short page', [{ id: 1 }], false, undefined, false],
  ['a full page', [{ id: 1 }, { id: 2 }], false, undefined, true],
  ['a short page with a link', [{ id: 1 }], true, undefined, true],
  ['an empty page', [], false, undefined, false],
  ['a wrapped page', { rows: [{ id: 1 }, { id: 2 }] }, false, 'rows', true],
  ['Freshchat, in between', { rows: [], pagination: { total_pages: 3 } }, false, 'rows', true],
  [
    'Freshchat, at the end',
    { rows: [{ id: 1 }, { id: 2 }], pagination: { total_pages: 2 } },
    false,
    'rows',
    false,
  ],
  ['Freshchat with links', { rows: [], links: { next_page: { href: '/x' } } }, false, 'rows', true],
  ['Freshsales, in between', { rows: [], meta: { total_pages: 3, total: 5 } }, false, 'rows', true],
  [
    'Freshsales, at the end',
    { rows: [{ id: 1 }, { id: 2 }], meta: { total_pages: 2 } },
    false,
    'rows',
    false,
  ],
  [
    'what says nonsense',
    { rows: [{ id: 1 }], pagination: null, links: null, meta: { total_pages: 'x' } },
    false,
    'rows',
    false,
  ],
])('%s', (_, value, hasLink, member, hasNext) => {
  expect(pageOf(record, { value, where, hide: String, hasNext: hasLink }, 2, member, 2)).toMatchObject({
    hasNext,
  });
});

const numbers = async <R>(from: AsyncIterable<R>, atMost = Infinity) => {
  const found: R[] = [];
  for await (const each of from) {
    found.push(each);
    if (found.length >= atMost) break;
  }
  return found;
};

/** As many pages of two as are asked for. */
const listOf = (count: number) => {
  const asked: number[] = [];
  const read = (page: number): Promise<Page<number>> => {
    asked.push(page);
    return Promise.resolve({ rows: [page * 2, page * 2 + 1], hasNext: page < count, where });
  };
  return { asked, read };
};

test('pages are asked for one after the other, and none before it is needed', async () => {
  const { asked, read } = listOf(3);
  expect(await numbers(pages(read))).toEqual([2, 3, 4, 5, 6, 7]);
  expect(asked).toEqual([1, 2, 3]);
  const other = listOf(3);
  expect(await numbers(pages(other.read), 3)).toEqual([2, 3, 4]);
  expect(other.asked).toEqual([1, 2]);
});

test('page 300 is the last: where there is more, an error says what to do', async () => {
  const fine = listOf(300);
  expect(await numbers(pages(fine.read))).toHaveLength(600);
  const { asked, read } = listOf(301);
  const found: number[] = [];
  await expect(
    (async () => {
      for await (const each of pages(read)) found.push(each);
    })(),
  ).rejects.toThrow(/^shop: GET \/tickets: page 300 is the last .* changes\(\{ updatedSince \}\)$/);
  expect(found).toHaveLength(600);
  expect(asked.at(-1)).toBe(300);
});

const time = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();

interface Row extends Changing {
  readonly id: number;
  readonly updated_at: string;
}

/** A vendor whose records change while they are read. `order` is that of records that share a time. */
function vendor(rows: Row[], size: number, meanwhile: () => void) {
  let requests = 0;
  return {
    count: () => requests,
    read: (since: string, page: number): Promise<Page<Row>> => {
      requests += 1;
      const found = rows
        .filter((each) => each.updated_at >= since)
        .sort((a, b) => (a.updated_at < b.updated_at ? -1 : a.updated_at > b.updated_at ? 1 : a.id - b.id));
      const answer = found.slice((page - 1) * size, page * size);
      const hasNext = page * size < found.length;
      meanwhile();
      return Promise.resolve({ rows: answer, hasNext, where });
    },
  };
}

test('whatever changes between two requests, no record is left out, and none comes twice unchanged', async () => {
  const scenario = fc.record({
    /** The second in which each record was changed. */
    seconds: fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }),
    size: fc.integer({ min: 1, max: 7 }),
    /** Which records change after each request, if any. */
    changed: fc.array(fc.array(fc.nat(39), { maxLength: 3 }), { maxLength: 25 }),
    /** How many seconds pass before each change. */
    pace: fc.nat(1),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ seconds, size, changed, pace }) => {
      const rows = seconds.map((second, index): Row => ({ id: index, updated_at: time(second) }));
      let now = 10;
      let turn = 0;
      const { read } = vendor(rows, size, () => {
        for (const id of changed[turn++] ?? []) {
          if (id >= rows.length) continue;
          now += pace;
          rows[id] = { id, updated_at: time(now) };
        }
      });
      const last = new Map<number, string>();
      for await (const { id, updated_at } of changes(read, time(0))) {
        expect(last.get(id)).not.toBe(updated_at);
        last.set(id, updated_at);
      }
      for (const { id } of rows) expect(last.has(id), `record ${id}`).toBe(true);
    }),
    { numRuns: runs(300, 5_000) },
  );
});

test('without changes, few requests are made', async () => {
  const rows = Array.from({ length: 1_000 }, (_, id): Row => ({ id, updated_at: time(id) }));
  const { read, count } = vendor(rows, 100, () => undefined);
  expect(await numbers(changes(read, time(0)))).toEqual(rows);
  expect(count()).toBe(11);
});

test('a consumer that stops is not read for', async () => {
  const rows = Array.from({ length: 50 }, (_, id): Row => ({ id, updated_at: time(1) }));
  const { read, count } = vendor(rows, 10, () => undefined);
  expect(await numbers(changes(read, time(0)), 15)).toHaveLength(15);
  expect(count()).toBeLessThan(5);
});

const bad = (rows: readonly object[]) => () =>
  Promise.resolve({ rows: rows as readonly Row[], hasNext: true, where });

test.each([
  [
    'another order',
    [
      { id: 1, updated_at: time(5) },
      { id: 2, updated_at: time(4) },
    ],
    'not in the order of updated_at',
  ],
  ['no time', [{ id: 1 }], 'a record has no time in updated_at'],
  ['what is no time', [{ id: 1, updated_at: 'today' }], 'a record has no time in updated_at'],
])('%s is an error', async (_, rows, message) => {
  await expect(numbers(changes(bad(rows), time(0)))).rejects.toThrow(message);
});

test('more than 300 pages of one time are an error', async () => {
  const rows = Array.from({ length: 302 }, (_, id): Row => ({ id, updated_at: time(1) }));
  const { read } = vendor(rows, 1, () => undefined);
  await expect(numbers(changes(read, time(0)))).rejects.toThrow('page 300 is the last');
});

test('a vendor that cuts the time to seconds gives no record twice', async () => {
  const rows = Array.from({ length: 20 }, (_, id): Row => ({
    id,
    updated_at: `2026-01-01T00:00:0${Math.floor(id / 10)}.${id % 10}00Z`,
  }));
  const { read } = vendor(rows, 13, () => undefined);
  const cut = (since: string, page: number) => read(`${since.slice(0, 19)}.000Z`, page);
  expect((await numbers(changes(cut, time(0)))).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
});
