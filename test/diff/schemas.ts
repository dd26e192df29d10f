import fc from 'fast-check';
import type { Json } from '../../src/model/json.js';
import type { Schema, SchemaObject } from '../../src/model/catalog.js';

const leaves: readonly Schema[] = [
  true,
  false,
  {},
  { type: 'string' },
  { type: 'integer' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'null' },
  { type: ['string', 'null'] },
  { type: ['integer', 'number'], minItems: 3 },
  { type: 'number', multipleOf: 1 },
  { type: 'string', minLength: 0 },
  { type: 'string', minLength: 2 },
  { minLength: 2 },
  { minimum: 1, maximum: 3 },
  { enum: [true, false] },
  { enum: ['a', 'b', 'a'] },
  { enum: [1, 'a', null, true] },
  { enum: ['a', 'b'], maxLength: 0 },
  { const: null },
  { const: 'a' },
  { type: 'string', const: 'a' },
  { const: { enum: [1, 2] } },
  { const: { enum: [2, 1] } },
  { $ref: 'Other' },
];

/** Schemas of every keyword, with keywords for names. `Other` is a type that they refer to. */
export const schemas = fc.letrec<{ schema: Schema }>((tie) => {
  const schema = tie('schema');
  const some = fc.array(schema, { minLength: 1, maxLength: 3 });
  const fields = fc.dictionary(fc.constantFrom('a', 'enum', 'deprecated', 'x_b'), schema, {
    maxKeys: 2,
    noNullPrototype: true,
  });
  const names = fc.subarray(['a', 'enum', 'deprecated']);
  const object = fc.record(
    {
      type: fc.constantFrom<SchemaObject['type']>('object', ['object', 'string'], 'array'),
      properties: fields,
      required: names,
      additionalProperties: schema,
      patternProperties: schema.map((each) => ({ '^x_': each })),
      dependencies: schema.map((each) => ({ a: each, enum: ['a'] })),
      items: fc.oneof(schema, some),
      additionalItems: schema,
      uniqueItems: fc.boolean(),
      minProperties: fc.nat(1),
      not: schema,
    },
    { requiredKeys: [] },
  );
  const condition = fc.record({ if: schema, then: schema, else: schema }, { requiredKeys: ['if'] });
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      { weight: 6, arbitrary: fc.constantFrom(...leaves) },
      { weight: 3, arbitrary: object as fc.Arbitrary<Schema> },
      { weight: 1, arbitrary: condition as fc.Arbitrary<Schema> },
      { weight: 1, arbitrary: schema.map((not) => ({ not })) },
      ...(['allOf', 'anyOf', 'oneOf'] as const).map((key) => ({
        weight: 1,
        arbitrary: some.map((each) => ({ [key]: each })),
      })),
    ),
  };
}).schema;
const words = fc.constantFrom<Json>(null, true, 'a', 'ab', '', 1, 1.5, 0, [], {}, { enum: [1, 2] });
/** Values that many of these accept. */
export const values = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 2, arbitrary: words },
    {
      weight: 2,
      arbitrary: fc.dictionary(fc.constantFrom('a', 'enum', 'deprecated', 'x_b'), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
  ),
})).value;
