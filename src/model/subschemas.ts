import type { Schema, SchemaObject } from './catalog.js';

/**
 * What stands under a keyword of a schema. Whatever is not listed holds data, numbers or texts: a name under `properties` or
 * a key under `const` is never a keyword, however it is spelled. Everything that walks through schemas asks here.
 */
export const keywords: ReadonlyMap<string, 'map' | 'schema' | 'schemas'> = new Map([
  ...(['properties', 'patternProperties', 'dependencies'] as const).map((each) => [each, 'map'] as const),
  ...(['allOf', 'anyOf', 'oneOf'] as const).map((each) => [each, 'schemas'] as const),
  ...(
    [
      ...['items', 'additionalItems', 'contains', 'additionalProperties', 'propertyNames'],
      ...['not', 'if', 'then', 'else'],
    ] as const
  ).map((each) => [each, 'schema'] as const),
]);

/** Applies a change to the schemas right inside a schema. */
export function inside(schema: SchemaObject, change: (part: Schema) => Schema): SchemaObject {
  const changed = (value: Schema | readonly string[]) => (isNames(value) ? value : change(value));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      const kind = keywords.get(keyword);
      if (kind === undefined || value === undefined) return [keyword, value];
      if (kind === 'map') {
        const entries = Object.entries(value as Readonly<Record<string, Schema | readonly string[]>>);
        return [keyword, Object.fromEntries(entries.map(([name, each]) => [name, changed(each)]))];
      }
      return [keyword, Array.isArray(value) ? value.map(change) : change(value as Schema)];
    }),
  );
}

/** The schemas right inside a schema. */
export function partsOf(schema: SchemaObject): readonly Schema[] {
  return Object.entries(schema).flatMap(([keyword, value]: [string, unknown]): readonly Schema[] => {
    const kind = keywords.get(keyword);
    if (kind === undefined || value === undefined) return [];
    if (kind !== 'map') return [value as Schema | readonly Schema[]].flat() as readonly Schema[];
    const held = Object.values(value as Readonly<Record<string, Schema | readonly string[]>>);
    return held.filter((each): each is Schema => !isNames(each));
  });
}

/** The types that a schema mentions. */
export function references(schema: Schema): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const { $ref } = schema;
  return [...($ref === undefined ? [] : [$ref]), ...partsOf(schema).flatMap(references)];
}

function isNames(value: Schema | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}

/** Keywords that describe and decide nothing. */
export const annotationKeywords = ['title', 'description', 'deprecated', 'default', 'examples'] as const;

/** A schema without what only describes it; what is inside it stays as it is. */
export function undescribed({
  title: _,
  description: __,
  deprecated: ___,
  default: ____,
  examples: _____,
  ...rest
}: SchemaObject): Omit<SchemaObject, (typeof annotationKeywords)[number]> {
  return rest;
}
