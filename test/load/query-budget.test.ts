import { expect, test, vi } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { createSource } from '../../src/diagnostics/source.js';
import { compileQuery, newBudget, select } from '../../src/load/jsonpath.js';
import type { TreeObject } from '../../src/load/tree.js';
import { sample } from '../sample.js';

vi.setConfig({ testTimeout: 120_000 });

const spot = { source: createSource('o.yaml', ''), offset: 0 };
const items = (length: number) => Array.from({ length }, (_, index) => index);

/** What a query says of a document: how many values it finds, or the code of what is wrong with it. */
function answer(query: string, data: TreeObject, budget = newBudget()): number | string | undefined {
  try {
    return select(compileQuery(query, spot), data, budget).length;
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics[0]?.code;
    throw error;
  }
}

const wide: TreeObject = {
  'x-a': items(20_000),
  'x-b': items(20_000).map((index) => `${index}`),
  objects: items(2_000).map((index) => ({ index, same: items(20), other: items(20) })),
  big: { one: items(20_000), two: items(20_000) },
};

const endless = [
  "$['x-a'][?count($..*) == 1]",
  "$['x-a'][?$['x-b'][?@ == 2]]",
  "$['x-a'][?count($['x-b'][*]) == 1]",
  "$['x-a'][?length($['x-b']) == 1 && $['x-b'][?@ == 'a']]",
  "$['x-a'][?$['x-b'][?$['x-a'][?@ == -1]]]",
  "$['x-a'][?$.big.one == $.big.two]",
  "$['x-a'][?$['x-b'][0:20000:3][?@ == 2]]",
  '$.objects[?$.objects[?@.same == @.other]]',
  '$..[?$..[?@ == -1]]',
];

test.each(sample(endless, 2))('a query that looks at everything for everything is ended: %s', (query) => {
  expect(answer(query, wide)).toBe('overlay-query-too-long');
});

test.each([
  ['$', 1],
  ['$.big.one[3]', 1],
  ["$['x-a'][?@ == 7]", 1],
  ["$['x-a'][::2]", 10_000],
  ['$.objects[?@.same == @.other]', 2_000],
  ['$.objects[?count(@.same[*]) == 20].index', 2_000],
  ['$..index', 2_000],
  ['$.nothing.at.all', 0],
])('a query that looks at each value a few times is not: %s', (query, found) => {
  expect(answer(query, wide)).toBe(found);
});

test('queries that follow each other share what they may look at', () => {
  const budget = newBudget();
  const answers = items(10).map(() => answer('$..*', wide, budget));
  expect(answers[0]).toBeGreaterThan(100_000);
  expect(answers.at(-1)).toBe('overlay-query-too-long');
});
