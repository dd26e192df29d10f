import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Json, JsonObject } from '../../src/model/json.js';

/** The reference to the payload schema of an event: `#/components/schemas/…`. */
export function payloadOf(document: JsonObject, event: string): string {
  const message = follow(document, at(document, 'channels', `/${event}`, 'publish', 'message'));
  return at(message, 'payload', '$ref') as string;
}

/**
 * A validator by ajv itself, independent of what is generated. Open enums check their type alone; `x-` keywords mean
 * nothing to ajv.
 */
export function validator(document: JsonObject, reference: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, ownProperties: true });
  formats.default(ajv);
  ajv.addSchema(opened(document) as JsonObject, 'document');
  return ajv.compile({ $ref: `document${reference}` });
}

/** The value at a path of member names; an error where there is none. */
export function at(value: Json, ...path: readonly string[]): Json {
  return path.reduce((inside, key) => {
    const found = isObject(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined;
    if (found === undefined) throw new Error(`no ${key} of ${path.join(' ')}`);
    return found;
  }, value);
}

/** What a `$ref` refers to, or the value itself. */
export function follow(document: JsonObject, value: Json): Json {
  if (!isObject(value) || typeof value['$ref'] !== 'string') return value;
  return follow(document, at(document, ...value['$ref'].slice(2).split('/')));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function opened(value: Json): Json {
  if (Array.isArray(value)) return value.map(opened);
  if (!isObject(value)) return value;
  const open = value['x-open-enum'] === true;
  const kept = Object.entries(value).filter(([key]) => !(open && key === 'enum'));
  return Object.fromEntries(kept.map(([key, inside]) => [key, opened(inside)]));
}
