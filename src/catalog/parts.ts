import type { Schema, SchemaObject } from './model.js';

/** Applies a change to the schemas right inside a schema. */
export function inside(schema: SchemaObject, change: (part: Schema) => Schema): SchemaObject {
  const changed = (value: Schema | readonly string[]) => (isNames(value) ? value : change(value));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      if (mapKeywords.has(keyword)) {
        const entries = Object.entries(value as Readonly<Record<string, Schema | readonly string[]>>);
        return [keyword, Object.fromEntries(entries.map(([name, each]) => [name, changed(each)]))];
      }
      if (!schemaKeywords.has(keyword)) return [keyword, value];
      return [keyword, Array.isArray(value) ? value.map(change) : change(value as Schema)];
    }),
  );
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

/** Keywords that hold schemas by name. */
export const mapKeywords: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependencies']);

/** Keywords that hold a schema or a list of them. */
export const schemaKeywords: ReadonlySet<string> = new Set(
  'items additionalItems contains additionalProperties propertyNames allOf anyOf oneOf not if then else'.split(
    ' ',
  ),
);
