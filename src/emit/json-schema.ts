import type { PayloadType, Schema, SchemaObject } from '../catalog/model.js';
import { formatFunctions } from './formats.js';
import { discriminated } from './discriminated.js';
import { gathered } from './members.js';
import { references } from './references.js';

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * The definitions that validators of some types are compiled from: JSON Schema with nothing but what decides whether a
 * value is accepted. What is nested in a type is put back in its place.
 */
export function definitions(
  roots: readonly string[],
  types: ReadonlyMap<string, PayloadType>,
): Record<string, JsonSchema> {
  const found = new Map<string, Schema>();
  const pending = [...roots];
  while (pending.length > 0) {
    const name = pending.pop() as string;
    if (found.has(name)) continue;
    const whole = restored(typeOf(name).schema);
    found.set(name, plain(whole));
    pending.push(...references(whole));
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const target = ({ $ref = '' }: SchemaObject) => found.get($ref.replace(definition, ''));
  const compiled = (schema: Schema) => mapped(schema, (part) => gathered(discriminated(part, target)));
  return Object.fromEntries(sorted.map(([name, schema]) => [name, compiled(schema) as JsonSchema]));

  function typeOf(name: string): PayloadType {
    return types.get(name) as PayloadType;
  }

  function restored(schema: Schema): Schema {
    return mapped(schema, (part) => {
      const type = part.$ref === undefined ? undefined : typeOf(part.$ref);
      return type?.nested ? type.schema : part;
    });
  }
}

/** Applies a change to every schema inside a schema, each before the ones inside what it became. */
function mapped(schema: Schema, change: (part: SchemaObject) => Schema): Schema {
  const changed = typeof schema === 'boolean' ? schema : change(schema);
  if (typeof changed === 'boolean') return changed;
  const inside = (value: Schema | readonly string[]) => (isNames(value) ? value : mapped(value, change));
  return Object.fromEntries(
    Object.entries(changed).map(([keyword, value]: [string, unknown]) => {
      if (mapKeywords.has(keyword)) {
        return [
          keyword,
          Object.fromEntries(
            Object.entries(value as object).map(([name, each]) => [name, inside(each as Schema)]),
          ),
        ];
      }
      if (!schemaKeywords.has(keyword)) return [keyword, value];
      return [
        keyword,
        Array.isArray(value)
          ? value.map((each: Schema) => mapped(each, change))
          : mapped(value as Schema, change),
      ];
    }),
  );
}

function isNames(value: Schema | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}

const mapKeywords: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependencies']);
const schemaKeywords: ReadonlySet<string> = new Set(
  'items additionalItems contains additionalProperties propertyNames allOf anyOf oneOf not if then else'.split(
    ' ',
  ),
);

const definition = '#/definitions/';

/** Drops what only describes, and turns names into references that ajv resolves. */
function plain(schema: Schema): Schema {
  return mapped(schema, ({ title, description, deprecated, open, $ref, format, enum: known, ...rest }) => ({
    ...rest,
    ...(known !== undefined && !open && { enum: known }),
    ...($ref !== undefined && { $ref: definition + $ref }),
    ...(format !== undefined && formatFunctions.has(format) && { format }),
  }));
}
