import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/model/json.js';
import { follow, isObject } from '../specs/payload-schema.js';

/**
 * Instances built from a schema's own properties: any subset of them, with values of the declared types, formats and
 * enums, and now and then a value that is none of these. Most satisfy the schema; ask a validator which.
 */
export function instances(document: JsonObject, schema: Json): fc.Arbitrary<Json> {
  const declared = values(document, follow(document, schema));
  return fc.oneof({ weight: 30, arbitrary: declared }, { weight: 1, arbitrary: anything });
}

const anything = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

const texts = new Map<unknown, fc.Arbitrary<string>>([
  [
    'date-time',
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  ],
  ['email', fc.emailAddress()],
  ['uri', fc.webUrl({ withFragments: true, withQueryParameters: true })],
]);

function values(document: JsonObject, schema: Json): fc.Arbitrary<Json> {
  if (!isObject(schema)) return anything;
  if ('const' in schema) return fc.constant(schema['const'] as Json);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as Json[]));
  switch (schema['type']) {
    case 'object':
      return objects(document, (schema['properties'] ?? {}) as JsonObject);
    case 'array':
      return fc.array(instances(document, schema['items'] ?? true), { maxLength: 3 });
    case 'string':
      return texts.get(schema['format']) ?? fc.string();
    case 'integer':
      return fc.maxSafeInteger();
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    default:
      return anything;
  }
}

function objects(document: JsonObject, properties: JsonObject): fc.Arbitrary<Json> {
  const members = Object.entries(properties).map(
    ([key, schema]) => [key, instances(document, schema)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}
