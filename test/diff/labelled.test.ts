import { beforeAll, describe, expect, test } from 'vitest';
import { contractOf, type Contract } from '../../src/model/contract.js';
import { catalogOf } from '../emit/catalog.js';
import { sample } from '../sample.js';
import { githubAfter, labels, shippedAfter } from './edited.js';
import { githubEdits } from './github-edits.js';
import { shippedEdits } from './shipped-edits.js';
import { smallEdits } from './small-edits.js';

describe('an edit of the shipped documents', () => {
  let base: Contract;
  beforeAll(async () => {
    base = await shippedAfter([]);
  });

  const rows = shippedEdits.map(([what, actions, ...expected]) => ({ what, actions, expected }));

  test.each(sample(rows, 4))('$what', async ({ actions, expected }) => {
    expect(labels(base, await shippedAfter(actions))).toEqual(expected);
  });
});

describe('an edit of a large document', () => {
  const base = githubAfter(() => undefined);

  test.each(sample(githubEdits, 2))('$what', ({ make, labels: expected }) => {
    expect(labels(base, githubAfter(make))).toEqual(expected);
  });
});

describe('an edit of a few schemas', () => {
  const rows = smallEdits.map(([what, before, after, ...expected]) => ({ what, before, after, expected }));

  test.each(rows)('$what', ({ before, after, expected }) => {
    expect(labels(contractOf(catalogOf(before).catalog), contractOf(catalogOf(after).catalog))).toEqual(
      expected,
    );
  });
});
