import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parametersIn,
  queryOf,
  splitQuery,
  withoutParameters,
  withoutValues,
} from '../../src/delivery/query.js';
import { runs, seed } from '../sample.js';

const queries = fc.stringMatching(/^(?:\?[?a-b=&%+#2]{0,12})?$/);

test('taken apart and put together, an address is as it was', () => {
  fc.assert(
    fc.property(fc.string(), queries, (before, given) => {
      const { path, query } = splitQuery(before + given);
      expect(path + queryOf(parametersIn(query).map(({ text }) => text))).toBe(before + given);
      expect(path).not.toContain('?');
    }),
    { seed, numRuns: runs(500, 5000) },
  );
});

test('names are those that a server reads, and what is left out is not there for it', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const read = new Set(new URLSearchParams(`&${query.slice(1)}`).keys());
      const names = parametersIn(query).map(({ name }) => name);
      expect(new Set(names.filter((name) => name !== ''))).toEqual(
        new Set([...read].filter((name) => name !== '')),
      );
      for (const name of names)
        expect(
          parametersIn(withoutParameters(query, (each) => each === name)).map((each) => each.name),
        ).not.toContain(name);
    }),
    { seed, numRuns: runs(500, 5000) },
  );
});

test.each([
  ['/a', '/a'],
  ['/a?', '/a?…'],
  ['/a?b=c&d=e=f&g&h=', '/a?b=…&d=…&…&h=…'],
  ['/a?b=c?d=e', '/a?b=…'],
])('%s shows no value: %s', (address, shown) => {
  expect(withoutValues(address)).toBe(shown);
});
