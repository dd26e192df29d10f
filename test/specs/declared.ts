import type { Json, JsonObject } from '../../src/model/json.js';
import { follow, isObject } from './payload-schema.js';

/** One value inside a payload. */
export interface Field {
  /** Member names and indexes from the root. */
  readonly path: readonly string[];
  readonly value: Json;
  /** Whether the schema says anything about the member; items of arrays go with their array. */
  readonly declared: boolean;
  /** Whether the schema says of what type it is; a field that may be anything cannot be of a wrong type. */
  readonly typed: boolean;
}

/** Every member of a payload, and every member of those that is an object, with the schema read beside it. */
export function fieldsOf(document: JsonObject, schema: Json, payload: Json): readonly Field[] {
  return walk(payload, [schema], []);

  function walk(value: Json, schemas: readonly Json[], path: readonly string[]): Field[] {
    const known = schemas.flatMap((each) => alternatives(document, each));
    if (Array.isArray(value)) {
      const items = known.flatMap((each) => each['items'] ?? []);
      return value.flatMap((item: Json, index) => walk(item, items, [...path, String(index)]));
    }
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inside]) => {
      const found = known.flatMap((each) => member(each, key));
      const here = [...path, key];
      const typed = found.flatMap((each) => alternatives(document, each)).some((each) => 'type' in each);
      return [{ path: here, value: inside, declared: found.length > 0, typed }, ...walk(inside, found, here)];
    });
  }
}

function alternatives(document: JsonObject, schema: Json): JsonObject[] {
  const followed = follow(document, schema);
  if (!isObject(followed)) return [];
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => (followed[key] ?? []) as Json[]);
  return [followed, ...branches.flatMap((each) => alternatives(document, each))];
}

function member(schema: JsonObject, key: string): Json[] {
  const properties = schema['properties'];
  if (isObject(properties) && Object.hasOwn(properties, key)) return [properties[key] as Json];
  const patterns = schema['patternProperties'];
  const matching = isObject(patterns)
    ? Object.entries(patterns).filter(([pattern]) => new RegExp(pattern, 'u').test(key))
    : [];
  if (matching.length > 0) return matching.map(([, each]) => each);
  return isObject(schema['additionalProperties']) ? [schema['additionalProperties']] : [];
}
