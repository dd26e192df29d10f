import type { Places } from '../model/document.js';
import type { Position } from '../diagnostics/place.js';
import { placeAt, positionAt, type Source } from '../diagnostics/source.js';
import { isBranch, newObject, type Tree, type TreeObject } from './tree.js';

/** Where a value starts. Kept as an offset; line, column and frame are worked out for the few that are reported. */
export interface Spot {
  readonly source: Source;
  readonly offset: number;
}

interface Origin extends Spot {
  /** Where the values under its keys start: an offset in the same source, or a spot elsewhere for what was merged in. */
  readonly members: Map<string, number | Spot> | (number | Spot | undefined)[];
}

/**
 * Where the objects and arrays of the documents were written, by identity: merging and moving them changes nothing. A plain
 * `Map`, because hundreds of thousands of entries in a `WeakMap` keep the garbage collector busy; it lives as long as they do.
 */
export type Origins = Map<object, Origin>;

/** Remembers where a node starts; its members follow through `setMemberSpot`. */
export function setSpot(origins: Origins, node: Tree[] | TreeObject, { source, offset }: Spot): void {
  const members = Array.isArray(node) ? [] : new Map<string, number | Spot>();
  origins.set(node, { source, offset, members });
}

/** Remembers where the value under a key starts: as an offset where it is in the source of the node. */
export function setMemberSpot(
  origins: Origins,
  node: Tree[] | TreeObject,
  key: string | number,
  spot: Spot | number | undefined,
): void {
  const members = origins.get(node)?.members;
  if (Array.isArray(members)) members[Number(key)] = spot;
  else if (spot === undefined) members?.delete(String(key));
  else members?.set(String(key), spot);
}

/** Where a node, or the value under one of its keys, starts; undefined for what no file holds. */
export function spotOf(origins: Origins, node: object, key?: string | number): Spot | undefined {
  const origin = origins.get(node);
  if (key === undefined || !origin) return origin;
  const { members } = origin;
  const spot = Array.isArray(members) ? members[Number(key)] : members.get(String(key));
  return typeof spot === 'number' ? { source: origin.source, offset: spot } : spot;
}

/** Where the key of a member is written; its value, where the key is escaped beyond recognition. */
export function keySpotOf(origins: Origins, node: object, key: string): Spot | undefined {
  const spot = spotOf(origins, node, key);
  const offset = spot?.source.text.lastIndexOf(key, spot.offset - 1) ?? -1;
  return spot && offset >= 0 ? { source: spot.source, offset } : spot;
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

export function positionOf({ source, offset }: Spot): Position {
  return positionAt(source, offset);
}

export function placesOf(origins: Origins): Places {
  const place = (spot: Spot | undefined) => spot && placeAt(spot.source, spot.offset);
  return {
    of: (node, key) => place(spotOf(origins, node, key)),
    ofKey: (node, key) => place(keySpotOf(origins, node, key)),
  };
}
