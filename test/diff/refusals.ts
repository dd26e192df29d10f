import type { Json, JsonObject } from '../../src/model/json.js';

export type Refusal = readonly [
  what: string,
  before: JsonObject,
  after: JsonObject,
  payload: Json,
  beside?: JsonObject,
];

const text = { type: 'string' };
const object = (properties: JsonObject) => ({ type: 'object', properties });
const x = (schema: Json) => object({ x: schema });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** What each name may be: a keyword to anyone who does not look where it stands. */
const keywordNames = [
  'deprecated',
  'description',
  'title',
  'enum',
  'required',
  'type',
  'const',
  '$ref',
  'not',
  'properties',
];

/** Edits after which a payload that was accepted is refused. */
export const refusals: readonly Refusal[] = [
  [
    'a value of two branches',
    x({ oneOf: [{ enum: ['x'] }, { enum: ['y'] }] }),
    x({ oneOf: [{ enum: ['x'] }, { enum: ['x', 'y'] }] }),
    { x: 'x' },
  ],
  [
    'a const of two branches',
    x({ oneOf: [{ const: 1 }, text] }),
    x({ oneOf: [{ const: 1 }, { type: ['string', 'integer'] }] }),
    { x: 1 },
  ],
  [
    'null of two branches',
    x({ anyOf: [{ type: ['string', 'null'] }, { type: 'null' }] }),
    x({ oneOf: [{ type: ['string', 'null'] }, { type: 'null' }] }),
    { x: null },
  ],
  [
    'an object of two branches',
    x({ anyOf: [object({ a: text }), object({ b: text })] }),
    x({ oneOf: [object({ a: text }), object({ b: text })] }),
    { x: {} },
  ],
  [
    'a branch opened',
    x({
      oneOf: [
        { ...object({ a: true }), additionalProperties: false },
        { ...object({ b: true }), required: ['b'] },
      ],
    }),
    x({ oneOf: [object({ a: true }), { ...object({ b: true }), required: ['b'] }] }),
    { x: { b: 1 } },
  ],
  ['a branch twice', x({ oneOf: [text] }), x({ oneOf: [text, text] }), { x: 'a' }],
  ['a field that may not be there', object({ a: text }), object({ a: text, b: false }), { b: 1 }],
  [
    'a field that nothing can be',
    object({ a: text }),
    object({ a: text, b: { enum: ['a'], type: 'integer' } }),
    { b: 'a' },
  ],
  [
    'a field that is anything but anything',
    object({ a: text }),
    object({ a: text, b: { not: {} } }),
    { b: 1 },
  ],
  [
    'values under not',
    x({ not: { const: { a: [1, 2] } } }),
    x({ not: { const: { a: [2, 1] } } }),
    { x: { a: [2, 1] } },
  ],
  [
    'a type under not opened',
    x({ not: ref('B') }),
    x({ not: ref('B2') }),
    { x: { c: 1 } },
    {
      B: { ...object({ b: text }), additionalProperties: false },
      B2: object({ b: text }),
    },
  ],
  ...keywordNames.flatMap((name): readonly Refusal[] => [
    [
      `${name} as a pattern`,
      {
        type: 'object',
        allOf: [object({ a: text }), { patternProperties: { [name.replace('$', '\\$')]: text } }],
      },
      {
        type: 'object',
        allOf: [
          object({ a: text }),
          { patternProperties: { [name.replace('$', '\\$')]: { ...text, minLength: 9 } } },
        ],
      },
      { [name]: '1' },
    ],
    [
      `${name} in a const`,
      x({ not: { const: { [name]: 1 } } }),
      x({ not: { const: { [name]: 2 } } }),
      { x: { [name]: 2 } },
    ],
    [
      `${name} in an enum`,
      x({ enum: [{ [name]: 1 }, 'a'] }),
      x({ enum: [{ [name]: 2 }, 'a'] }),
      { x: { [name]: 1 } },
    ],
    [
      `a list under ${name} in a const`,
      x({ not: { const: { [name]: [1, 2] } } }),
      x({ not: { const: { [name]: [2, 1] } } }),
      { x: { [name]: [2, 1] } },
    ],
    [
      `${name} as a dependency`,
      { ...object({ a: text }), dependencies: { [name]: { required: [] } } },
      { ...object({ a: text }), dependencies: { [name]: { required: ['b'] } } },
      { [name]: 1 },
    ],
    [
      `${name} as a property of a condition`,
      x({ not: object({ [name]: { const: 1 } }) }),
      x({ not: object({ [name]: { const: 2 } }) }),
      { x: { [name]: 2 } },
    ],
  ]),
];
