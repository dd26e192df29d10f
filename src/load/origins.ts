import type { Places } from '../catalog/document.js';
import { placeAt, type Source } from '../diagnostics/source.js';
import { isBranch, newObject, type Tree, type TreeObject } from './tree.js';

/** Where a value starts. Kept as an offset; line, column and frame are worked out for the few that are reported. */
export interface Spot {
  readonly source: Source;
  readonly offset: number;
}

/** Where a member is: its value, and its key where it has one of its own. */
export interface MemberSpot extends Spot {
  readonly keyOffset?: number;
}

interface Origin extends Spot {
  /** The spots of what is under its keys; for an array, index by index. */
  readonly members: Map<string, MemberSpot> | (MemberSpot | undefined)[];
}

/** Where the objects and arrays of the documents were written, by identity: merging and moving them changes nothing. */
export type Origins = WeakMap<object, Origin>;

/** Remembers where a node starts; its members follow through `setMemberSpot`. */
export function setSpot(origins: Origins, node: Tree[] | TreeObject, spot: Spot): void {
  origins.set(node, { ...spot, members: Array.isArray(node) ? [] : new Map<string, MemberSpot>() });
}

export function setMemberSpot(
  origins: Origins,
  node: Tree[] | TreeObject,
  key: string | number,
  spot: MemberSpot | undefined,
): void {
  const members = origins.get(node)?.members;
  if (Array.isArray(members)) members[Number(key)] = spot;
  else if (spot) members?.set(String(key), spot);
  else members?.delete(String(key));
}

/** Where a node, or the value under one of its keys, starts; undefined for what no file holds. */
export function spotOf(origins: Origins, node: object, key?: string | number): MemberSpot | undefined {
  const origin = origins.get(node);
  if (key === undefined || !origin) return origin;
  return Array.isArray(origin.members) ? origin.members[Number(key)] : origin.members.get(String(key));
}

/** Where the key of a member is written; where it has none, its value. */
export function keySpotOf(origins: Origins, node: object, key: string): Spot | undefined {
  const spot = spotOf(origins, node, key);
  return spot && { source: spot.source, offset: spot.keyOffset ?? spot.offset };
}

/**
 * A copy that shares nothing with the original and says it was written in the same place.
 *
 * @param spend called once per value; throws when copying has to stop. Depth counts from 1 at the value itself.
 */
export function copyTree(value: Tree, origins: Origins, spend: (depth: number) => void, depth = 1): Tree {
  spend(depth);
  if (!isBranch(value)) return value;
  const copy: Tree[] | TreeObject = Array.isArray(value) ? [] : newObject();
  const origin = origins.get(value);
  if (origin) setSpot(origins, copy, origin);
  for (const [key, member] of Object.entries(value)) {
    (copy as TreeObject)[key] = copyTree(member, origins, spend, depth + 1);
    setMemberSpot(origins, copy, key, spotOf(origins, value, key));
  }
  return copy;
}

export function placesOf(origins: Origins): Places {
  return {
    of(node, key) {
      const spot = spotOf(origins, node, key);
      return spot && placeAt(spot.source, spot.offset);
    },
  };
}
