import { beforeAll, describe, expect, test } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import { descriptionOf, fieldVisitor, type Field } from '../../src/delivery/fields.js';
import { pointerTo } from '../../src/delivery/field-path.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';
import type { Catalog, Schema } from '../../src/model/catalog.js';
import { preparePatterns } from '../../src/model/pattern.js';

/** A catalog of one event with one payload. */
function catalog(
  schema: Schema,
  others: Readonly<Record<string, Schema>> = {},
): Pick<Catalog, 'events' | 'types'> {
  const type = (name: string, schema: Schema) => ({ name, schema, module: 'a', root: true, nested: false });
  return {
    events: [{ name: 'a', payload: 'A' }] as unknown as Catalog['events'],
    types: [type('A', schema), ...Object.entries(others).map(([name, each]) => type(name, each))],
  };
}

function fields(of: Pick<Catalog, 'events' | 'types'>, payload: unknown, event = 'a'): readonly Field[] {
  const found: Field[] = [];
  fieldVisitor(of)(event, payload, (field) => void found.push(field));
  return found;
}

const pointers = (all: readonly Field[], isKnown: boolean) =>
  all.filter((each) => each.isKnown === isKnown).map(({ path }) => pointerTo(path));

const string = { type: 'string' } as const;
const has = (...names: readonly string[]): Schema => ({
  properties: Object.fromEntries(names.map((name) => [name, string])),
});

describe('what no branch declares is unknown', () => {
  test.each<[string, Schema, unknown, readonly string[]]>([
    ['properties', has('a'), { a: 1, b: 2 }, ['/b']],
    ['nothing below what is unknown', has('a'), { b: { c: { d: 1 } } }, ['/b']],
    ['patternProperties', { patternProperties: { '^cf_': string } }, { cf_x: 1, x: 2 }, ['/x']],
    ['additionalProperties with a schema', { additionalProperties: string }, { x: 1 }, []],
    [
      'additionalProperties that only allow',
      { additionalProperties: true, ...(has('a') as object) },
      { x: 1 },
      ['/x'],
    ],
    ['additionalProperties with an empty schema', { additionalProperties: {} }, { x: 1 }, ['/x']],
    ['allOf', { allOf: [has('a'), has('b')] }, { a: 1, b: 1, c: 1 }, ['/c']],
    [
      'a branch that the payload does not satisfy',
      { anyOf: [has('a'), { type: 'string', ...(has('b') as object) }] },
      { a: 1, b: 1, c: 1 },
      ['/c'],
    ],
    ['oneOf in oneOf', { oneOf: [{ oneOf: [has('a')] }, has('b')] }, { a: 1, b: 1, c: 1 }, ['/c']],
    [
      'then and else, not if and not',
      { if: has('a'), then: has('b'), else: has('c'), not: has('d') },
      { a: 1, b: 1, c: 1, d: 1 },
      ['/a', '/d'],
    ],
    ['dependencies', { dependencies: { a: has('b'), c: ['d'] } }, { b: 1, d: 1 }, ['/d']],
    ['a reference', { $ref: 'B' }, { b: 1, c: 1 }, ['/c']],
    ['a reference in a branch', { anyOf: [{ $ref: 'B' }, has('a')] }, { a: 1, b: 1, c: 1 }, ['/c']],
    [
      'a schema that refers to itself',
      { $ref: 'Tree' },
      { next: { next: { next: {}, x: 1 } } },
      ['/next/next/x'],
    ],
    ['items', { properties: { list: { items: has('a') } } }, { list: [{ a: 1 }, { b: 1 }] }, ['/list/1/b']],
    ['items without a schema', { properties: { list: { type: 'array' } } }, { list: [1] }, ['/list/0']],
    [
      'a tuple and the rest',
      { items: [has('a')], additionalItems: has('b') },
      [
        { a: 1, b: 1 },
        { a: 1, b: 1 },
      ],
      ['/0/b', '/1/a'],
    ],
    ['a tuple without a rest', { items: [string] }, ['', ''], ['/1']],
    [
      'names of the prototype',
      has('a'),
      JSON.parse('{"__proto__":1,"constructor":1,"toString":1}'),
      ['/__proto__', '/constructor', '/toString'],
    ],
    ['names that pointers escape', has('a/b'), { 'a/b': 1, '~': 1 }, ['/~0']],
    ['no object', has('a'), 'text', []],
    ['null', has('a'), null, []],
    ['no schema', true, { a: 1 }, ['/a']],
  ])('%s', async (_, schema, payload, unknown) => {
    await preparePatterns(['^cf_']);
    const tree: Schema = { properties: { next: { $ref: 'Tree' } } };
    const all = fields(catalog(schema, { B: has('b'), Tree: tree }), payload);
    expect(pointers(all, false)).toEqual(unknown);
  });
});

test('a field has the nearest description', () => {
  const schema: Schema = {
    properties: {
      a: { description: 'own', allOf: [{ description: 'further' }] },
      b: { anyOf: [{}, { description: 'of a branch' }] },
      c: { $ref: 'B' },
      d: string,
    },
  };
  const all = fields(catalog(schema, { B: { description: 'of the type' } }), { a: 1, b: 1, c: 1, d: 1 });
  expect(all.map(descriptionOf)).toEqual(['own', 'of a branch', 'of the type', undefined]);
});

test('a payload that is deeper than any stack is looked at as far as documents go', () => {
  const tree: Schema = { properties: { a: { $ref: 'A' } } };
  let payload: unknown = {};
  for (let level = 0; level < 300_000; level += 1) payload = { a: payload };
  expect(fields(catalog(tree), payload)).toHaveLength(256);
});

test('whoever has seen enough is shown no more', () => {
  let count = 0;
  fieldVisitor(catalog({}))('a', { a: 1, b: 1, c: 1 }, () => (count += 1) < 2);
  expect(count).toBe(2);
});

describe('of the shipped documents', () => {
  let kit: LiveKit;
  beforeAll(async () => {
    kit = await loadKit();
  });

  test('every field of a sample is known', () => {
    const unknown = kit.catalog.events.flatMap(({ name }) =>
      pointers(fields(kit.catalog, kit.sample(name), name), false),
    );
    expect(unknown).toEqual([]);
  });

  test('a custom field is known by its pattern, a template of its own is not', () => {
    const payload = { freshdesk_webhook: { ticket_id: 1, ticket_cf_plant: 'x' }, ticket: { id: 1 } };
    const all = fields(kit.catalog, payload, 'freshdesk/ticket-created');
    expect(pointers(all, true)).toContain('/freshdesk_webhook/ticket_cf_plant');
    expect(pointers(all, false)).toEqual(['/ticket']);
    expect(all.some((each) => (descriptionOf(each) ?? '') !== '')).toBe(true);
  });
});
