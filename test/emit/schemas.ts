import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/catalog/json.js';

/** Definitions that random schemas refer to, one of them to itself. */
export const definitions: JsonObject = {
  Leaf: { type: ['string', 'null'], maxLength: 3 },
  Node: {
    type: 'object',
    required: ['a'],
    properties: {
      a: { $ref: '#/components/schemas/Leaf' },
      b: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
    },
  },
  Tagged: {
    anyOf: [
      { $ref: '#/components/schemas/TaggedA' },
      {
        type: 'object',
        required: ['a', 'b'],
        properties: { a: { type: 'string', enum: ['ab', 'abcd'] }, b: { type: 'integer' } },
      },
    ],
  },
  TaggedA: {
    type: 'object',
    required: ['a'],
    properties: { a: { const: 'a' }, c: { type: ['string', 'null'] } },
  },
  Either: { oneOf: [{ $ref: '#/components/schemas/Node' }, { type: 'integer' }] },
};

const names = ['a', 'b', 'c', 'x_1', 'x_y', 'constructor'];
const name = fc.constantFrom(...names);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 2.5, -3, '', 'a', 'ab', 'abcd', '2026-01-02T03:04:05Z'),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Small schemas of every keyword that a type can say something about, and some that it cannot. */
export const schemas: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject; part: Json }>((tie) => {
  const part = tie('part') as fc.Arbitrary<Json>;
  const branches = fc.array(part, { minLength: 1, maxLength: 3 });
  const parts = (keys: fc.Arbitrary<string>) =>
    fc.dictionary(keys, part, { maxKeys: 4, noNullPrototype: true });
  const some = (record: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
    fc.record(record, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
  return {
    part: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>(true, false, { type: 'string' }, { type: ['integer', 'null'] }),
      tie('schema'),
    ),
    schema: fc.oneof(
      { maxDepth: 4 },
      some({ type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object') }, [
        'type',
      ]),
      some(
        {
          type: fc.uniqueArray(
            fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'object', 'array'),
            { minLength: 1 },
          ),
        },
        ['type'],
      ),
      some(
        {
          type: fc.constant('string'),
          format: fc.constantFrom('date-time', 'unheard-of'),
          minLength: fc.nat(2),
          pattern: fc.constant('^a'),
        },
        ['type'],
      ),
      some(
        {
          type: fc.constant('number'),
          minimum: fc.integer({ min: -2, max: 2 }),
          multipleOf: fc.constant(0.5),
        },
        ['type'],
      ),
      fc.constantFrom('Leaf', 'Node', 'Either').map((target) => ({ $ref: `#/components/schemas/${target}` })),
      some(
        { enum: fc.array(value, { minLength: 1, maxLength: 3 }), type: fc.constantFrom('string', 'number') },
        ['enum'],
      ),
      some({ const: value }, ['const']),
      some(
        {
          type: fc.constant('string'),
          enum: fc.constant(['a', 'b']),
          'x-open-enum': fc.constant(true),
          description: fc.constant('Open.'),
        },
        ['enum'],
      ),
      some({ type: fc.constantFrom('integer', 'string'), nullable: fc.constant(true) }),
      some({ type: fc.constant('array'), items: part, minItems: fc.nat(2), uniqueItems: fc.boolean() }, [
        'items',
      ]),
      some(
        {
          type: fc.constant('array'),
          items: fc.array(part, { maxLength: 3 }),
          additionalItems: part,
          minItems: fc.nat(3),
        },
        ['items'],
      ),
      some(
        {
          type: fc.constant('object'),
          properties: parts(name),
          required: fc.uniqueArray(name, { maxLength: 2 }),
        },
        ['type', 'properties'],
      ),
      some({
        properties: parts(name),
        required: fc.uniqueArray(name, { maxLength: 2 }),
        additionalProperties: part,
      }),
      some(
        {
          type: fc.constant('object'),
          properties: parts(name),
          required: fc.uniqueArray(name, { maxLength: 2 }),
          patternProperties: parts(fc.constantFrom('^x_', '_y$', '^x_[0-9]+$', '^[a-c]$')),
          additionalProperties: part,
        },
        ['type'],
      ),
      some({ allOf: branches, type: fc.constantFrom('object', 'string') }, ['allOf']),
      some({ anyOf: branches, description: fc.constant('One or the other.') }, ['anyOf']),
      some({ oneOf: branches, properties: parts(name) }, ['oneOf']),
      some({ not: part, if: part, then: part, type: fc.constantFrom('string', 'object') }),
      some({
        type: fc.constant('object'),
        dependencies: fc.constant({ a: ['b'] }),
        propertyNames: fc.constant({ maxLength: 3 }),
        maxProperties: fc.nat(3),
      }),
    ),
  };
}).schema;

/** A value that a schema may well accept, built along it; any small value now and then. */
export function valueFor(schema: Json | undefined, depth = 0): fc.Arbitrary<Json> {
  if (typeof schema !== 'object' || schema === null || depth > 3) return value;
  const { $ref, type, properties, items, oneOf, anyOf, allOf, required, patternProperties } =
    schema as JsonObject;
  const member = (inside: Json | undefined) => valueFor(inside, depth + 1);
  const along: fc.Arbitrary<Json>[] = [];
  if ('const' in (schema as JsonObject)) along.push(fc.constant((schema as JsonObject)['const']!));
  const known = (schema as JsonObject)['enum'];
  if (Array.isArray(known)) along.push(fc.constantFrom(...(known as Json[])));
  if (typeof $ref === 'string') along.push(member(definitions[$ref.split('/').at(-1)!]));
  for (const branch of [oneOf, anyOf, allOf].flat()) if (branch !== undefined) along.push(member(branch));
  if (Array.isArray(items)) {
    const whole = fc.tuple(...(items as Json[]).map(member));
    const rest = fc.array(member((schema as JsonObject)['additionalItems']), { maxLength: 2 });
    along.push(
      fc.tuple(whole, rest).map(([first, more]) => [...first, ...more]),
      fc.tuple(whole, fc.nat(items.length)).map(([first, count]) => first.slice(0, count)),
    );
  }
  if (items !== undefined && !Array.isArray(items)) along.push(fc.array(member(items), { maxLength: 3 }));
  if (properties !== undefined || patternProperties !== undefined || required !== undefined) {
    const keys = Object.entries((properties ?? {}) as JsonObject);
    const declared = Object.fromEntries(keys.map(([key, inside]) => [key, member(inside)]));
    for (const [pattern, inside] of Object.entries((patternProperties ?? {}) as JsonObject)) {
      for (const key of names)
        if (!Object.hasOwn(declared, key) && new RegExp(pattern).test(key)) declared[key] = member(inside);
    }
    for (const key of (required ?? []) as string[]) if (!Object.hasOwn(declared, key)) declared[key] = value;
    const requiredKeys = ((required ?? []) as string[]).filter((key) => Object.hasOwn(declared, key));
    along.push(fc.record(declared, { requiredKeys, noNullPrototype: true }));
  }
  for (const one of [type].flat()) {
    if (one === 'string') along.push(fc.constantFrom('', 'a', 'ab', 'abcd', '2026-01-02T03:04:05Z'));
    if (one === 'integer' || one === 'number') along.push(fc.constantFrom(0, 1, 2, -1, 2.5));
    if (one === 'boolean') along.push(fc.boolean());
    if (one === 'null') along.push(fc.constant(null));
    if (one === 'array' && items === undefined) along.push(fc.array(value, { maxLength: 2 }));
  }
  return along.length === 0
    ? value
    : fc.oneof({ weight: 6, arbitrary: fc.oneof(...along) }, { weight: 1, arbitrary: value });
}
