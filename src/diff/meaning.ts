import type { PayloadType, Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { inside } from '../model/subschemas.js';
import { isOfType, typesOf } from '../typescript/expression.js';
import { areExclusive } from './disjoint.js';
import { dataText, definedOf, simplified, subjects, type Loose } from './simple.js';

/** Reads what schemas mean, whatever way they are written. */
export interface Meaning {
  /**
   * The same text for schemas that accept the same values and are printed as the same type, as far as that is plain. Types that
   * are referred to are in it by name.
   */
  readonly text: (schema: Loose | boolean) => string;
  /** Whether no value is of two branches of `oneOf`, which is `anyOf` then. */
  readonly isExclusive: (branches: readonly Schema[]) => boolean;
}

export function meaningIn(types: ReadonlyMap<string, PayloadType>): Meaning {
  const texts = new WeakMap<object, string>();
  const exclusive = new WeakMap<readonly Schema[], boolean>();
  return { text, isExclusive };

  function text(schema: Loose | boolean): string {
    if (typeof schema === 'boolean') return String(schema);
    const known = texts.get(schema);
    if (known !== undefined) return known;
    const found = dataText(canonical(simplified(definedOf(schema))));
    texts.set(schema, found);
    return found;
  }

  function isExclusive(branches: readonly Schema[]): boolean {
    const known = exclusive.get(branches);
    if (known !== undefined) return known;
    const found = areExclusive(branches, types);
    exclusive.set(branches, found);
    return found;
  }

  /** A schema as a conjunction of simple ones, in an order that does not depend on how it was written. */
  function canonical(schema: Schema): Schema {
    if (typeof schema === 'boolean') return schema;
    const { $ref, allOf = [], anyOf, oneOf, deprecated: _, ...rest } = schema;
    const { not, if: condition, then, else: otherwise, ...own } = rest;
    return conjunction([
      ...($ref === undefined ? [] : [{ $ref }]),
      ...byType(inside(own, canonical)),
      ...(not === undefined ? [] : [negation(canonical(not))]),
      ...(condition === undefined
        ? []
        : [inside(definedOf({ if: condition, then, else: otherwise }), canonical)]),
      ...allOf.map(canonical),
      ...(anyOf === undefined ? [] : [disjunction(anyOf.map(canonical))]),
      ...(oneOf === undefined ? [] : [choice(oneOf)]),
    ]);
  }

  function choice(branches: readonly Schema[]): Schema {
    const all = branches.map(canonical).filter((branch) => branch !== false);
    if (isExclusive(branches)) return disjunction(all);
    return all.length === 1 ? (all[0] as Schema) : { oneOf: sorted(all) };
  }
}

function negation(schema: Schema): Schema {
  return typeof schema === 'boolean' ? !schema : { not: schema };
}

/** A schema of own keywords as one for each type that it admits. */
function byType(own: SchemaObject): readonly Schema[] {
  if (Object.keys(own).length === 0) return [];
  const { enum: listed, type: _, ...schema } = own;
  if (own.const !== undefined || (listed !== undefined && !own.open)) {
    const values = own.const === undefined ? (listed ?? []) : [own.const];
    const { const: __, ...beside } = schema;
    const words = sortedData(values.filter((value) => value !== null));
    const isNullable = words.length < values.length;
    return [
      disjunction([
        ...(words.length > 0 ? [{ enum: words }] : []),
        ...(isNullable ? [{ type: 'null' } as const] : []),
      ]),
      ...(Object.keys(beside).length > 0 ? [beside] : []),
    ];
  }
  const types = typesOf(own);
  if (types === undefined) return [{ ...schema, ...(listed && { enum: sortedData(listed) }) }];
  const isWhole = [own.type].flat().includes('integer');
  return [
    disjunction(
      types.map((type) =>
        ofType(isWhole && type === 'number' ? 'integer' : type, {
          ...schema,
          ...(listed && { enum: listed }),
        }),
      ),
    ),
  ];
}

/** What a schema says of values of one type. */
function ofType(type: SimpleType, { enum: listed, open, ...rest }: SchemaObject): SchemaObject {
  const subject = type === 'integer' ? 'number' : type;
  const own = Object.entries(rest).filter(([key]) => (subjects.get(key) ?? subject) === subject);
  const known = (listed ?? []).filter((value) => value !== null && isOfType(value, { type: subject }));
  return {
    ...Object.fromEntries(own),
    type,
    ...(known.length > 0 && open && { enum: sortedData(known) }),
    ...(open && (known.length > 0 || listed === undefined) && { open }),
  };
}

function conjunction(schemas: readonly Schema[]): Schema {
  const flat = schemas.flatMap((each): readonly Schema[] =>
    typeof each === 'object' && each.allOf !== undefined ? each.allOf : [each],
  );
  if (flat.includes(false)) return false;
  const all = distinct(flat.filter((each) => each !== true));
  return all.length === 0 ? true : all.length === 1 ? (all[0] as Schema) : { allOf: all };
}

function disjunction(schemas: readonly Schema[]): Schema {
  const flat = schemas.flatMap((each): readonly Schema[] =>
    typeof each === 'object' && each.anyOf !== undefined ? each.anyOf : [each],
  );
  if (flat.includes(true)) return true;
  const some = flat.filter((each) => each !== false);
  const values = some.flatMap((each) => (isOnly(each, 'enum') ? (each.enum ?? []) : []));
  const words = sortedData(values);
  const hasBoth = words.includes(true) && words.includes(false);
  const rest = hasBoth ? words.filter((word) => typeof word !== 'boolean') : words;
  const all = distinct([
    ...some.filter((each) => !isOnly(each, 'enum')),
    ...(hasBoth ? [{ type: 'boolean' } as const] : []),
    ...(rest.length > 0 ? [{ enum: rest }] : []),
  ]);
  return all.length === 0 ? false : all.length === 1 ? (all[0] as Schema) : { anyOf: all };
}

function isOnly(schema: Schema, keyword: string): schema is SchemaObject {
  return typeof schema === 'object' && Object.keys(schema).join() === keyword;
}

function distinct(schemas: readonly Schema[]): readonly Schema[] {
  return [...new Map(schemas.map((each) => [dataText(each), each])).entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, each]) => each);
}

function sorted(schemas: readonly Schema[]): readonly Schema[] {
  return schemas
    .map((each) => [dataText(each), each] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, each]) => each);
}

function sortedData<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((each) => [dataText(each), each])).entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, each]) => each);
}
