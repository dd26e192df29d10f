import { expect, test, vi } from 'vitest';
import { coveredIn, inferIn, ordersIn } from './own-document.js';

vi.setConfig({ testTimeout: 120_000 });

const closed = '{ type: object, properties: { closed: { type: object, additionalProperties: false } } }';
const union =
  '{ type: object, properties: { of: { anyOf: [{ type: string, maxLength: 1 }, { const: 7 }] } } }';

// What no field can be declared for is mended whether or not there is anything else to declare.
test.each([
  ['a key that is data', closed, [{ closed: { 12345678: 1 } }]],
  ['a key that is data, and a field', closed, [{ closed: { 12345678: 1 }, other: 1 }]],
  ['a key that is data, and a field beside it', closed, [{ closed: { 12345678: 1, other: 1 } }]],
  ['a value that no branch takes', union, [{ of: 8 }]],
  ['a value that no branch takes, and a field', union, [{ of: 8, other: 1 }]],
])('%s', async (_, payload, deliveries) => {
  const root = ordersIn(payload, deliveries);
  const outcome = await inferIn(root);
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  expect(outcome.stderr).not.toContain('infer-not-declared');
  const gaps = await coveredIn(root);
  expect(gaps.stderr).not.toContain('error');
});
