import { isIdentifier } from '../model/identifier.js';
import type { Json } from '../model/json.js';
import type { Schema } from '../model/catalog.js';
import { references } from '../model/subschemas.js';
import { listAt, objectAt, textAt, textsAt, type Broken } from './contract-value.js';

/** Deeper than the catalog reads, and far from where recursion ends. */
const maxDepth = 256;

type Check = (value: Json, key: string, broken: Broken, depth: number) => void;

/** Sees to it that a value is a schema as the catalog has it: no other keyword, each with a value it can have. */
export function checkSchema(
  value: Json,
  key: string,
  broken: Broken,
  depth = 0,
): asserts value is Schema & Json {
  if (typeof value === 'boolean') return;
  if (depth > maxDepth) throw broken(key, 'is nested too deeply');
  for (const [keyword, held] of Object.entries(objectAt(value, key, broken))) {
    const check = Object.hasOwn(checks, keyword) ? checks[keyword] : undefined;
    const inner = `${key}.${keyword}`;
    if (check === undefined) throw broken(inner, 'is not known');
    check(held, inner, broken, depth + 1);
  }
}

/** Sees to it that every reference of a schema names a type. */
export function checkReferences(
  schema: Schema,
  key: string,
  known: ReadonlySet<string>,
  broken: Broken,
): void {
  for (const name of references(schema))
    if (!known.has(name)) throw broken(key, `refers to ${JSON.stringify(name)}, which is no type`);
}

const flag: Check = (value, key, broken) => {
  if (typeof value !== 'boolean') throw broken(key, 'is neither true nor false');
};
const number: Check = (value, key, broken) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(key, 'is not a finite number');
};
const text: Check = (value, key, broken) => void textAt(value, key, broken);
const texts: Check = (value, key, broken) => void textsAt(value, key, broken);
const pattern: Check = (value, key, broken) => {
  try {
    new RegExp(textAt(value, key, broken), 'u');
  } catch (error) {
    throw error instanceof SyntaxError ? broken(key, 'is not a regular expression') : error;
  }
};
const schema: Check = checkSchema;
const schemas: Check = (value, key, broken, depth) => {
  const list = listAt(value, key, broken);
  list.forEach((each, index) => {
    checkSchema(each, `${key}[${index}]`, broken, depth);
  });
};
const map =
  (check: Check): Check =>
  (value, key, broken, depth) => {
    for (const [name, each] of Object.entries(objectAt(value, key, broken)))
      check(each, `${key}[${JSON.stringify(name)}]`, broken, depth);
  };
/** Any JSON, as long as it can be walked. */
const data: Check = (value, key, broken, depth) => {
  if (depth > maxDepth) throw broken(key, 'is nested too deeply');
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value) as readonly Json[]) data(each, key, broken, depth + 1);
};

const simpleTypes: readonly Json[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const checks: Readonly<Record<string, Check>> = {
  $ref: (value, key, broken) => {
    if (!isIdentifier(textAt(value, key, broken))) throw broken(key, 'is not the name of a type');
  },
  deprecated: flag,
  open: flag,
  uniqueItems: flag,
  type: (value, key, broken) => {
    const types = Array.isArray(value) ? (value as readonly Json[]) : [value];
    if (types.length === 0 || !types.every((each) => simpleTypes.includes(each)))
      throw broken(key, 'is no type');
  },
  enum: (value, key, broken, depth) => {
    listAt(value, key, broken);
    data(value, key, broken, depth);
  },
  const: data,
  format: text,
  pattern,
  ...Object.fromEntries(
    [
      ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
      ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ].map((keyword) => [keyword, number]),
  ),
  items: (value, key, broken, depth) => {
    (Array.isArray(value) ? schemas : schema)(value, key, broken, depth);
  },
  ...Object.fromEntries(
    ['additionalItems', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'].map(
      (keyword) => [keyword, schema],
    ),
  ),
  properties: map(schema),
  required: texts,
  patternProperties: (value, key, broken, depth) => {
    for (const name of Object.keys(objectAt(value, key, broken))) pattern(name, key, broken, depth);
    map(schema)(value, key, broken, depth);
  },
  dependencies: map((value, key, broken, depth) => {
    (Array.isArray(value) ? texts : schema)(value, key, broken, depth);
  }),
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
};
