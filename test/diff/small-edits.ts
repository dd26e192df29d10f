import type { JsonObject } from '../../src/model/json.js';

/** Schemas before and after, and what that means. Each is an event's payload. */
export type Edit = readonly [
  what: string,
  before: JsonObject,
  after: JsonObject,
  ...labels: readonly string[],
];

const text = { type: 'string' };
const number = { type: 'number' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
/** One field of one payload. */
const field = (schema: JsonObject) => ({ A: object({ x: schema }) });

const circle = object({ kind: { const: 'circle' }, radius: number }, 'kind');
const square = object({ kind: { const: 'square' }, side: number }, 'kind');

export const smallEdits: readonly Edit[] = [
  [
    'any object, then named fields',
    field({ type: 'object' }),
    field(object({ y: text })),
    'breaking keys-named A.x',
    'safe type-added type AX',
  ],
  [
    'named fields, then any object',
    field(object({ y: text })),
    field({ type: 'object' }),
    'breaking field-removed AX.y',
    'breaking type-removed type AX',
  ],
  [
    'a map, then named fields',
    field({ type: 'object', additionalProperties: text }),
    field(object({ y: text })),
    'breaking keys-removed A.x[string]',
    'safe type-added type AX',
  ],
  [
    'any object, then a map',
    field({ type: 'object' }),
    field({ type: 'object', additionalProperties: text }),
    'risky type-narrowed A.x[string]',
  ],
  [
    'a map, then any object',
    field({ type: 'object', additionalProperties: text }),
    field({ type: 'object' }),
    'breaking type-widened A.x[string]',
  ],
  [
    'a field of a map by its name',
    { A: { type: 'object', additionalProperties: text } },
    { A: { type: 'object', additionalProperties: text, properties: { y: text } } },
    'risky schema-changed A',
  ],
  [
    'fields that are not named refused',
    { A: object({ x: text }) },
    { A: { ...object({ x: text }), additionalProperties: false } },
    'risky keys-refused A[string]',
  ],
  [
    'keys described by a pattern',
    { A: object({ x: text }) },
    { A: { ...object({ x: text }), patternProperties: { '^cf_': text } } },
    'risky keys-described A[/^cf_/]',
  ],
  ['an integer required', field(number), field({ type: 'integer' }), 'risky integer-required A.x'],
  [
    'a reference in place of what it leads to',
    { A: object({ x: text }), B: text },
    { A: object({ x: ref('B') }), B: text },
  ],
  ['one of one', field(text), field({ oneOf: [text] })],
  ['null by a union', field(text), field({ anyOf: [text, { type: 'null' }] }), 'breaking nullable-added A.x'],
  [
    'null by its old word',
    field(text),
    field({ type: 'string', nullable: true }),
    'breaking nullable-added A.x',
  ],
  [
    'a variant that has no name',
    field({ oneOf: [circle] }),
    field({ oneOf: [circle, square] }),
    'breaking variant-added A.x | what has kind square',
  ],
  ['variants in another order', field({ oneOf: [circle, square] }), field({ oneOf: [square, circle] })],
  [
    'a field gone from a variant that has no name',
    field({ oneOf: [circle, square] }),
    field({ oneOf: [object({ kind: { const: 'circle' } }, 'kind'), square] }),
    'breaking field-removed A.x(kind: "circle").radius',
  ],
  [
    'all variants replaced',
    field({ oneOf: [circle, square] }),
    field({ oneOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] }),
    'risky schema-changed A.x',
  ],
  [
    'a field gone from what an intersection is put together from',
    { A: { allOf: [ref('B'), object({ y: text })] }, B: object({ x: text, z: text }) },
    { A: { allOf: [ref('B'), object({ y: text })] }, B: object({ x: text }) },
    'breaking field-removed B.z',
  ],
  [
    'an intersection in place of an object',
    { A: object({ x: text, y: text }), B: object({ x: text }) },
    { A: { allOf: [ref('B'), object({ y: text })] }, B: object({ x: text }) },
  ],
  [
    'a condition',
    { A: object({ x: text }) },
    { A: { ...object({ x: text }), not: { required: ['y'] } } },
    'risky constraint-changed A',
  ],
  [
    'a tuple more',
    field({ type: 'array', items: [text] }),
    field({ type: 'array', items: [text, number] }),
    'risky schema-changed A.x',
  ],
  [
    'a recursive type',
    { A: object({ x: text, more: { type: 'array', items: ref('A') } }) },
    { A: object({ x: { type: ['string', 'null'] }, more: { type: 'array', items: ref('A') } }) },
    'breaking nullable-added A.x',
  ],
  [
    'a type in a place where an object was written',
    { A: object({ x: object({ y: text }) }), B: object({ y: text }) },
    { A: object({ x: ref('B') }), B: object({ y: text }) },
    'breaking type-removed type AX',
  ],
  [
    'a field with a type of its own gone',
    { A: object({ x: object({ y: text }), z: text }) },
    { A: object({ z: text }) },
    'breaking field-removed A.x',
  ],
  [
    'two values that may be confused with others',
    field({ enum: ['a', 1] }),
    field({ enum: ['a', 1, 2] }),
    'breaking enum-member-added A.x',
  ],
  ['a const more', field({ const: 'a' }), field({ enum: ['a', 'b'] }), 'breaking enum-member-added A.x'],
  ['a const object', field({ const: { y: 1 } }), field({ const: { y: 2 } }), 'breaking const-changed A.x'],
  ['nothing allowed', field(text), { A: object({ x: false }) }, 'risky type-narrowed A.x'],
];
