import type { Schema } from '../model/catalog.js';
import { inside } from '../model/subschemas.js';
import { membersOf } from '../typescript/expression.js';
import { grouped } from './grouped.js';
import { decompose, type Shape } from './decompose.js';
import { atType, type IndexedContract } from './indexed-contract.js';

/**
 * The types whose fields distinguish variants of a union: `'error' in message`. Variants of fields of variants are among them,
 * where the two types differ: reading `message.data` gives a union of these.
 */
export function variantsIn(side: IndexedContract): ReadonlySet<string> {
  const found = new Set<string>();
  const compared = new Set<string>();
  for (const { name, schema } of side.types.values()) look(schema, name);
  return found;

  function look(schema: Schema, type: string): Schema {
    if (typeof schema === 'boolean') return schema;
    if (schema.anyOf !== undefined || schema.oneOf !== undefined)
      note(decompose({ schema, at: atType(type) }, side).objects);
    inside(schema, (part) => look(part, type));
    return schema;
  }

  function note(shapes: readonly Shape[]): void {
    if (shapes.length < 2) return;
    const names = new Set(shapes.flatMap((shape) => shape.names));
    const key = [...names].sort().join();
    if (names.size === 0 || compared.has(key)) return;
    compared.add(key);
    for (const name of names) found.add(name);
    const fields = grouped(shapes.flatMap(fieldsOf), ([name]) => name);
    for (const same of fields.values()) {
      const objects = same.flatMap(([, schema]) => decompose({ schema, at: atType('') }, side).objects);
      const distinct = new Map(objects.map((shape) => [shape.name ?? shape, shape]));
      note([...distinct.values()]);
    }
  }
}

function fieldsOf({ parts }: Shape): readonly (readonly [string, Schema])[] {
  return parts.flatMap(({ schema }) => membersOf(schema));
}
