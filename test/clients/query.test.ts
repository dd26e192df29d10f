import fc from 'fast-check';
import { expect, test } from 'vitest';
import { query, SearchQuery, type SearchValue } from '../../templates/runtime/clients/query.js';
import { searchOf } from '../../templates/runtime/fake/search.js';

test.each<[text: string, search: () => SearchQuery]>([
  ['priority:3 AND status:2', () => query`priority:${3} AND status:${2}`],
  ["tag:'it\\'s'", () => query`tag:${"it's"}`],
  ['tag:\'a \\"b\\" \\\\\'', () => query`tag:${'a "b" \\'}`],
  ["created_at:>'2026-01-31'", () => query`created_at:>${new Date('2026-01-31T23:00:00Z')}`],
  ['agent_id:null AND spam:false', () => query`agent_id:${null} AND spam:${false}`],
  ["(tag:'a' OR tag:'b') AND status:2", () => query`${query`tag:${'a'} OR tag:${'b'}`} AND status:${2}`],
  ["type:'Problem'", () => query`type:'Problem'`],
  ["type:'Problem' AND tag:'a'", () => query`type:'Problem' AND tag:${'a'}`],
  ['a:1.5 AND b:-2', () => query`a:${1.5} AND b:${-2}`],
])('%s', (text, search) => {
  expect(search().text).toBe(text);
});

test.each<[what: string, search: () => SearchQuery, error: unknown]>([
  ['quotes around a value', () => query`tag:'${'a'}'`, TypeError],
  ['double quotes around a value', () => query`tag:"${'a'}"`, TypeError],
  ['NaN', () => query`a:${NaN}`, TypeError],
  ['infinity', () => query`a:${Infinity}`, TypeError],
  ['no date', () => query`a:${new Date(NaN)}`, RangeError],
  ['undefined', () => query`a:${undefined as unknown as string}`, TypeError],
  ['an object', () => query`a:${{ toString: () => "' OR a:1" } as unknown as string}`, TypeError],
  ['a list', () => query`a:${['1'] as unknown as string}`, TypeError],
  ['what is too long', () => query`a:${'x'.repeat(600)}`, RangeError],
  ['what is too long as it is', () => new SearchQuery('x'.repeat(513)), RangeError],
])('%s is refused', (_, search, error) => {
  expect(search).toThrow(error as ErrorConstructor);
});

const hostile = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', ' ', 'O', 'R', ':', '(', ')', '\n', '\0'),
    maxLength: 40,
  }),
  fc.constantFrom("' OR status:2 OR tag:'", "\\' OR status:2 OR tag:\\'", '" OR status:2', '\\', "'"),
);

test('no value breaks out of its place, whatever it is', () => {
  const values = fc.oneof<fc.Arbitrary<SearchValue>[]>(
    hostile,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(values, values, (a, b) => {
      const { text } = query`status:${2} AND (tag:${a} OR note:${b})`;
      const term = (field: string, value: SearchValue) => ({
        field,
        relation: ':',
        value: Object.is(value, -0) ? 0 : value,
      });
      expect(searchOf(`"${text}"`)).toEqual({
        and: [term('status', 2), { or: [term('tag', a), term('note', b)] }],
      });
    }),
  );
});
