import type { Schema } from '../model/catalog.js';
import { partsOf, references } from '../model/subschemas.js';
import type { IndexedContract } from './indexed-contract.js';

/**
 * The types that decide what is refused: those that stand under `not` or `if`, or in a `oneOf` whose branches overlap. A value
 * that becomes one of them may be refused for it.
 */
export function guardedIn({ types, isExclusive }: IndexedContract): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { schema } of types.values()) look(schema);
  for (const name of found) for (const each of references(types.get(name)?.schema ?? true)) found.add(each);
  return found;

  function look(schema: Schema): void {
    if (typeof schema === 'boolean') return;
    const { not, if: condition, oneOf } = schema;
    const overlapping = oneOf !== undefined && !isExclusive(oneOf) ? oneOf : [];
    for (const each of [not ?? true, condition ?? true, ...overlapping])
      for (const name of references(each)) found.add(name);
    partsOf(schema).forEach(look);
  }
}
