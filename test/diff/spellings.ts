import type { Json, JsonObject } from '../../src/model/json.js';

export type Spelling = readonly [what: string, one: Json, other: Json, beside?: JsonObject];

const text = { type: 'string' };
const none = { type: 'null' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const told = (kind: Json) => ({ type: 'object', required: ['kind'], properties: { kind: { const: kind } } });

/** Pairs of schemas that accept the same values and are printed as the same type. */
export const spellings: readonly Spelling[] = [
  ['both booleans', { enum: [true, false] }, { type: 'boolean' }],
  ['both booleans, the other way round', { type: 'boolean', enum: [false, true] }, { type: 'boolean' }],
  ['both booleans as consts', { anyOf: [{ const: true }, { const: false }] }, { type: 'boolean' }],
  ['true', true, {}],
  ['a title and a description', { title: 'T', description: 'D' }, true],
  ['minLength 0', { ...text, minLength: 0 }, text],
  ['minItems 0', { type: 'array', minItems: 0 }, { type: 'array' }],
  ['minProperties 0', { type: 'object', minProperties: 0 }, { type: 'object' }],
  ['uniqueItems false', { type: 'array', uniqueItems: false }, { type: 'array' }],
  ['any items', { type: 'array', items: {} }, { type: 'array' }],
  [
    'items beyond a list that is no tuple',
    { type: 'array', items: text, additionalItems: text },
    { type: 'array', items: text },
  ],
  ['not: false', { ...text, not: false }, text],
  ['not: not anything', { ...text, not: { not: {} } }, text],
  ['nothing required', { type: 'object', required: [] }, { type: 'object' }],
  ['any other properties', { type: 'object', additionalProperties: true }, { type: 'object' }],
  ['any other properties, as a schema', { type: 'object', additionalProperties: {} }, { type: 'object' }],
  ['any names of properties', { type: 'object', propertyNames: true }, { type: 'object' }],
  ['dependencies on nothing', { type: 'object', dependencies: { a: [], b: true } }, { type: 'object' }],
  ['a condition without consequence', { ...text, if: { minLength: 1 } }, text],
  ['a consequence without condition', { ...text, then: { minLength: 1 } }, text],
  ['keywords of other types', { ...text, minimum: 1, minItems: 2, required: ['a'] }, text],
  ['a type beside a const', { type: 'string', const: 'a' }, { const: 'a' }],
  ['a type beside an enum', { type: 'string', enum: ['a', 'b'] }, { enum: ['a', 'b'] }],
  ['an enum of one', { enum: ['a'] }, { const: 'a' }],
  ['an enum beside a const', { enum: ['a', 'b'], const: 'a' }, { const: 'a' }],
  ['an enum in another order', { enum: ['a', 'b', 1] }, { enum: [1, 'b', 'a'] }],
  ['an enum with duplicates', { enum: ['a', 'b', 'a'] }, { enum: ['a', 'b'] }],
  ['values that the type excludes', { type: 'string', enum: ['a', 1, null] }, { const: 'a' }],
  ['null in an enum', { enum: ['a', null] }, { anyOf: [{ const: 'a' }, none] }],
  ['null as a const', { const: null }, none],
  ['null as an only value', { enum: [null] }, none],
  ['types in another order', { type: ['string', 'null'] }, { type: ['null', 'string'] }],
  ['a type in a list', { type: ['string'] }, text],
  ['an integer that is a number', { type: ['integer', 'number'] }, { type: 'number' }],
  [
    'types as a union',
    { type: ['string', 'null'], minLength: 2 },
    { anyOf: [{ ...text, minLength: 2 }, none] },
  ],
  ['allOf of one', { allOf: [text] }, text],
  ['anyOf of one', { anyOf: [text] }, text],
  ['oneOf of one', { oneOf: [text] }, text],
  ['oneOf of one beside allOf of one', { oneOf: [text], maxLength: 2 }, { allOf: [text], maxLength: 2 }],
  ['branches in another order', { anyOf: [text, none] }, { anyOf: [none, text] }],
  ['a branch twice', { anyOf: [text, none, text] }, { anyOf: [text, none] }],
  ['a branch that nothing is', { oneOf: [text, false] }, text],
  [
    'a union in a union',
    { anyOf: [text, { anyOf: [none, { type: 'boolean' }] }] },
    { anyOf: [text, none, { type: 'boolean' }] },
  ],
  ['parts in another order', { allOf: [{ minLength: 1 }, text] }, { allOf: [text, { minLength: 1 }] }],
  ['oneOf of types that exclude each other', { oneOf: [text, none] }, { anyOf: [text, none] }],
  [
    'oneOf of values that exclude each other',
    { oneOf: [{ enum: ['a', 'b'] }, { const: 'c' }] },
    { anyOf: [{ enum: ['a', 'b'] }, { const: 'c' }] },
  ],
  [
    'oneOf of objects that a word tells apart',
    { oneOf: [ref('B'), ref('C')] },
    { anyOf: [ref('C'), ref('B')] },
    { B: told('b'), C: told('c') },
  ],
  [
    'oneOf of objects that a number tells apart',
    { oneOf: [ref('B'), ref('C'), none] },
    { anyOf: [ref('C'), ref('B'), none] },
    { B: told(1), C: told(2) },
  ],
  [
    'oneOf of an object that has a field and one that may not',
    { oneOf: [ref('B'), ref('C')] },
    { anyOf: [ref('C'), ref('B')] },
    {
      B: { type: 'object', required: ['b'], properties: { b: text } },
      C: { type: 'object', properties: { c: text }, additionalProperties: false },
    },
  ],
];
