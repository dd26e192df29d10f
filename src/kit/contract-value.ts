import type { Json, JsonObject } from '../model/json.js';

/** Says what is wrong with the value of a key. */
export type Broken = (key: string, how: string) => Error;

export function objectAt(value: Json | undefined, key: string, broken: Broken): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(key, 'is not an object');
  return value as JsonObject;
}

export function listAt(value: Json | undefined, key: string, broken: Broken): readonly Json[] {
  if (!Array.isArray(value)) throw broken(key, 'is not a list');
  return value as readonly Json[];
}

export function textAt(value: Json | undefined, key: string, broken: Broken): string {
  if (typeof value !== 'string') throw broken(key, 'is not a string');
  return value;
}

export function textsAt(value: Json | undefined, key: string, broken: Broken): readonly string[] {
  return listAt(value, key, broken).map((each, index) => textAt(each, `${key}[${index}]`, broken));
}
