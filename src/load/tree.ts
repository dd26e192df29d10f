/** A document while it is being loaded: plain data that overlays and references still change. Objects have a null prototype. */
export type Tree = null | boolean | number | string | Tree[] | TreeObject;
export interface TreeObject {
  [key: string]: Tree;
}

export function newObject(): TreeObject {
  return Object.create(null) as TreeObject;
}

export function isObject(value: Tree | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isBranch(value: Tree | undefined): value is Tree[] | TreeObject {
  return typeof value === 'object' && value !== null;
}

/** The value of an own member or item; undefined where there is none. */
export function memberOf(node: Tree | undefined, key: string | number): Tree | undefined {
  if (!isBranch(node) || !Object.hasOwn(node, key) || (Array.isArray(node) && key === 'length'))
    return undefined;
  return (node as TreeObject)[key];
}

/** Sameness as JSON sees it: the order of members does not count. */
export function sameTree(left: Tree | undefined, right: Tree | undefined): boolean {
  if (left === right) return true;
  if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => sameTree(memberOf(left, key), memberOf(right, key)));
}
