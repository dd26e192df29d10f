import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/model/json.js';

/** The schemas of one small document, by name: what edits are made in. */
export type Schemas = Record<string, Node>;
export type Node = { [keyword: string]: unknown };

const words = ['red', 'green', 'blue'];

const scalar: fc.Arbitrary<Node> = fc.constantFrom<Node>(
  { type: 'string' },
  { type: 'integer' },
  { type: 'number' },
  { type: 'boolean' },
  { type: ['string', 'null'] },
  { type: ['string', 'integer'] },
  { type: 'string', enum: words },
  { type: 'string', enum: words.slice(0, 2) },
  { type: ['string', 'null'], enum: [...words, null] },
  { type: 'string', enum: words, 'x-open-enum': true },
  { const: 'red' },
  { type: 'string', format: 'date-time' },
  { type: 'string', maxLength: 5 },
  { type: 'integer', minimum: 0 },
  {},
);

const names = ['a', 'b', 'c', 'x_one'];

/** Schemas of the kinds that webhooks have, referring to the others of their document. */
const schema: fc.Arbitrary<Node> = fc.letrec<{ schema: Node; fields: Record<string, Node> }>((tie) => {
  const part = tie('schema');
  const fields = fc.dictionary(fc.constantFrom(...names), part, { maxKeys: 3, noNullPrototype: true });
  const required = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 });
  const ref = fc.constantFrom('Part', 'Other', 'Union').map((name) => ({ $ref: name }));
  const object = fc.tuple(fields, required).map(([properties, wanted]): Node => ({
    type: 'object',
    properties,
    required: wanted.filter((name) => Object.hasOwn(properties, name)),
  }));
  return {
    fields,
    schema: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 6, arbitrary: scalar },
      { weight: 2, arbitrary: ref },
      { weight: 2, arbitrary: object },
      { weight: 1, arbitrary: part.map((items): Node => ({ type: 'array', items })) },
      { weight: 1, arbitrary: part.map((each): Node => ({ type: 'object', additionalProperties: each })) },
      {
        weight: 1,
        // A field that the pattern is for would have to be both.
        arbitrary: fc.tuple(fields, scalar).map(([{ x_one: _, ...properties }, each]): Node => ({
          type: 'object',
          properties,
          required: [],
          patternProperties: { '^x_': each },
        })),
      },
      { weight: 1, arbitrary: fc.constant<Node>({ type: 'object' }) },
      { weight: 1, arbitrary: ref.map((one): Node => ({ anyOf: [one, { type: 'null' }] })) },
      { weight: 1, arbitrary: fc.constant<Node>({ oneOf: [{ $ref: 'Part' }, { $ref: 'Other' }] }) },
      { weight: 1, arbitrary: object.map((own): Node => ({ allOf: [{ $ref: 'Base' }, own] })) },
      { weight: 1, arbitrary: fc.tuple(part, part).map((anyOf): Node => ({ anyOf })) },
      {
        weight: 1,
        arbitrary: fc.tuple(object, object).map(([left, right]): Node => ({
          oneOf: [tagged(left, 'left'), tagged(right, 'right')],
        })),
      },
    ),
  };
}).schema;

function tagged(object: Node, word: string): Node {
  return {
    ...object,
    properties: { ...(object['properties'] as object), kind: { const: word } },
    required: ['kind', ...(object['required'] as string[])],
  };
}

const object = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...names), schema, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    fc.nat(15),
  )
  .map(([properties, mask]): Node => ({
    type: 'object',
    properties,
    required: Object.keys(properties).filter((_, index) => (mask & (1 << index)) !== 0),
  }));

/** Small documents: a payload, what it refers to, and a union that a word tells apart. */
export const documents: fc.Arbitrary<Schemas> = fc
  .record(
    { Root: object, Part: object, Other: object, Base: object, Left: object, Right: object },
    { noNullPrototype: true },
  )
  .map(({ Left, Right, Base, ...rest }) => ({
    ...rest,
    Base: {
      ...Base,
      properties: { base: { type: 'string' }, other: (Base['properties'] as Node)['a'] ?? {} },
      required: [],
    },
    Left: tagged(Left, 'left'),
    Right: tagged(Right, 'right'),
    Union: { oneOf: [{ $ref: 'Left' }, { $ref: 'Right' }] },
  }));

/** An edit: which schema of the document, what to do there, and with what. */
export interface Edit {
  readonly place: number;
  readonly kind: number;
  readonly member: number;
  readonly other: Node;
}

export const edits: fc.Arbitrary<Edit> = fc.record({
  place: fc.nat(10_000),
  kind: fc.nat(10_000),
  member: fc.nat(100),
  other: schema,
});

/** A document after an edit. */
export function edited(schemas: Schemas, { place, kind, member, other }: Edit): Schemas {
  const copy = structuredClone(schemas);
  const nodes = Object.values(copy).flatMap((node) => [...nodesIn(node)]);
  const node = nodes[place % nodes.length] as Node;
  const able = changes.filter((change) => change.suits(node));
  // In the place of a type, or of a variant of one, a reference could lead to itself.
  const isType = [...Object.values(copy), ...nodesIn(copy['Union'] as Node)].includes(node);
  const value = isType ? { type: 'object', properties: { a: other } } : other;
  able[kind % able.length]?.make(node, member, structuredClone(value));
  return copy;
}

interface Change {
  suits(node: Node): boolean;
  make(node: Node, member: number, other: Node): void;
}

const always = () => true;
const has = (keyword: string) => (node: Node) => Object.hasOwn(node, keyword);
const fieldsOf = (node: Node) => (node['properties'] ?? {}) as Record<string, Node>;
const requiredOf = (node: Node) => (node['required'] ?? []) as string[];
const typesOf = (node: Node) => [node['type']].flat() as string[];
const isObject = (node: Node) => typesOf(node).includes('object');
const hasFields = (node: Node) => Object.keys(fieldsOf(node)).length > 0;
const fieldAt = (node: Node, member: number) =>
  Object.keys(fieldsOf(node))[member % Object.keys(fieldsOf(node)).length] as string;

function become(node: Node, other: Node): void {
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, other);
}

const changes: readonly Change[] = [
  { suits: always, make: (node, _, other) => become(node, other) },
  { suits: always, make: (node) => become(node, { anyOf: [structuredClone(node), { type: 'null' }] }) },
  { suits: always, make: (node) => become(node, { allOf: [structuredClone(node)] }) },
  { suits: always, make: (node, _, other) => become(node, { anyOf: [structuredClone(node), other] }) },
  { suits: always, make: (node) => (node['description'] = 'Other words.') },
  { suits: always, make: (node) => (node['deprecated'] = true) },
  {
    suits: hasFields,
    make: (node, member) => {
      const name = fieldAt(node, member);
      delete fieldsOf(node)[name];
      node['required'] = requiredOf(node).filter((each) => each !== name);
    },
  },
  {
    suits: isObject,
    make: (node, _, other) => (node['properties'] = { ...fieldsOf(node), added: other }),
  },
  {
    suits: isObject,
    make: (node, _, other) => {
      node['properties'] = { ...fieldsOf(node), x_added: other };
    },
  },
  {
    suits: isObject,
    make: (node, _, other) => {
      node['properties'] = { ...fieldsOf(node), added: other };
      node['required'] = [...requiredOf(node), 'added'];
    },
  },
  {
    suits: hasFields,
    make: (node, member) => {
      const name = fieldAt(node, member);
      const required = requiredOf(node);
      node['required'] = required.includes(name)
        ? required.filter((each) => each !== name)
        : [...required, name];
    },
  },
  {
    suits: hasFields,
    make: (node, member) => {
      const name = fieldAt(node, member);
      const { [name]: field, ...rest } = fieldsOf(node);
      node['properties'] = { ...rest, [`the_${name}`]: field };
      node['required'] = requiredOf(node).map((each) => (each === name ? `the_${name}` : each));
    },
  },
  {
    suits: (node) => typesOf(node).some((type) => type !== 'null') && has('type')(node),
    make: (node) => {
      const types = typesOf(node);
      const without = types.filter((type) => type !== 'null');
      node['type'] = without.length < types.length ? without : [...types, 'null'];
    },
  },
  {
    suits: has('type'),
    make: (node, member) => {
      const more = ['string', 'integer', 'number', 'boolean'][member % 4] as string;
      node['type'] = [...new Set([...typesOf(node), more])];
    },
  },
  {
    suits: (node) => typesOf(node).length > 1,
    make: (node, member) => (node['type'] = typesOf(node)[member % typesOf(node).length]),
  },
  { suits: has('enum'), make: (node) => (node['enum'] = [...(node['enum'] as Json[]), 'violet']) },
  {
    suits: (node) => ((node['enum'] ?? []) as Json[]).length > 2,
    make: (node) => (node['enum'] = (node['enum'] as Json[]).slice(1)),
  },
  { suits: has('enum'), make: (node) => (node['enum'] = (node['enum'] as Json[]).toReversed()) },
  { suits: has('enum'), make: (node) => (node['x-open-enum'] = node['x-open-enum'] !== true) },
  { suits: has('const'), make: (node) => (node['const'] = 'violet') },
  {
    suits: (node) => typesOf(node).includes('string') && !has('enum')(node),
    make: (node) => (node['enum'] = words),
  },
  { suits: (node) => typesOf(node).includes('string'), make: (node) => (node['maxLength'] = 3) },
  { suits: (node) => typesOf(node).includes('string'), make: (node) => (node['format'] = 'email') },
  { suits: (node) => typesOf(node).includes('array'), make: (node) => (node['minItems'] = 1) },
  { suits: isObject, make: (node) => (node['minProperties'] = 1) },
  {
    suits: isObject,
    make: (node) => {
      if (Object.hasOwn(node, 'additionalProperties')) delete node['additionalProperties'];
      else node['additionalProperties'] = false;
    },
  },
  { suits: isObject, make: (node, _, other) => (node['additionalProperties'] = other) },
  { suits: isObject, make: (node, _, other) => (node['patternProperties'] = { '^x_': other }) },
  { suits: has('patternProperties'), make: (node) => delete node['patternProperties'] },
  {
    suits: (node) => has('oneOf')(node) && !has('anyOf')(node),
    make: (node) => become(node, { anyOf: node['oneOf'] }),
  },
  {
    suits: has('oneOf'),
    make: (node) =>
      (node['oneOf'] = [
        ...(node['oneOf'] as Node[]),
        {
          type: 'object',
          required: ['kind', 'more'],
          properties: { kind: { const: 'more' }, more: { type: 'string' } },
        },
      ]),
  },
  {
    suits: (node) => ((node['oneOf'] ?? []) as Node[]).length > 1,
    make: (node) => (node['oneOf'] as Node[]).pop(),
  },
  { suits: isObject, make: (node) => (node['if'] = { minProperties: 1 }) },
  // Other spellings of the same.
  { suits: (node) => !has('not')(node), make: (node) => (node['not'] = false) },
  { suits: (node) => typesOf(node).includes('string'), make: (node) => (node['minLength'] = 0) },
  { suits: (node) => has('const')(node) && !has('type')(node), make: (node) => (node['type'] = 'string') },
  { suits: always, make: (node) => become(node, { oneOf: [structuredClone(node)] }) },
  {
    suits: (node) => typesOf(node).join() === 'boolean',
    make: (node) => become(node, { enum: [false, true] }),
  },
  // Branches that overlap.
  { suits: has('anyOf'), make: (node) => become(node, { oneOf: node['anyOf'] }) },
  {
    suits: has('oneOf'),
    make: (node, member) => {
      const branches = node['oneOf'] as Node[];
      branches.push(structuredClone(branches[member % branches.length] as Node));
    },
  },
  {
    suits: (node) => ((node['oneOf'] ?? []) as Node[]).length > 1,
    make: (node) => ((node['oneOf'] as Node[])[0] = {}),
  },
  // Names and data that are called like keywords.
  { suits: isObject, make: (node, _, other) => (node['patternProperties'] = { '^deprecated$': other }) },
  {
    suits: always,
    make: (node, member) => (node['not'] = { const: { deprecated: member % 2, enum: [member, 1] } }),
  },
  { suits: isObject, make: (node) => (node['properties'] = { ...fieldsOf(node), spare: false }) },
];

/** Every schema of a schema, itself first. */
function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const [keyword, value] of Object.entries(node)) {
    if (['properties', 'patternProperties'].includes(keyword)) {
      for (const each of Object.values(value as Record<string, Node>)) yield* nodesIn(each);
    } else if (['allOf', 'anyOf', 'oneOf'].includes(keyword)) {
      for (const each of value as Node[]) yield* nodesIn(each);
    } else if (['items', 'additionalProperties'].includes(keyword) && typeof value === 'object') {
      yield* nodesIn(value as Node);
    }
  }
}

/** Documents side by side: their schemas under names that tell whose they are. */
export function together(all: readonly Schemas[]): JsonObject {
  const entries = all.flatMap((schemas, index) =>
    Object.entries(schemas).map(([name, node]) => [nameIn(index, name), referring(node, index)] as const),
  );
  return Object.fromEntries(entries) as JsonObject;
}

export function nameIn(index: number, name: string): string {
  return `K${index}${name}`;
}

function referring(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => referring(each, index));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [
      key,
      key === '$ref' ? `#/components/schemas/${nameIn(index, each as string)}` : referring(each, index),
    ]),
  );
}
