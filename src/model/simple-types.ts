import type { Json } from './json.js';
import type { Schema, SchemaObject, SimpleType } from './catalog.js';

/** The kinds of JSON value, in the order that readers of a union expect. An integer is a number here. */
export const everyType: readonly SimpleType[] = ['string', 'number', 'boolean', 'array', 'object', 'null'];

/** The kinds of value that a schema's own `type` names; undefined where it has none. */
export function declaredTypes({ type }: SchemaObject): readonly SimpleType[] | undefined {
  if (type === undefined) return undefined;
  const once: readonly SimpleType[] = [type].flat().map((each) => (each === 'integer' ? 'number' : each));
  return everyType.filter((each) => once.includes(each));
}

/** Whether a schema says something of the members of an object or the items of a list. */
export function describesParts(schema: SchemaObject): boolean {
  return partKeywords.some((key) => Object.hasOwn(schema, key));
}

const partKeywords = [
  'items',
  'properties',
  'patternProperties',
  'additionalProperties',
  'required',
] as const;

/** The types that a schema by itself admits; undefined where it says nothing about any of them. */
export function typesOf(schema: SchemaObject): readonly SimpleType[] | undefined {
  return declaredTypes(schema) ?? (describesParts(schema) ? everyType : undefined);
}

/** The kind of a value. */
export function typeOfValue(value: Json): SimpleType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as SimpleType);
}

/** Whether a value is of a type that the schema names. */
export function isOfType(value: Json, { type }: SchemaObject): boolean {
  if (type === undefined) return true;
  const types = [type].flat();
  return types.includes(typeOfValue(value)) || (types.includes('integer') && Number.isInteger(value));
}

/** Tells the kinds of value that a schema may accept, whatever of its parts, branches or references says so. */
export type Admitted = (schema: Schema) => ReadonlySet<SimpleType>;

/**
 * Makes the function that tells them. A type that refers to itself is taken for one that may be anything.
 *
 * @param target what a reference leads to
 */
export function admittedBy(target: (name: string) => Schema | undefined): Admitted {
  const known = new Map<string, ReadonlySet<SimpleType>>();
  return admitted;

  function admitted(schema: Schema): ReadonlySet<SimpleType> {
    if (typeof schema === 'boolean') return schema ? all : none;
    const { $ref, const: value, enum: values, open, allOf = [], anyOf, oneOf } = schema;
    const restrictions = [
      declaredTypes(schema),
      value === undefined ? undefined : [typeOfValue(value)],
      open ? undefined : values?.map(typeOfValue),
      $ref === undefined ? undefined : named($ref),
      ...allOf.map(admitted),
      ...[anyOf, oneOf].map((branches) => branches?.flatMap((branch) => [...admitted(branch)])),
    ].filter((each) => each !== undefined);
    return new Set(
      restrictions.reduce<readonly SimpleType[]>((left, right) => left.filter(isIn(right)), everyType),
    );
  }

  function named(name: string): ReadonlySet<SimpleType> {
    const found = known.get(name);
    if (found) return found;
    known.set(name, all);
    const types = admitted(target(name) ?? true);
    known.set(name, types);
    return types;
  }
}

function isIn(types: Iterable<SimpleType>): (type: SimpleType) => boolean {
  const set = new Set(types);
  return (type) => set.has(type);
}

const all: ReadonlySet<SimpleType> = new Set(everyType);
const none: ReadonlySet<SimpleType> = new Set();
