import type { Json, JsonObject } from '../../src/model/json.js';
import { isObject } from './payload-schema.js';

/** A schema and where it stands: the keys that lead to it from the schema one started from. */
export interface Subschema {
  readonly path: readonly string[];
  readonly schema: JsonObject;
}

/** A schema and all schemas written inside it. What it refers to is not followed. */
export function subschemas(schema: Json | undefined, path: readonly string[] = []): readonly Subschema[] {
  if (!isObject(schema)) return [];
  const single = ['items', 'additionalProperties'].map((key) => subschemas(schema[key], [...path, key]));
  const mapped = ['properties', 'patternProperties'].flatMap((key) =>
    Object.entries((schema[key] ?? {}) as JsonObject).map(([name, each]) =>
      subschemas(each, [...path, key, name]),
    ),
  );
  const listed = ['oneOf', 'anyOf', 'allOf'].flatMap((key) =>
    ((schema[key] ?? []) as readonly Json[]).map((each, index) =>
      subschemas(each, [...path, key, String(index)]),
    ),
  );
  return [{ path, schema }, ...[...single, ...mapped, ...listed].flat()];
}
