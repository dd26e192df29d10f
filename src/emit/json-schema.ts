import type { PayloadType, Schema, SchemaObject } from '../model/catalog.js';
import { inside, references, undescribed } from '../model/subschemas.js';
import { formatFunctions } from './formats.js';

/**
 * The schemas that some types are checked by, those they refer to included, by name: JSON Schema with nothing but what
 * decides whether a value is accepted. What is nested in a type is put back in its place.
 */
export function definitions(
  roots: readonly string[],
  types: ReadonlyMap<string, PayloadType>,
): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  const pending = [...roots];
  while (pending.length > 0) {
    const name = pending.pop() as string;
    if (found.has(name)) continue;
    const whole = restored(typeOf(name).schema);
    found.set(name, mapped(whole, decisive));
    pending.push(...references(whole));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));

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
  return typeof changed === 'boolean' ? changed : inside(changed, (part) => mapped(part, change));
}

/** Drops what only describes. */
function decisive(schema: SchemaObject): Schema {
  const { open, format, enum: known, ...rest } = undescribed(schema);
  return {
    ...rest,
    ...(known !== undefined && !open && { enum: known }),
    ...(format !== undefined && formatFunctions.has(format) && { format }),
  };
}
