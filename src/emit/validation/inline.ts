import type { Schema } from '../../model/catalog.js';
import { inside, references } from '../../model/subschemas.js';

/**
 * Puts what one schema alone refers to in its place, where it refers to nothing itself: a call less for a delivery. What
 * refers to others stays, however often it is used: a chain of references is as deep as it is long.
 *
 * @param roots those that have to stay
 */
export function inlineLeaves(
  definitions: ReadonlyMap<string, Schema>,
  roots: readonly string[],
): ReadonlyMap<string, Schema> {
  const uses = new Map<string, number>();
  const leaves = new Map<string, Schema>();
  for (const [name, schema] of definitions) {
    const own = references(schema);
    for (const each of own) uses.set(each, (uses.get(each) ?? 0) + 1);
    if (own.length === 0 && !roots.includes(name)) leaves.set(name, schema);
  }
  for (const name of [...leaves.keys()]) if (uses.get(name) !== 1) leaves.delete(name);
  const kept = [...definitions].filter(([name]) => !leaves.has(name));
  return new Map(kept.map(([name, schema]) => [name, inlined(schema)]));

  function inlined(schema: Schema): Schema {
    if (typeof schema === 'boolean') return schema;
    const { $ref, ...beside } = schema;
    const leaf = $ref === undefined ? undefined : leaves.get($ref);
    if (leaf === undefined) return inside(schema, inlined);
    if (Object.keys(beside).length === 0) return leaf;
    const { allOf = [], ...rest } = inside(beside, inlined);
    return { ...rest, allOf: [leaf, ...allOf] };
  }
}
