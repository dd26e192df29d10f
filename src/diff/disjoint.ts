import type { Json } from '../model/json.js';
import type { PayloadType, Schema, SchemaObject } from '../model/catalog.js';
import { isOfType, otherKey, typesOf } from '../typescript/expression.js';
import { dataText } from './simple.js';

type Types = ReadonlyMap<string, PayloadType>;

/** Larger than any union that people write by hand; two branches of a larger one are distinguished by a common word alone. */
const pairedAtMost = 64;
/** What it may cost to distinguish two branches. What is not distinguished by then is taken to overlap. */
const stepsAtMost = 2_000;
/** Recursive types go on for ever. */
const deepest = 12;

/** Whether no value can be of two of some schemas, as far as that is plain: `oneOf` of them is `anyOf` then. */
export function areExclusive(branches: readonly Schema[], types: Types): boolean {
  if (areTold(branches, types)) return true;
  if (branches.length > pairedAtMost) return false;
  return branches.every((branch, index) =>
    branches.slice(index + 1).every((other) => areDisjoint(branch, other, types)),
  );
}

/** Whether every branch requires one and the same field, with values that no other has. */
function areTold(branches: readonly Schema[], types: Types): boolean {
  const all = branches.map((branch) => conjuncts(branch, types));
  const names = all[0]?.flatMap((each) => (typeof each === 'boolean' ? [] : (each.required ?? []))) ?? [];
  if (!all.every(isObject)) return false;
  return names.some((name) => {
    const seen = new Set<string>();
    return all.every((some) => {
      const own = objectsOf(some).find(({ properties }) => properties && Object.hasOwn(properties, name));
      const isRequired = objectsOf(some).some(({ required }) => required?.includes(name));
      const texts = own && isRequired ? valuesOf(own.properties?.[name])?.map(dataText) : undefined;
      if (texts === undefined || texts.some((text) => seen.has(text))) return false;
      for (const text of texts) seen.add(text);
      return true;
    });
  });
}

/** Whether it is plain that no value is of both schemas. */
export function areDisjoint(one: Schema, other: Schema, types: Types): boolean {
  let steps = 0;
  return disjoint(one, other, 0);

  function disjoint(left: Schema, right: Schema, depth: number): boolean {
    steps += 1;
    if (steps > stepsAtMost || depth > deepest) return false;
    const [some, others] = [conjuncts(left, types), conjuncts(right, types)];
    if (some.some((each) => others.some((theirs) => apart(each, theirs, depth)))) return true;
    if (!isObject(some) && !isObject(others)) return false;
    const [mine, theirs] = [objectsOf(some), objectsOf(others)];
    const names = new Set([...mine, ...theirs].flatMap(({ required }) => required ?? []));
    return [...names].some((name) => {
      const [left, right] = [mine, theirs].map((all) => ({ allOf: all.map((each) => fieldOf(each, name)) }));
      return disjoint(left as Schema, right as Schema, depth + 1);
    });
  }

  /** Two schemas without `allOf` and references. */
  function apart(left: Schema, right: Schema, depth: number): boolean {
    if (left === false || right === false) return true;
    if (left === true || right === true) return false;
    const both = [
      [left, right],
      [right, left],
    ] as const;
    for (const [{ anyOf, oneOf = anyOf }, against] of both)
      if (oneOf !== undefined) return oneOf.every((branch) => disjoint(branch, against, depth + 1));
    for (const [schema, against] of both) {
      const values = valuesOf(schema);
      if (values !== undefined) return values.every((value) => excludes(against, value));
    }
    const [mine, theirs] = [typesOf(left), typesOf(right)];
    return mine !== undefined && theirs !== undefined && !mine.some((type) => theirs.includes(type));
  }
}

/** The schemas that all have to hold: a value is of the schema where it is of each. */
function conjuncts(schema: Schema, types: Types, depth = 0): readonly Schema[] {
  if (typeof schema === 'boolean') return [schema];
  if (depth > 20) return [];
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema;
  if ($ref !== undefined) return conjuncts(types.get($ref)?.schema ?? true, types, depth + 1);
  return [
    own,
    ...(anyOf ? [{ anyOf }] : []),
    ...(oneOf ? [{ oneOf }] : []),
    ...allOf.flatMap((each) => conjuncts(each, types, depth + 1)),
  ];
}

function objectsOf(schemas: readonly Schema[]): readonly SchemaObject[] {
  return schemas.filter((each): each is SchemaObject => typeof each === 'object');
}

/** Whether a value of all schemas is surely an object. */
function isObject(schemas: readonly Schema[]): boolean {
  return objectsOf(schemas).some(({ type }) => type !== undefined && [type].flat().join() === 'object');
}

function fieldOf(schema: SchemaObject, name: string): Schema {
  const { properties = {}, patternProperties, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name] as Schema;
  return patternProperties === undefined && additionalProperties === undefined
    ? true
    : otherKey(schema, name);
}

/** The values that alone are taken. */
function valuesOf(schema: Schema | undefined): readonly Json[] | undefined {
  if (typeof schema !== 'object') return undefined;
  if (schema.const !== undefined) return [schema.const];
  return schema.open ? undefined : schema.enum;
}

/** Whether a schema surely does not take a value. */
function excludes(schema: Schema, value: Json): boolean {
  if (typeof schema === 'boolean') return !schema;
  const text = dataText(value);
  const [values, others] = [schema, schema.not].map((each) => valuesOf(each)?.map(dataText));
  return !isOfType(value, schema) || values?.includes(text) === false || others?.includes(text) === true;
}
