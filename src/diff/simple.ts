import type { Json } from '../model/json.js';
import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { annotationKeywords, inside } from '../model/subschemas.js';
import { isOfType, typesOf } from '../typescript/expression.js';

/** The same text for the same data: the order of keys says nothing, the order of a list does. */
export function dataText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dataText).join()}]`;
  if (typeof value !== 'object' || value === null)
    return value === undefined ? 'undefined' : JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${JSON.stringify(name)}:${dataText(each)}`);
  return `{${members.sort().join()}}`;
}

/**
 * A schema without what says nothing, inside as well: `minLength: 0`, `not: false`, `type` beside a `const` of that type. It
 * accepts the same values and is printed as the same type; what is left stays where it was, for positions to be found.
 */
export function simplified(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema;
  const own = inside(definedOf(schema), simplified);
  const valued = withValues(own);
  if (typeof valued === 'boolean') return valued;
  const some = withoutIdle(withTypes(valued));
  // Without a type, even what says nothing decides whether the schema is printed as `unknown`.
  return typesOf(some) === undefined && typesOf(valued) !== undefined ? valued : some;
}

/** A schema of which some keywords may be undefined. */
export type Loose = { readonly [K in keyof SchemaObject]: SchemaObject[K] | undefined };

/** The keywords that are there. */
export function definedOf(schema: Loose): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

/** Whether a schema takes any value, and is printed so. */
export function isAny(schema: Schema | undefined): boolean {
  if (typeof schema !== 'object') return schema !== false;
  return Object.entries(schema).every(([key, value]) => value === undefined || notes.has(key));
}

const notes: ReadonlySet<string> = new Set(annotationKeywords);

/** Lists the values of a closed enum once each, without those that `type` or `const` excludes; false where none is left. */
function withValues(schema: SchemaObject): Schema {
  const { const: only, enum: known, open, type, ...rest } = schema;
  if (only === undefined && (known === undefined || open)) return schema;
  const listed = only === undefined ? (known ?? []) : [only];
  const allowed = only === undefined || known === undefined || open ? undefined : known.map(dataText);
  const distinct = new Map<string, Json>(listed.map((value) => [dataText(value), value]));
  const values = [...distinct]
    .filter(([text]) => allowed?.includes(text) ?? true)
    .map(([, value]) => value)
    .filter((value) => isOfType(value, type === undefined ? {} : { type }));
  const [first] = values;
  if (first === undefined) return false;
  if (values.every((value) => value === null)) return { ...rest, type: 'null' };
  if (values.length === 2 && values.every((value) => typeof value === 'boolean'))
    return { ...rest, type: 'boolean' };
  return only === undefined ? { ...rest, enum: values } : { ...rest, const: first };
}

/** Names each type once, and drops the keywords that are for other types. */
function withTypes({ type, ...rest }: SchemaObject): SchemaObject {
  const types = type === undefined ? undefined : [type].flat();
  const once = types?.filter((each) => each !== 'integer' || !types.includes('number'));
  const values = rest.const === undefined ? (rest.open ? undefined : rest.enum) : [rest.const];
  const admitted = values?.map(typeOf) ?? once?.map((each) => (each === 'integer' ? 'number' : each));
  return {
    ...(admitted === undefined ? rest : only(rest, admitted)),
    ...(once !== undefined && { type: once.length === 1 ? (once[0] as SimpleType) : once }),
  };
}

function only(schema: SchemaObject, types: readonly SimpleType[]): SchemaObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => {
      const subject = subjects.get(key);
      return subject === undefined || types.includes(subject);
    }),
  );
}

/** The one type that a keyword says something of. */
export const subjects: ReadonlyMap<string, SimpleType> = new Map(
  (
    [
      ['string', ['minLength', 'maxLength', 'pattern', 'format']],
      ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
      ['array', ['items', 'additionalItems', 'contains', 'minItems', 'maxItems', 'uniqueItems']],
      [
        'object',
        [
          ...['properties', 'required', 'patternProperties', 'additionalProperties', 'propertyNames'],
          ...['minProperties', 'maxProperties', 'dependencies'],
        ],
      ],
    ] as const
  ).flatMap(([type, keys]) => keys.map((key) => [key, type] as const)),
);

function typeOf(value: Json): SimpleType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as SimpleType;
}

/** Drops the keywords that exclude nothing. */
function withoutIdle(schema: SchemaObject): SchemaObject {
  const isTuple = Array.isArray(schema.items);
  const isConditional = schema.if !== undefined && !(isAny(schema.then) && isAny(schema.else));
  const kept = Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    switch (key) {
      case 'minLength':
      case 'minItems':
      case 'minProperties':
        return value === 0 ? [] : [[key, value]];
      case 'uniqueItems':
      case 'open':
      case 'not':
        return value === false ? [] : [[key, value]];
      case 'if':
      case 'then':
      case 'else':
        return isConditional ? [[key, value]] : [];
      case 'items':
      case 'additionalProperties':
      case 'propertyNames':
        return isAny(value as Schema) ? [] : [[key, value]];
      case 'additionalItems':
        return !isTuple || isAny(value as Schema) ? [] : [[key, value]];
      case 'required':
        return (value as readonly string[]).length === 0 ? [] : [[key, namesOf(value as readonly string[])]];
      case 'dependencies': {
        const held = Object.entries(value as NonNullable<SchemaObject['dependencies']>);
        const some = held
          .filter(([, each]) => (Array.isArray(each) ? each.length > 0 : !isAny(each as Schema)))
          .map(([name, each]) => [name, Array.isArray(each) ? namesOf(each as readonly string[]) : each]);
        return some.length === 0 ? [] : [[key, Object.fromEntries(some)]];
      }
      case 'properties':
      case 'patternProperties':
        return Object.keys(value as object).length === 0 ? [] : [[key, value]];
      case 'deprecated':
        return [[key, value]];
      default:
        return notes.has(key) ? [] : [[key, value]];
    }
  });
  return Object.fromEntries(kept) as SchemaObject;
}

function namesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
