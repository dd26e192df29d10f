import { expect, test } from 'vitest';
import type { Summary } from '../../src/dev/api.js';
import { Deliveries, fold, rootOf } from '../../src/page/rows.js';
import { summary } from './deliveries.js';

test('deliveries of one root are a row, which stands where its newest one does', () => {
  const rows = fold([
    summary({ id: '1' }),
    summary({ id: '2' }),
    summary({ id: '3', of: '1', attempt: 2 }),
    summary({ id: '4' }),
  ]);
  expect(rows.map(({ root, latest, all }) => [root, latest.id, all.length])).toEqual([
    ['4', '4', 1],
    ['1', '3', 2],
    ['2', '2', 1],
  ]);
});

test('copies stay a row when the delivery they are copies of is deleted', () => {
  const deliveries = new Deliveries();
  deliveries.replace([summary({ id: '1' }), summary({ id: '2', of: '1' }), summary({ id: '3', of: '1' })]);
  deliveries.remove(['1']);
  expect(deliveries.rows().map(({ root, all }) => [root, all.map(({ id }) => id)])).toEqual([
    ['1', ['3', '2']],
  ]);
});

test('a delivery that has changed is replaced', () => {
  const deliveries = new Deliveries();
  deliveries.put(summary({ id: '1' }));
  deliveries.rows();
  deliveries.put(summary({ id: '1', outcome: { status: 200, milliseconds: 3 } }));
  expect(deliveries.rows()).toHaveLength(1);
  expect(deliveries.rows()[0]?.latest.outcome).toEqual({ status: 200, milliseconds: 3 });
});

test('whatever comes and goes, the rows are those of what is there, and the untouched ones are the same objects', () => {
  const deliveries = new Deliveries();
  const known = new Map<string, Summary>();
  // A small generator of numbers, so that a failure can be repeated.
  let seed = 1;
  const any = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let step = 0; step < 200; step += 1) {
    const before = new Map(deliveries.rows().map((row) => [row.root, row]));
    const touched = new Set<string>();
    for (let each = any(4); each >= 0; each -= 1) {
      const id = String(10 + any(30));
      const of = any(3) === 0 ? {} : { of: `${id.charAt(0)}0` };
      const delivery = known.get(id) ?? summary({ id, ...of });
      touched.add(rootOf(delivery));
      if (any(3) === 0) {
        known.delete(id);
        deliveries.remove([id]);
      } else {
        known.set(id, { ...delivery, size: step });
        deliveries.put({ ...delivery, size: step });
      }
    }
    const rows = deliveries.rows();
    expect(rows).toEqual(fold([...known.values()]));
    for (const row of rows) if (!touched.has(row.root)) expect(row).toBe(before.get(row.root));
  }
});

test('names of Object.prototype are ids as any other', () => {
  const rows = fold([summary({ id: '__proto__' }), summary({ id: 'constructor', of: '__proto__' })]);
  expect(rows.map(({ root, all }) => [root, all.length])).toEqual([['__proto__', 2]]);
});
