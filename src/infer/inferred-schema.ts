import type { Json, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { kinds, maxWords, type Shape } from './shape.js';
import { deliveries, type Subject } from './subject.js';

/** How schemas are made of shapes. */
export interface Making {
  /** Whether texts that are always one of a few words get a list of them. */
  readonly openEnums?: boolean | undefined;
  /** What a field is called in the overlay, where it is known better than from deliveries; by the steps from the payload. */
  readonly describe?: ((path: string) => string | undefined) | undefined;
  /** What the shapes were seen in; deliveries by default. */
  readonly subject?: Subject | undefined;
}

/** So often there must have been a text before a list of words is worth something. */
const fewestTexts = 20;

/** The order in which types are written. */
const order = ['boolean', 'integer', 'number', 'string', 'array', 'object', 'null'];

/**
 * The schema of a field that the documents do not declare: it takes every value that its shape was made of. Unless all that
 * there is was seen, it takes null as well, and every number where there were integers. Nothing is required, and where nothing
 * but null was seen, nothing is said of the type.
 */
export function fieldSchema(shape: Shape, making: Making, path: string): Json {
  return schemaOf(shape, making, path, { isField: true });
}

/** The schema of what is in a list or a map. */
export function schemaOf(shape: Shape, making: Making, path = '', { isField = false } = {}): Json {
  if (shape.types & kinds.any) return true;
  const description = making.describe?.(path);
  const { showsAll } = making.subject ?? deliveries;
  const types = showsAll ? shape.types : opened(shape.types, isField);
  return {
    ...typed(jsonTypesOf({ types })),
    ...(description !== undefined && { description }),
    ...(making.openEnums && wordsOf(shape)),
    ...(shape.items && { items: schemaOf(shape.items, making, `${path}/*`) }),
    ...objectOf(shape, making, path),
  };
}

function opened(types: number, isField: boolean): number {
  return types | (types & kinds.integer ? kinds.number : 0) | (isField ? kinds.null : 0);
}

/** The JSON types that were seen. */
export function jsonTypesOf({ types }: Pick<Shape, 'types'>): readonly string[] {
  return order.filter((type) => types & kinds[type as keyof typeof kinds]);
}

function objectOf(shape: Shape, making: Making, path: string): JsonObject {
  const { members, values } = shape;
  if (isMap(shape)) return values ? { additionalProperties: schemaOf(values, making, `${path}/*`) } : {};
  const sorted = [...(members ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0
    ? {}
    : {
        properties: Object.fromEntries(
          sorted.map(([key, member]) => [key, fieldSchema(member, making, `${path}/${key}`)]),
        ),
      };
}

/** Whether the keys of an object are data, or too many. */
export function isMap({ isCollapsed, members, values }: Shape): boolean {
  return isCollapsed || (values !== undefined && (members?.size ?? 0) === 0);
}

function wordsOf({ words, texts }: Shape): JsonObject | undefined {
  if (words === undefined || words.size === 0 || texts < fewestTexts) return undefined;
  return { enum: [...words.keys()].sort(), 'x-open-enum': true };
}

function typed(types: readonly string[]): JsonObject {
  const distinct = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  const [only] = distinct;
  if (only === undefined || (only === 'null' && distinct.length === 1)) return {};
  return { type: distinct.length === 1 ? only : [...distinct] };
}

/** Whether a number of JSON types are no more than others: what a `type` has to become to take values of these types too. */
export function widened(type: Json | undefined, more: Iterable<string>): Json {
  const all = new Set([...typesOf(type), ...more]);
  return typed(order.filter((each) => all.has(each)))['type'] ?? 'null';
}

export function typesOf(type: Json | undefined): readonly string[] {
  return type === undefined ? [] : ([type].flat() as readonly string[]);
}

/**
 * Joins two inferred schemas: the result takes what either takes. The order does not matter but for descriptions, where the
 * first has the word.
 */
export function joinSchemas(one: Json, other: Json): Json {
  if (!isObject(one) || !isObject(other)) return true;
  const types = [...new Set([...typesIn(one), ...typesIn(other)])];
  const {
    type: _,
    enum: words,
    'x-open-enum': __,
    items: ___,
    properties: ____,
    additionalProperties: _____,
    ...rest
  } = { ...other, ...one };
  return {
    ...typed(order.filter((each) => types.includes(each))),
    ...(words !== undefined && joinedWords(one, other)),
    ...rest,
    ...joined('items', one, other),
    ...joinedMembers(one, other),
  };
}

/** A schema that names no type was made of nulls. */
function typesIn({ type }: JsonObject): readonly string[] {
  return type === undefined ? ['null'] : typesOf(type);
}

function joined(keyword: string, one: JsonObject, other: JsonObject): JsonObject {
  const parts = [one[keyword], other[keyword]].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { [keyword]: parts.reduce(joinSchemas) };
}

function joinedMembers(one: JsonObject, other: JsonObject): JsonObject {
  const [some, others] = [one['properties'], other['properties']].map((each) => (isObject(each) ? each : {}));
  if (one['additionalProperties'] !== undefined || other['additionalProperties'] !== undefined) {
    const values = [
      one['additionalProperties'],
      other['additionalProperties'],
      ...Object.values(some ?? {}),
      ...Object.values(others ?? {}),
    ].filter((part) => part !== undefined);
    return { additionalProperties: values.reduce(joinSchemas) };
  }
  const keys = [...new Set([...Object.keys(some ?? {}), ...Object.keys(others ?? {})])].sort();
  if (keys.length === 0) return {};
  const parts = keys.map((key) => {
    const both = [some, others].flatMap((each) =>
      each && Object.hasOwn(each, key) ? [each[key] as Json] : [],
    );
    return [key, both.reduce(joinSchemas)];
  });
  return { properties: Object.fromEntries(parts) as JsonObject };
}

/** The words of both, where both list theirs and they are still few; those of one where the other never is a text. */
function joinedWords(one: JsonObject, other: JsonObject): JsonObject {
  const lists = [one, other].filter((each) => typesIn(each).includes('string')).map((each) => each['enum']);
  if (!lists.every((each) => Array.isArray(each))) return {};
  const words = [...new Set(lists.flat() as string[])].sort();
  return words.length > maxWords ? {} : { enum: words, 'x-open-enum': true };
}
