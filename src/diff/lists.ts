import type { Schema, SchemaObject } from '../model/catalog.js';
import type { Comparison, Manner } from './comparison.js';
import type { RuleId } from '../model/change-rules.js';
import { below, type Placed, type IndexedContract } from './indexed-contract.js';

/** Compares lists: their items, their length. */
export function compareLists(
  old: readonly Placed<SchemaObject>[],
  next: readonly Placed<SchemaObject>[],
  manner: Manner,
  comparison: Comparison,
  report: (rule: RuleId, message: string) => void,
): void {
  const [[before, ...others], [after, ...more]] = [old, next];
  if (before === undefined || after === undefined) return;
  if (others.length + more.length > 0) {
    if (textOf(old, comparison.base) !== textOf(next, comparison.head))
      report('schema-changed', `The lists that ${after.at.shown} may be have changed.`);
    return;
  }
  const [was, is] = [before.schema, after.schema];
  const changed = limits.filter(
    (key) => comparison.base.text({ [key]: was[key] }) !== comparison.head.text({ [key]: is[key] }),
  );
  if (changed.length > 0)
    report('constraint-changed', `Of the list ${after.at.shown}, ${changed.join(' and ')} has changed.`);
  if (isTuple(was.items) || isTuple(is.items)) {
    if (formOf(was, comparison.base) !== formOf(is, comparison.head))
      report('schema-changed', `The list ${after.at.shown} has its items in other places.`);
    return;
  }
  comparison.schemas(
    { schema: was.items ?? true, at: below(before.at, '[]', 'items') },
    { schema: is.items ?? true, at: below(after.at, '[]', 'items') },
    { ...manner, variant: false },
  );
}

const limits = ['minItems', 'maxItems', 'uniqueItems', 'contains'] as const;

function isTuple(items: SchemaObject['items']): items is readonly Schema[] {
  return Array.isArray(items);
}

function formOf({ items, additionalItems }: SchemaObject, { text }: IndexedContract): string {
  return text({ items, additionalItems });
}

function textOf(lists: readonly Placed<SchemaObject>[], { text }: IndexedContract): string {
  return lists
    .map(({ schema: { items, additionalItems, contains, minItems, maxItems, uniqueItems } }) =>
      text({ type: 'array', items, additionalItems, contains, minItems, maxItems, uniqueItems }),
    )
    .sort()
    .join();
}
