import type { Json, JsonObject } from '../../src/model/json.js';

/** A schema, and bodies of it of any size that take as long as can be to check. */
export interface Hurtful {
  readonly name: string;
  readonly schema: JsonObject;
  /** A value of about so many bytes of JSON. */
  readonly body: (bytes: number) => unknown;
  readonly isValid?: true;
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Json): JsonObject => ({ type: 'array', items });

/** An array that holds a value as often as the bytes allow. */
function many(value: (index: number) => unknown): (bytes: number) => unknown {
  return (bytes) => {
    const items: unknown[] = [];
    for (let length = 2; length < bytes;) {
      const item = value(items.length);
      items.push(item);
      length += JSON.stringify(item).length + 1;
    }
    return items;
  };
}

/** An object with as many members as the bytes allow. */
function members(value: unknown, name = (index: number) => `k${index}`): (bytes: number) => unknown {
  return (bytes) => {
    const entries: [string, unknown][] = [];
    const length = JSON.stringify(value).length + 4;
    for (let sum = 2; sum < bytes; sum += length + name(entries.length).length)
      entries.push([name(entries.length), value]);
    return Object.fromEntries(entries);
  };
}

/** Values inside each other, as deep as is worth it. */
function nested(step: (inner: unknown, depth: number) => unknown, innermost: unknown, depth: number) {
  return (): unknown => {
    let value = innermost;
    for (let at = 0; at < depth; at += 1) value = step(value, at);
    return value;
  };
}

const text = (character: string, end = ''): ((bytes: number) => unknown) => {
  return (bytes) => character.repeat(bytes / character.length) + end;
};

/** What is named here can be referred to. */
export const named: JsonObject = {
  Node: {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string' }, next: ref('Node') },
    anyOf: [
      { required: ['x'], properties: { next: ref('Node') } },
      { required: ['y'], properties: { next: ref('Node') } },
    ],
  },
  Either: {
    anyOf: [
      { type: 'object', required: ['x'], properties: { next: ref('Either') } },
      { type: 'object', required: ['y'], properties: { next: ref('Either') } },
      { type: 'integer' },
    ],
  },
  One: {
    oneOf: [
      { type: 'object', properties: { next: ref('One') } },
      { type: 'object', properties: { next: ref('One') }, required: ['y'] },
      { type: 'integer' },
    ],
  },
  Both: { allOf: [{ properties: { next: ref('Both') } }, { properties: { next: ref('Both') } }] },
  Conditional: {
    type: ['object', 'integer'],
    if: { properties: { next: ref('Conditional') } },
    then: { properties: { next: ref('Conditional') } },
    else: { properties: { next: ref('Conditional') }, required: ['y'] },
  },
  Denied: {
    type: ['object', 'string'],
    not: { not: { properties: { next: ref('Denied') } } },
    properties: { next: ref('Denied') },
  },
  Twice: { type: 'object', properties: { next: ref('Twice') }, patternProperties: { '^ne': ref('Twice') } },
  Prefixed: { type: 'object', patternProperties: { '^n': ref('Prefixed'), '^ne': ref('Prefixed') } },
  Containing: { type: ['array', 'integer'], items: ref('Containing'), contains: ref('Containing') },
  Depending: {
    type: ['object', 'integer'],
    dependencies: { next: { properties: { next: ref('Depending') } } },
    properties: { next: ref('Depending') },
  },
  // Each of a row of types that look at the next in two ways.
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      `Row${at}`,
      at === 59
        ? { type: 'integer' }
        : {
            anyOf: [
              ref(`Row${at + 1}`),
              { type: 'object', required: ['y'] },
              { allOf: [ref(`Row${at + 1}`)] },
            ],
          },
    ]),
  ),
  Tree: { type: ['array', 'integer'], uniqueItems: true, items: ref('Tree') },
  Levels: { anyOf: [list(ref('Levels')), { enum: [[[[[]]]], { a: 1 }] }, { type: 'integer' }] },
};

const deep = (depth: number, end: unknown = 'wrong') => nested((next) => ({ next }), end, depth);

const objects = list({ type: 'object' });
const words = Array.from({ length: 20_000 }, (_, at) => `word${at}`);
const wide = Array.from({ length: 500 }, (_, at) => `name${at}`);

export const hurtful: readonly Hurtful[] = [
  { name: 'numbers that are too small', schema: list({ type: 'integer', minimum: 5 }), body: many(() => 1) },
  { name: 'numbers that are no multiples', schema: list({ multipleOf: 2 }), body: many(() => 1) },
  { name: 'items of a wrong type', schema: list({ type: 'string' }), body: many(() => 1) },
  {
    name: 'texts that break a pattern',
    schema: list({ type: 'string', pattern: '^[a-z]$' }),
    body: many(() => ''),
  },
  { name: 'texts that are too short', schema: list({ type: 'string', minLength: 3 }), body: many(() => '') },
  { name: 'texts that are too long', schema: list({ type: 'string', maxLength: 1 }), body: many(() => 'ab') },
  { name: 'texts of no format', schema: list({ type: 'string', format: 'email' }), body: many(() => '') },
  { name: 'one long text under two lengths', schema: { minLength: 2, maxLength: 5 }, body: text('😀') },
  {
    name: 'objects whose members are wrong',
    schema: list({ type: 'object', properties: { a: { type: 'string', maxLength: 1 } } }),
    body: many(() => ({ a: 'ab' })),
  },
  {
    name: 'objects that lack 500 members',
    schema: list({ type: 'object', required: wide }),
    body: many(() => ({})),
  },
  {
    name: 'objects that lack 500 members, in a union',
    schema: list({ anyOf: [{ type: 'object', required: wide }, { type: 'string' }] }),
    body: many(() => ({})),
  },
  { name: 'an object that lacks 500 members', schema: { type: 'object', required: wide }, body: members(1) },
  {
    name: 'objects of no branch',
    schema: list({ anyOf: [{ type: 'object', required: ['a', 'b'] }, { type: 'string' }, { type: 'null' }] }),
    body: many(() => ({})),
  },
  {
    name: 'a list of no branch, wrong throughout',
    schema: { anyOf: [list({ type: 'string' }), list({ minimum: 5 }), list({ enum: [{}] })] },
    body: many(() => 1),
  },
  {
    name: 'lists of several branches',
    schema: list({ oneOf: [{ minimum: 0 }, { maximum: 5 }, { type: 'integer' }] }),
    body: many(() => 1),
  },
  { name: 'items that are denied', schema: list({ not: { type: 'integer' } }), body: many(() => 1) },
  {
    name: 'items under a condition',
    schema: list({ if: { type: 'integer' }, then: { minimum: 5 }, else: { type: 'null' } }),
    body: many((at) => (at % 2 ? 'a' : 1)),
  },
  {
    name: 'nothing that is contained',
    schema: { type: 'array', contains: { type: 'object', required: ['a'] } },
    body: many(() => 1),
  },
  {
    name: 'a tuple with a wrong rest',
    schema: { type: 'array', items: [{ type: 'string' }], additionalItems: { minimum: 5 } },
    body: many(() => 1),
  },
  {
    name: 'names that are wrong',
    schema: { type: 'object', propertyNames: { maxLength: 1 } },
    body: members(1),
  },
  {
    name: 'members that are wrong',
    schema: { type: 'object', additionalProperties: { type: 'string', minLength: 5 } },
    body: members('a'),
  },
  {
    name: 'members that are one too many',
    schema: { type: 'object', additionalProperties: false },
    body: members(1),
  },
  {
    name: 'members that are one too many beside patterns',
    schema: {
      type: 'object',
      patternProperties: { '^x+_$': { type: 'string' } },
      additionalProperties: false,
    },
    body: members(1),
  },
  {
    name: 'members of many patterns',
    schema: {
      type: 'object',
      patternProperties: Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [`^k\\d*${at % 10}${at}$`, { minimum: 5 }]),
      ),
    },
    body: members(1),
  },
  {
    name: 'members that depend on what is not there',
    schema: list({ type: 'object', dependencies: { a: ['b', 'c'], d: { required: ['e'] } } }),
    body: many(() => ({ a: 1, d: 1 })),
  },
  {
    name: 'one long name with wrong items',
    schema: { type: 'object', additionalProperties: list({ type: 'string' }) },
    body: (bytes) => ({ ['k'.repeat(bytes * 0.9)]: many(() => 1)(bytes * 0.1) }),
  },
  {
    name: 'one long name of escapes with wrong items in a union',
    schema: { type: 'object', additionalProperties: { anyOf: [list({ minimum: 5 }), { type: 'null' }] } },
    body: (bytes) => ({ ['~/'.repeat(bytes * 0.2)]: many(() => 1)(bytes * 0.5) }),
  },
  {
    name: 'long names inside each other',
    schema: ref('Names'),
    body: (bytes) =>
      nested(
        (inner, at) => ({ [`${at}${'~'.repeat(bytes / 1000)}`]: inner }),
        many(() => 1)(bytes / 10),
        900,
      )(),
  },
  {
    name: 'distinct objects',
    schema: { ...objects, uniqueItems: true },
    body: many((at) => ({ at })),
    isValid: true,
  },
  {
    name: 'distinct lists',
    schema: { ...list({ type: 'array' }), uniqueItems: true },
    body: many((at) => [[at], at]),
    isValid: true,
  },
  {
    name: 'distinct values of all types',
    schema: { type: 'array', uniqueItems: true },
    body: many((at) => [at, `${at}`, [at], { at }, [`${at}`]][at % 5]),
    isValid: true,
  },
  {
    name: 'distinct texts',
    schema: { ...list({ type: 'string' }), uniqueItems: true },
    body: many((at) => `${at}`),
    isValid: true,
  },
  {
    name: 'objects whose members come in any order',
    schema: { type: 'array', uniqueItems: true, items: { type: 'object' } },
    body: (bytes) => [members(1)(bytes / 2), members(1, (at) => `j${at}`)(bytes / 2)],
    isValid: true,
  },
  {
    name: 'distinct items, level by level',
    schema: ref('Tree'),
    body: (bytes) => nested((inner, at) => [at, inner], many((at) => at)(bytes - 20_000), 500)(),
    isValid: true,
  },
  {
    name: 'distinct items on every level',
    schema: ref('Tree'),
    body: nested(
      (inner, at) => [inner, ...Array.from({ length: 300 }, (_, item) => at * 300 + item)],
      [],
      500,
    ),
    isValid: true,
  },
  {
    name: 'words of a long list',
    schema: list({ enum: words }),
    body: many(() => 'word19999'),
    isValid: true,
  },
  {
    name: 'words of a long list, in a union',
    schema: list({ anyOf: [{ enum: words }, { type: 'null' }] }),
    body: many(() => 'x'),
  },
  {
    name: 'one of many objects',
    schema: list({ enum: words.map((word) => ({ word })) }),
    body: many((at) => ({ word: words[at % 20_000] })),
    isValid: true,
  },
  {
    name: 'none of many objects',
    schema: list({ enum: words.map((word) => ({ word })) }),
    body: many(() => ({})),
  },
  {
    name: 'none of many lists',
    schema: list({ enum: words.map((word) => [[word]]) }),
    body: many(() => [[]]),
  },
  {
    name: 'a constant object',
    schema: list({ const: Object.fromEntries(words.map((word) => [word, word])) }),
    body: many(() => ({ word0: 'word0' })),
  },
  {
    name: 'a list beside constant lists',
    schema: ref('Levels'),
    body: (bytes) => nested((inner) => [inner], many(() => ['a'])(bytes), 500)(),
  },
  { name: 'a union inside itself', schema: ref('Either'), body: deep(500) },
  { name: 'a union beside itself', schema: ref('Node'), body: deep(500) },
  { name: 'a union of which one may hold', schema: ref('One'), body: deep(500) },
  { name: 'two of all', schema: ref('Both'), body: deep(500), isValid: true },
  { name: 'a condition inside itself', schema: ref('Conditional'), body: deep(500) },
  { name: 'a denial inside itself', schema: ref('Denied'), body: deep(500, 1) },
  { name: 'a member of two schemas', schema: ref('Twice'), body: deep(500) },
  { name: 'a member of two starts', schema: ref('Prefixed'), body: deep(500) },
  {
    name: 'what is contained and an item',
    schema: ref('Containing'),
    body: nested((inner) => [inner], 'wrong', 500),
  },
  { name: 'what is depended on and a member', schema: ref('Depending'), body: deep(500) },
  { name: 'unions of unions', schema: ref('Row0'), body: () => 'wrong' },
  { name: 'a list of unions of unions', schema: list(ref('Row0')), body: many(() => 'a') },
  {
    name: 'a union inside itself, then wrong items',
    schema: ref('Wide'),
    body: (bytes) => nested((next) => ({ next }), many(() => 1)(bytes), 500)(),
  },
  {
    name: 'deeper than the stack is high',
    schema: ref('Tree'),
    body: nested((inner) => [inner], 1, 2 ** 17),
  },
];

Object.assign(named, {
  Names: { type: ['object', 'array'], additionalProperties: ref('Names'), items: { type: 'string' } },
  Wide: {
    anyOf: [
      { type: 'object', required: ['x'], properties: { next: ref('Wide') } },
      { type: 'object', properties: { next: ref('Wide') }, required: ['next'], minProperties: 1 },
      list({ type: 'string', minLength: 2 }),
    ],
  },
});
