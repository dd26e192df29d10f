import { expect, test } from 'vitest';
import { Deliveries, fold } from '../../src/page/rows.js';
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
  expect(deliveries.size).toBe(1);
  expect(deliveries.rows()[0]?.latest.outcome).toEqual({ status: 200, milliseconds: 3 });
});

test('names of Object.prototype are ids as any other', () => {
  const rows = fold([summary({ id: '__proto__' }), summary({ id: 'constructor', of: '__proto__' })]);
  expect(rows.map(({ root, all }) => [root, all.length])).toEqual([['__proto__', 2]]);
});
