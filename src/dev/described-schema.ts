import type { Catalog, Schema, SchemaObject } from '../model/catalog.js';
import { inside, references } from '../model/subschemas.js';

/**
 * JSON Schema draft-07 of an event's payload with what the documents say about it, for an editor: `LiveKit.schema` holds
 * only what decides. Self-contained.
 */
export function describedSchema({ events, types }: Catalog, event: string): object {
  const root = events.find(({ name }) => name === event)?.payload;
  if (root === undefined) return {};
  const byName = new Map(types.map(({ name, schema }) => [name, schema]));
  const definitions = new Map<string, Schema>();
  const pending = [root];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const schema = byName.get(name);
    if (schema === undefined || definitions.has(name)) continue;
    definitions.set(name, pointing(schema));
    pending.push(...references(schema));
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $ref: `#/definitions/${root}`,
    definitions: Object.fromEntries(definitions),
  };
}

/** References as JSON Schema has them, and open enums as the examples that they are. */
function pointing(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema;
  const { open, enum: known, ...rest } = inside(schema, pointing);
  const changed: SchemaObject = {
    ...rest,
    ...(rest.$ref !== undefined && { $ref: `#/definitions/${rest.$ref}` }),
    ...(known !== undefined && (open === true ? { examples: known } : { enum: known })),
  };
  return changed;
}
