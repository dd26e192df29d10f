import type { SchemaObject, SimpleType } from '../model/catalog.js';
import { annotationKeywords } from '../model/subschemas.js';

/**
 * A schema, or null: what OpenAPI's `nullable: true` means wherever it stands. Where the schema is a type or an enum, null is
 * one more of them; anything else becomes one of two branches.
 */
export function orNull(schema: SchemaObject): SchemaObject {
  const { type, enum: values } = schema;
  if (wholes.some((key) => Object.hasOwn(schema, key))) return branches(schema);
  return {
    ...schema,
    ...(type !== undefined && { type: [...new Set<SimpleType>([...[type].flat(), 'null'])] }),
    ...(values && { enum: [...new Set([...values, null])] }),
  };
}

/** Keywords that may refuse null whatever the type says. */
const wholes = ['$ref', 'const', 'allOf', 'anyOf', 'oneOf', 'not', 'if'] as const;

function branches(schema: SchemaObject): SchemaObject {
  const annotations: Record<string, unknown> = {};
  const rest: Record<string, unknown> = { ...schema };
  for (const key of annotationKeywords) {
    if (rest[key] !== undefined) annotations[key] = rest[key];
    delete rest[key];
  }
  return { ...annotations, anyOf: [rest, { type: 'null' }] };
}
