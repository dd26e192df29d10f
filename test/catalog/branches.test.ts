import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { verdicts } from '../diff/verdicts.js';
import { catalogOf } from '../emit/catalog.js';

const holder = (field: JsonObject) => ({
  type: 'object',
  properties: { d: { type: 'object', properties: field } },
});
const [own, first, second] = ['own', 'first', 'second'].map((name) => holder({ [name]: { type: 'string' } }));

/** Places in which two schemas have a member of one name, each with an object of its own. */
const places: readonly (readonly [string, JsonObject])[] = [
  ['a schema and its branches', { ...own, allOf: [first!, second!] }],
  ['branches', { type: 'object', allOf: [own!, first!, second!] }],
  ['branches in branches', { type: 'object', allOf: [own!, { allOf: [first!, { allOf: [second!] }] }] }],
  ['branches of different keywords', { ...own, anyOf: [first!], oneOf: [second!] }],
  ['a condition', { ...own, if: first!, then: second!, else: false }],
];

/** Tells what the payload of an event takes. */
function judge(A: JsonObject): (payload: Json) => boolean {
  const { catalog } = catalogOf({ A });
  const accepts = verdicts(catalog);
  return (payload) => accepts(catalog.events[0]!.name, payload);
}

test.each(places)('objects under one name are checked each by its own schema: %s', (_, A) => {
  const accepts = judge(A);
  const judged = ['own', 'first', 'second'].map((name) => accepts({ d: { [name]: 1 } }));
  const valid = accepts({ d: { own: '', first: '', second: '' } });
  expect([valid, ...judged]).toEqual([true, false, false, false]);
});

test('and so are those in branches of members', () => {
  const A: JsonObject = { ...own, properties: { d: { oneOf: [first!] }, e: { oneOf: [second!] } } };
  const accepts = judge(A);
  expect(accepts({ e: { d: { second: 1 } } })).toBe(false);
  expect(accepts({ e: { d: { first: 1 } } })).toBe(true);
  expect(accepts({ d: { d: { first: 1 } } })).toBe(false);
});
