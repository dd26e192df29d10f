import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/model/json.js';

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
  Even: {
    type: 'object',
    properties: { a: { $ref: '#/components/schemas/Odd' }, b: { $ref: '#/components/schemas/Leaf' } },
    additionalProperties: false,
  },
  Untyped: { required: ['a'], properties: { a: { type: ['string', 'null'] }, b: { type: 'integer' } } },
  Vague: { allOf: [{ $ref: '#/components/schemas/Untyped' }, { properties: { c: { const: 'a' } } }] },
  Odd: { type: ['array', 'null'], items: { $ref: '#/components/schemas/Even' }, maxItems: 2 },
};

const targets = Object.keys(definitions);
const reference = fc.constantFrom(...targets).map((target) => ({ $ref: `#/components/schemas/${target}` }));

const names = ['a', 'b', 'c', 'x_1', 'x_y', 'constructor'];
const name = fc.constantFrom(...names);

/** A text of each format that validators check, the last of them of none. */
const texts: Readonly<Record<string, string>> = {
  date: '2026-01-02',
  'date-time': '2026-01-02T03:04:05Z',
  duration: 'P1DT2H',
  email: 'a@b.example',
  hostname: 'b.example',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  'json-pointer': '/a~1b',
  regex: '^a+$',
  'relative-json-pointer': '1/a',
  time: '03:04:05Z',
  uri: 'https://b.example/a?b#c',
  'uri-reference': '../a#b',
  'uri-template': '/a/{b}',
  uuid: '01234567-89ab-4cde-8f01-23456789abcd',
  'unheard-of': '%%%{[(',
};
const formats = Object.keys(texts);
const formatted = fc.constantFrom(...Object.values(texts));

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 2.5, -3, '', 'a', 'ab', 'abcd', '2026-01-02T03:04:05Z'),
);
// What ajv compares with: it takes an own member `constructor` for the class of an object, and finds no two alike.
const comparable = fc.constantFrom(...names.filter((each) => each !== 'constructor'));
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(comparable, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Small schemas of every keyword that a type can say something about, and some that it cannot. */
export const schemas: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject; part: Json }>((tie) => {
  const part = tie('part') as fc.Arbitrary<Json>;
  const branches = fc.array(part, { minLength: 1, maxLength: 3 });
  const parts = (keys: fc.Arbitrary<string>) =>
    fc.dictionary(keys, part, { maxKeys: 4, noNullPrototype: true });
  const type = fc.constantFrom('string', 'number', 'object', 'array');
  /** Objects that a member tells apart, written in place. */
  const union = fc
    .tuple(
      name,
      fc.uniqueArray(fc.constantFrom('a', 'ab', 'abcd', '', 'toString'), { minLength: 2, maxLength: 3 }),
      parts(name),
      fc.boolean(),
    )
    .map(([tag, words, properties, asEnum]): JsonObject => ({
      oneOf: words.map((word) => ({
        type: 'object',
        required: [tag],
        properties: {
          ...properties,
          [tag]: asEnum ? { type: 'string', enum: [word, `${word}!`] } : { const: word },
        },
      })),
    }));
  const some = (record: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
    fc.record(record, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
  const untyped = some({ properties: parts(name), required: fc.uniqueArray(name, { maxLength: 2 }) });
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
          format: fc.constantFrom(...formats, 'unheard-of'),
          minLength: fc.nat(2),
          pattern: fc.constant('^a'),
        },
        ['type'],
      ),
      some(
        {
          type: fc.constant('number'),
          minimum: fc.integer({ min: -2, max: 2 }),
          maximum: fc.integer({ min: -2, max: 2 }),
          exclusiveMinimum: fc.integer({ min: -3, max: 1 }),
          exclusiveMaximum: fc.constantFrom(0.5, 2, 100),
          multipleOf: fc.constantFrom(0.5, 2),
        },
        ['type'],
      ),
      reference,
      some({ format: fc.constantFrom(...formats), type: fc.constantFrom('string', 'integer') }, ['format']),
      some(
        { enum: fc.array(value, { minLength: 1, maxLength: 3 }), type: fc.constantFrom('string', 'number') },
        ['enum'],
      ),
      some({ const: value, nullable: fc.boolean() }, ['const']),
      some(
        {
          $ref: reference.map(({ $ref }) => $ref),
          type: fc.constantFrom('string', 'array'),
          maxLength: fc.nat(1),
          nullable: fc.boolean(),
        },
        ['$ref'],
      ),
      /** Branches that leave it to others what they are about. */
      some(
        {
          type: fc.constantFrom<Json>('object', ['object', 'null'], ['array', 'object'], 'string'),
          allOf: fc.array(fc.oneof(reference, untyped), { minLength: 1, maxLength: 3 }),
          oneOf: fc.array(fc.oneof(reference, untyped, part), { minLength: 1, maxLength: 3 }),
          properties: parts(name),
          nullable: fc.boolean(),
        },
        ['allOf'],
      ),
      some({ allOf: branches, if: untyped, then: untyped, else: untyped }, ['if', 'then', 'else']),
      some({ const: value, enum: fc.array(value, { minLength: 1, maxLength: 3 }), type: type }, [
        'const',
        'enum',
      ]),
      some(
        { enum: fc.array(value, { minLength: 1, maxLength: 3 }), anyOf: branches, nullable: fc.boolean() },
        ['enum'],
      ),
      union,
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
      some({ allOf: branches, type: fc.constantFrom('object', 'string'), nullable: fc.boolean() }, ['allOf']),
      some({ anyOf: branches, description: fc.constant('One or the other.'), nullable: fc.boolean() }, [
        'anyOf',
      ]),
      some({ oneOf: branches, properties: parts(name), nullable: fc.boolean() }, ['oneOf']),
      some({ not: part, if: part, then: part, type: fc.constantFrom('string', 'object') }),
      some(
        {
          if: part,
          then: part,
          else: part,
          properties: parts(name),
          required: fc.uniqueArray(name, { maxLength: 1 }),
        },
        ['if'],
      ),
      some({ type: fc.constant('array'), contains: part, maxItems: fc.nat(3), uniqueItems: fc.boolean() }, [
        'contains',
      ]),
      some({ type: fc.constant('object'), properties: parts(name), nullable: fc.constant(true) }, ['type']),
      some({ $ref: reference.map(({ $ref }) => $ref), description: fc.constant('Elsewhere.') }, ['$ref']),
      some({
        type: fc.constant('object'),
        dependencies: fc.dictionary(name, fc.oneof(fc.uniqueArray(name, { maxLength: 2 }), part), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
        properties: parts(name),
        propertyNames: fc.constantFrom<Json>(
          { maxLength: 3 },
          { pattern: '^[a-x]' },
          { enum: ['a', 'b'] },
          true,
        ),
        minProperties: fc.nat(1),
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
    if (one === 'string') along.push(fc.constantFrom('', 'a', 'ab', 'abcd'), formatted);
    if (one === 'integer' || one === 'number') along.push(fc.constantFrom(0, 1, 2, -1, 2.5));
    if (one === 'boolean') along.push(fc.boolean());
    if (one === 'null') along.push(fc.constant(null));
    if (one === 'array' && items === undefined) along.push(fc.array(value, { maxLength: 2 }));
  }
  return along.length === 0
    ? value
    : fc.oneof({ weight: 6, arbitrary: fc.oneof(...along) }, { weight: 1, arbitrary: value });
}
