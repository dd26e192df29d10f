import { copyTree, setMemberOffset, offsetOf, type SourceOffset, type Offsets } from './offsets.js';
import { isObject, sameTree, type Tree, type TreeObject } from './tree.js';

/** What changing a document needs: where values came from, and a count of what is copied that throws at its limit. */
export interface Merging {
  readonly origins: Offsets;
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
      changes += setMember(target, key, value, offsetOf(merging.origins, update, key), merging);
    }
  }
  return changes;
}

/** Puts a copy of a value under a key, unless the same is there already. */
export function setMember(
  target: Tree[] | TreeObject,
  key: string | number,
  value: Tree,
  start: SourceOffset | undefined,
  { origins: offsets, spend }: Merging,
): number {
  const node = target as TreeObject;
  const present = Object.hasOwn(target, key) ? node[key] : undefined;
  if (sameTree(present, value)) return 0;
  node[key] = copyTree(value, offsets, spend);
  setMemberOffset(offsets, target, key, start);
  return 1;
}

/** Removes members and items; the items that stay close up. */
export function removeMembers(
  target: Tree[] | TreeObject,
  keys: ReadonlySet<string | number>,
  offsets: Offsets,
): number {
  if (!Array.isArray(target)) {
    for (const key of keys) {
      delete target[key];
      setMemberOffset(offsets, target, key, undefined);
    }
    return keys.size;
  }
  let end = 0;
  for (const [index, item] of target.entries()) {
    if (keys.has(index)) continue;
    target[end] = item;
    setMemberOffset(offsets, target, end, offsetOf(offsets, target, index));
    end += 1;
  }
  target.length = end;
  return keys.size;
}
