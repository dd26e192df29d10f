import { copyTree, setMemberSpot, spotOf, type Spot, type Origins } from './origins.js';
import { isObject, sameTree, type Tree, type TreeObject } from './tree.js';

/** What changing a document needs: where values came from, and a count of what is copied that throws at its limit. */
export interface Merging {
  readonly origins: Origins;
  readonly spend: (depth: number) => void;
}

/**
 * Merges an update into an object: objects recursively; any other value, arrays among them, replaces what is there.
 *
 * @returns how many members were added or replaced; one that is the same already is left where it was written.
 */
export function mergeObject(target: TreeObject, update: TreeObject, merging: Merging): number {
  let changes = 0;
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(present) && isObject(value)) {
      changes += mergeObject(present, value, merging);
    } else {
      changes += setMember(target, key, value, spotOf(merging.origins, update, key), merging);
    }
  }
  return changes;
}

/** Puts a copy of a value under a key, unless the same is there already. */
export function setMember(
  target: Tree[] | TreeObject,
  key: string | number,
  value: Tree,
  spot: Spot | undefined,
  { origins, spend }: Merging,
): number {
  const node = target as TreeObject;
  const present = Object.hasOwn(target, key) ? node[key] : undefined;
  if (sameTree(present, value)) return 0;
  node[key] = copyTree(value, origins, spend);
  setMemberSpot(origins, target, key, spot);
  return 1;
}

/** Removes members and items; the items that stay close up. */
export function removeMembers(
  target: Tree[] | TreeObject,
  keys: ReadonlySet<string | number>,
  origins: Origins,
): number {
  if (!Array.isArray(target)) {
    for (const key of keys) {
      delete target[key];
      setMemberSpot(origins, target, key, undefined);
    }
    return keys.size;
  }
  let end = 0;
  for (const [index, item] of target.entries()) {
    if (keys.has(index)) continue;
    target[end] = item;
    setMemberSpot(origins, target, end, spotOf(origins, target, index));
    end += 1;
  }
  target.length = end;
  return keys.size;
}
