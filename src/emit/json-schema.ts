import type { Catalog, PayloadType, Schema, SchemaObject } from '../model/catalog.js';
import { inside, references, undescribed } from '../model/subschemas.js';
import { formatFunctions } from './formats.js';

/** What the payloads of one module are checked by. */
export interface ModuleSchemas {
  readonly module: string;
  /** The types that events name as their payloads. */
  readonly roots: readonly string[];
  /** Their schemas by name, and those that these refer to. */
  readonly definitions: ReadonlyMap<string, Schema>;
}

/** The schemas of every module that has a payload: what `schemas/` and `validators/` are made from. */
export function schemasByModule({ types }: Catalog): readonly ModuleSchemas[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  const payloads = types.filter(({ root }) => root);
  return [...new Set(payloads.map(({ module }) => module))].sort().map((module) => {
    const roots = payloads.filter((type) => type.module === module).map(({ name }) => name);
    return { module, roots, definitions: definitions(roots, byName) };
  });
}

/**
 * The schemas that some types are checked by, those they refer to included, by name: JSON Schema with nothing but what
 * decides whether a value is accepted. What is nested in a type is put back in its place, as far as a reader follows and
 * compilers go.
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
    const whole = restored(typeOf(name).schema, 0);
    found.set(name, mapped(whole, decisive));
    pending.push(...references(whole));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));

  function typeOf(name: string): PayloadType {
    return types.get(name) as PayloadType;
  }

  /** @param depth how many nested types a schema stands in */
  function restored(schema: Schema, depth: number): Schema {
    if (typeof schema === 'boolean') return schema;
    const type = schema.$ref === undefined ? undefined : typeOf(schema.$ref);
    if (type?.nested !== true) return inside(schema, (part) => restored(part, depth));
    return depth < maxNesting ? restored(type.schema, depth + 1) : schema;
  }
}

/** Nested types inside each other. TypeScript gives up on objects that are some dozens deep. */
const maxNesting = 16;

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
