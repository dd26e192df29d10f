import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { coveredIn, inferIn, ordersIn } from './own-document.js';

vi.setConfig({ testTimeout: 120_000 });

// Ten deliveries do not show what the eleventh holds.
test.each<[string, unknown, unknown]>([
  ['a text is empty', { cf: 'a' }, { cf: null }],
  ['a number is empty', { cf: 3 }, { cf: null }],
  ['an integer has a fraction', { cf: 3 }, { cf: 2.5 }],
  ['a truth value is empty', { cf: true }, { cf: null }],
  ['a list is empty', { cf: [1] }, { cf: null }],
  ['an integer of a list has a fraction', { cf: [1] }, { cf: [1.5] }],
  ['an object is empty', { cf: { a: 1 } }, { cf: null }],
  ['a member of an object is empty', { cf: { a: { b: 'x' } } }, { cf: { a: { b: null } } }],
  ['a member of an object in a list is empty', { cf: [{ a: 1 }] }, { cf: [{ a: null }] }],
])('%s later on, and the types take it', async (_, seen, later) => {
  const root = ordersIn('{ type: object }', [seen]);
  expect((await inferIn(root)).exitCode).toBe(0);
  writeFileSync(join(root, 'in/orders/order/0.json'), JSON.stringify(later));
  const { exitCode, stderr } = await coveredIn(root);
  expect(exitCode, stderr).toBe(0);
});
