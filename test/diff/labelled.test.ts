import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../src/catalog/contract.js';
import { labels, shippedAfter } from './edited.js';
import { shippedEdits } from './shipped-edits.js';

describe('an edit of the shipped documents', () => {
  let base: Contract;
  beforeAll(async () => {
    base = await shippedAfter([]);
  });

  test.each(shippedEdits.map(([what, actions, ...expected]) => ({ what, actions, expected })))(
    '$what',
    async ({ actions, expected }) => {
      expect(labels(base, await shippedAfter(actions))).toEqual(expected);
    },
  );
});
