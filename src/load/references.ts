import { isBranch, isObject, type Tree, type TreeObject } from './tree.js';

/** An object with a `$ref` that tools follow, or a value that is data: an example holds no references, whatever it looks like. */
export type Found =
  | { readonly kind: 'reference'; readonly holder: TreeObject }
  /** A reference to a file of text under a key, whose value has to be the text itself. */
  | { readonly kind: 'text'; readonly holder: TreeObject; readonly key: string }
  | { readonly kind: 'data'; readonly value: Tree[] | TreeObject; readonly extension: boolean };

/** Keys whose value is data. */
const dataKeys = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Keys whose value is text. */
const textKeys = new Set(['description', 'summary', 'title']);

/** The extensions that are read here, and may hold references. What any other extension holds is data. */
const ownExtensions = new Set(['x-event', 'x-signature']);

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
  const pending: { readonly value: Tree; readonly names: boolean; readonly key?: string }[] = [
    { value: node, names: false },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, names, key: textKey } = next;
    if (!isBranch(value) || visited.has(value)) continue;
    visited.add(value);
    if (textKey !== undefined && isReferenceToText(value)) {
      yield { kind: 'text', holder: value, key: textKey };
      continue;
    }
    if (isObject(value) && Object.hasOwn(value, '$ref')) {
      if (!names || typeof value['$ref'] === 'string') yield { kind: 'reference', holder: value };
    }
    const members = Object.entries(value).reverse();
    for (const [key, member] of members) {
      if (!isBranch(member)) continue;
      const named = !names && !Array.isArray(value);
      const extension = key.startsWith('x-') && !ownExtensions.has(key);
      if (named && (extension || dataKeys.has(key))) yield { kind: 'data', value: member, extension };
      else if (named && textKeys.has(key)) pending.push({ value: member, names: false, key });
      else pending.push({ value: member, names: named && nameKeys.has(key) && isObject(member) });
    }
  }
}

/** Whether a value is a reference to a file that is no document: a Markdown file, say. */
function isReferenceToText(value: Tree[] | TreeObject): value is TreeObject {
  const ref = isObject(value) ? value['$ref'] : undefined;
  return typeof ref === 'string' && /^[^#]/.test(ref) && !/\.(?:json|ya?ml)(?:#|$)/i.test(ref);
}

/** Every object with a `$ref` in a piece of data, leaving out what `visited` has already. */
export function* lookalikes(data: Tree, visited: Set<object>): Generator<TreeObject> {
  const pending: Tree[] = [data];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (!isBranch(value) || visited.has(value)) continue;
    visited.add(value);
    if (isObject(value) && Object.hasOwn(value, '$ref')) yield value;
    for (const member of Object.values(value).reverse()) pending.push(member);
  }
}
