import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Catalog, Schema } from '../../src/model/catalog.js';
import { inside } from '../../src/model/subschemas.js';
import { definitions } from '../../src/emit/json-schema.js';

/** Tells whether the payload of an event is accepted, as ajv judges it. */
export function verdicts(catalog: Catalog): (event: string, value: Json) => boolean {
  const types = new Map(catalog.types.map((type) => [type.name, type]));
  const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv);
  const schemas = [...definitions([...types.keys()], types)].map(([name, each]) => [name, pointed(each)]);
  ajv.addSchema({ $id: 'kit', definitions: Object.fromEntries(schemas) as JsonObject });
  const payloads = new Map(catalog.events.map(({ name, payload }) => [name, payload]));
  return (event, value) => {
    const validate = ajv.getSchema(`kit#/definitions/${payloads.get(event)}`);
    return validate === undefined || validate(value) === true;
  };
}

/** References by the name of a type, as pointers. */
export function pointed(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema;
  const { $ref } = schema;
  return inside($ref === undefined ? schema : { ...schema, $ref: `#/definitions/${$ref}` }, pointed);
}
