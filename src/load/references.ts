import { isBranch, isObject, type Tree, type TreeObject } from './tree.js';

/** An object with a `$ref` that tools follow, or a value that is data: an example holds no references, whatever it looks like. */
export type Found =
  | { readonly kind: 'reference'; readonly holder: TreeObject }
  | { readonly kind: 'data'; readonly value: Tree[] | TreeObject };

/** Keys whose value is data. */
const dataKeys = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Keys whose value has names for keys, of the author's choice: `$ref` and `example` are names like any other there. */
const nameKeys = new Set([
  ...['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'],
  ...[
    'channels',
    'messages',
    'operations',
    'parameters',
    'schemas',
    'securitySchemes',
    'servers',
    'serverVariables',
  ],
  ...['variables', 'correlationIds', 'replies', 'replyAddresses', 'messageTraits', 'operationTraits'],
  ...['channelBindings', 'messageBindings', 'operationBindings', 'serverBindings'],
]);

/**
 * All references at and under a node, in the order of the document, leaving out what `visited` has already and adding to it.
 */
export function* references(node: Tree, visited: Set<object>): Generator<Found> {
  const pending: { readonly value: Tree; readonly names: boolean }[] = [{ value: node, names: false }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, names } = next;
    if (!isBranch(value) || visited.has(value)) continue;
    visited.add(value);
    if (isObject(value) && Object.hasOwn(value, '$ref')) {
      if (!names || typeof value['$ref'] === 'string') yield { kind: 'reference', holder: value };
    }
    const members = Object.entries(value).reverse();
    for (const [key, member] of members) {
      if (!isBranch(member)) continue;
      const named = !names && !Array.isArray(value);
      if (named && dataKeys.has(key)) yield { kind: 'data', value: member };
      else pending.push({ value: member, names: named && nameKeys.has(key) && isObject(member) });
    }
  }
}

/** Every object with a text under `$ref` in a piece of data, leaving out what `visited` has already. */
export function* lookalikes(data: Tree, visited: Set<object>): Generator<TreeObject> {
  const pending: Tree[] = [data];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (!isBranch(value) || visited.has(value)) continue;
    visited.add(value);
    if (isObject(value) && typeof value['$ref'] === 'string') yield value;
    for (const member of Object.values(value)) pending.push(member);
  }
}
