import type { Json } from '../model/json.js';
import type { Schema, SchemaObject } from '../model/catalog.js';
import { undescribed } from '../model/subschemas.js';
import { isOfType, typesOf } from '../typescript/expression.js';
import { atType, below, type At, type Placed, type IndexedContract } from './indexed-contract.js';
import { dataText, definedOf } from './simple.js';

/** What a schema comes down to: the kinds of value it takes, with what it says of each. */
export interface Kinds {
  /** What says nothing of the kind of a value: anything may be there. */
  readonly unknown: readonly SchemaObject[];
  readonly nullable: boolean;
  /** The values of closed enums and consts, by their JSON text. */
  readonly values: ReadonlyMap<string, Json>;
  readonly scalars: ReadonlyMap<Scalar, readonly SchemaObject[]>;
  readonly lists: readonly Placed<SchemaObject>[];
  readonly objects: readonly Shape[];
  /** What is not taken apart. */
  readonly opaque: readonly Opaque[];
  /** What no type shows: `not`, `if` and their kin, as texts. */
  readonly conditions: readonly string[];
  /** The unions whose variants exclude each other though a value might be of two, as texts. */
  readonly exclusive: readonly string[];
}

export type Scalar = 'string' | 'number' | 'boolean';

/** An object, put together from one part or, by `allOf`, from several. */
export interface Shape {
  readonly at: At;
  /** The type that it is, where it is one by name. */
  readonly name: string | undefined;
  readonly parts: readonly Placed<SchemaObject>[];
  /** The types that it is put together from, itself among them. */
  readonly names: readonly string[];
}

/** Keywords of its own beside a union, or an intersection of more than objects. */
export interface Opaque {
  readonly own: Placed<SchemaObject>;
  readonly rest: string;
}

/** Takes a schema apart, following references. */
export function decompose({ schema, at }: Placed, side: IndexedContract): Kinds {
  const { types, text } = side;
  const kinds = {
    unknown: [] as SchemaObject[],
    nullable: false,
    values: new Map<string, Json>(),
    scalars: new Map<Scalar, SchemaObject[]>(),
    lists: [] as Placed<SchemaObject>[],
    objects: [] as Shape[],
    opaque: [] as Opaque[],
    conditions: [] as string[],
    exclusive: [] as string[],
  };
  const seen = new Set<string>();
  collect(schema, at, undefined);
  kinds.conditions.sort();
  kinds.exclusive.sort();
  if (kinds.values.has('true') && kinds.values.has('false') && !kinds.scalars.has('boolean'))
    kinds.scalars.set('boolean', [{ type: 'boolean' }]);
  if (kinds.scalars.has('boolean')) for (const word of ['true', 'false']) kinds.values.delete(word);
  return kinds;

  function collect(schema: Schema, at: At, name: string | undefined): void {
    if (schema === false) return;
    const { $ref, allOf, anyOf, oneOf, ...own } = undescribed(schema === true ? {} : schema);
    const forms = [$ref, allOf, anyOf, oneOf].filter((form) => form !== undefined).length;
    if (forms === 0) {
      collectOwn(own, at, name);
    } else if (forms === 1 && Object.keys(own).length === 0) {
      if ($ref !== undefined) follow($ref);
      else if (allOf !== undefined) collectAll(schema as SchemaObject, at, name);
      else branches(schema as SchemaObject, at);
    } else {
      collectAll(schema as SchemaObject, at, name);
    }
  }

  function follow(name: string): void {
    if (seen.has(name)) return;
    seen.add(name);
    collect(types.get(name)?.schema ?? true, atType(name), name);
  }

  function branches({ anyOf, oneOf }: SchemaObject, at: At): void {
    const keyword = anyOf ? 'anyOf' : 'oneOf';
    const arms = anyOf ?? oneOf ?? [];
    if (oneOf && !side.isExclusive(oneOf)) kinds.exclusive.push(text({ oneOf }));
    arms.forEach((arm, index) => {
      collect(arm, below(at, variantStep(arm), keyword, index), undefined);
    });
  }

  function collectAll(schema: SchemaObject, at: At, name: string | undefined): void {
    const { allOf } = schema;
    const [only] = allOf ?? [];
    const { allOf: _, ...beside } = undescribed(schema);
    if (only !== undefined && allOf?.length === 1 && Object.keys(beside).length === 0) {
      collect(only, below(at, '', 'allOf', 0), undefined);
      return;
    }
    const parts: Placed<SchemaObject>[] = [];
    const names = name === undefined ? [] : [name];
    if (objectParts(schema, at, side, parts, names, kinds.conditions) && areApart(parts)) {
      kinds.objects.push({ at, name, parts, names });
      return;
    }
    const { $ref, anyOf, oneOf, allOf: all, ...own } = undescribed(schema);
    kinds.opaque.push({ own: { schema: own, at }, rest: text({ $ref, anyOf, oneOf, allOf: all }) });
  }

  function collectOwn(schema: SchemaObject, at: At, name: string | undefined): void {
    const { not, if: condition, then, else: otherwise, ...own } = schema;
    const conditions = definedOf({ not, if: condition, then, else: otherwise });
    if (Object.keys(conditions).length > 0) kinds.conditions.push(text(conditions));
    const { const: value, enum: values, open, type } = own;
    if (value !== undefined || (values !== undefined && !open)) {
      collectValues(own);
      return;
    }
    if (open && values === undefined) {
      const { open: _, ...rest } = own;
      kinds.values.set(dataText(otherTexts), otherTexts);
      kinds.conditions.push(text(rest));
      return;
    }
    const admitted = typesOf(own);
    if (admitted === undefined) kinds.unknown.push(own);
    for (const each of admitted ?? []) {
      if (each === 'null') kinds.nullable = true;
      else if (each === 'array') kinds.lists.push({ schema: own, at });
      else if (each === 'object')
        kinds.objects.push({
          at,
          name,
          parts: [{ schema: own, at }],
          names: name === undefined ? [] : [name],
        });
      else {
        const scalar = each === 'integer' ? 'number' : each;
        const list = kinds.scalars.get(scalar) ?? [];
        list.push(type === undefined ? { ...own, type: each } : own);
        kinds.scalars.set(scalar, list);
      }
    }
  }

  function collectValues({ const: value, enum: values, type, ...rest }: SchemaObject): void {
    const all =
      value === undefined
        ? (values ?? []).filter((each) => isOfType(each, { type } as SchemaObject))
        : [value];
    for (const each of all) {
      if (each === null) kinds.nullable = true;
      else kinds.values.set(dataText(each), each);
    }
    const more = definedOf(value === undefined ? rest : { ...rest, type, enum: values });
    if (Object.keys(more).length > 0) kinds.conditions.push(text(more));
  }
}

/** How a type prints every text that the other members of its union do not name: as one word. */
const otherTexts = '(any other)';

/** How a subject goes on to a variant that has no name: by the word that distinguishes it from the others. */
function variantStep(schema: Schema): string {
  if (typeof schema === 'boolean' || schema.$ref !== undefined) return '';
  for (const name of schema.required ?? []) {
    const field = schema.properties?.[name];
    const value = typeof field === 'object' ? (field.const ?? field.enum?.[0]) : undefined;
    if (value !== undefined) return `(${name}: ${JSON.stringify(value)})`;
  }
  return '';
}

/** The objects that an intersection is put together from; false where it holds anything else. */
function objectParts(
  schema: SchemaObject,
  at: At,
  side: IndexedContract,
  parts: Placed<SchemaObject>[],
  names: string[],
  conditions: string[],
): boolean {
  const {
    $ref,
    allOf = [],
    anyOf,
    oneOf,
    not,
    if: condition,
    then,
    else: otherwise,
    ...own
  } = undescribed(schema);
  if (anyOf !== undefined || oneOf !== undefined || own.const !== undefined || own.enum !== undefined)
    return false;
  const aside = definedOf({ not, if: condition, then, else: otherwise });
  if (Object.keys(aside).length > 0) conditions.push(side.text(aside));
  if (Object.keys(own).length > 0) {
    if (own.type !== undefined && own.type !== 'object') return false;
    parts.push({ schema: own, at });
  }
  if ($ref !== undefined) {
    const target = side.types.get($ref);
    if (typeof target?.schema !== 'object' || names.includes($ref)) return false;
    names.push($ref);
    if (!objectParts(target.schema, atType($ref), side, parts, names, conditions)) return false;
  }
  return allOf.every(
    (each, index) =>
      typeof each === 'object' &&
      objectParts(each, below(at, '', 'allOf', index), side, parts, names, conditions),
  );
}

/** Whether parts can be looked at as one object: nothing is said of keys that others name, and it is surely an object. */
function areApart(parts: readonly Placed<SchemaObject>[]): boolean {
  return (
    parts.some(({ schema }) => schema.type === 'object') &&
    parts.every(
      ({ schema: { properties = {}, required = [], patternProperties, additionalProperties = true } }) =>
        additionalProperties === true &&
        patternProperties === undefined &&
        Object.keys(properties).length + required.length > 0,
    )
  );
}
