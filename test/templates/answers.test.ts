import { expect, test } from 'vitest';
import { refusal } from '../../templates/runtime/answers.js';
import type { Issue } from '../../templates/runtime/standard-schema.js';

const limit = 16_384;
const issue = (...path: readonly (string | number)[]): Issue => ({ message: 'must be string', path });

test.each<[string, readonly Issue[], number]>([
  ['none', [], 0],
  ['what fits', [issue('a'), issue('b', 3)], 2],
  ['many', Array.from({ length: 40_000 }, (_, index) => issue('list', index)), 100],
  ['one long name in all of them', Array.from({ length: 100 }, () => issue('k'.repeat(900_000))), 54],
  [
    'long names that JSON makes longer',
    Array.from({ length: 100 }, () => issue('\u0001'.repeat(900_000))),
    10,
  ],
  ['long names of three bytes a letter', Array.from({ length: 100 }, () => issue('配'.repeat(900_000))), 20],
  ['deep paths', [{ message: 'no', path: Array<number>(200_000).fill(0) }, issue('a')], 2],
  ['deep paths of long names', [issue(...Array<string>(1000).fill('k'.repeat(1000)))], 0],
  ['long messages', [{ message: 'm'.repeat(1_000_000), path: [] }], 1],
])('issues: %s', (_, issues, count) => {
  const { body } = refusal(422, 'the payload is not valid', issues);
  const { issues: shown } = JSON.parse(body) as { issues: readonly Issue[] };
  expect(shown).toHaveLength(count);
  expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThanOrEqual(limit);
  expect(Buffer.byteLength(body)).toBeLessThan(limit + 100);
});

test('what is short is as it was', () => {
  const issues = [issue('a', 0, 'größe'), { message: 'must be number', path: [] }];
  expect(JSON.parse(refusal(422, 'no', issues).body)).toEqual({ error: 'no', issues });
});
