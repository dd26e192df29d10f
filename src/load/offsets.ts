import type { SourceMap } from '../model/document.js';
import type { Position } from '../diagnostics/source-location.js';
import { locationAt, positionAt, type Source } from '../diagnostics/source.js';
import { isBranch, newObject, type Tree, type TreeObject } from './tree.js';

/** Where a value starts. Kept as an offset; line, column and frame are worked out for the few that are reported. */
export interface SourceOffset {
  readonly source: Source;
  readonly offset: number;
}

interface NodeOffset extends SourceOffset {
  /** Where the values under its keys start: an offset in the same source, or an offset elsewhere for what was merged in. */
  readonly members: Map<string, number | SourceOffset> | (number | SourceOffset | undefined)[];
}

/**
 * Where the objects and arrays of the documents were written, by identity: merging and moving them changes nothing. A plain
 * `Map`, because hundreds of thousands of entries in a `WeakMap` keep the garbage collector busy; it lives as long as they do.
 */
export type Offsets = Map<object, NodeOffset>;

/** Remembers where a node starts; its members follow through `setMemberOffset`. */
export function setOffset(
  offsets: Offsets,
  node: Tree[] | TreeObject,
  { source, offset }: SourceOffset,
): void {
  const members = Array.isArray(node) ? [] : new Map<string, number | SourceOffset>();
  offsets.set(node, { source, offset, members });
}

/** Remembers where the value under a key starts: as an offset where it is in the source of the node. */
export function setMemberOffset(
  offsets: Offsets,
  node: Tree[] | TreeObject,
  key: string | number,
  start: SourceOffset | number | undefined,
): void {
  const members = offsets.get(node)?.members;
  if (Array.isArray(members)) members[Number(key)] = start;
  else if (start === undefined) members?.delete(String(key));
  else members?.set(String(key), start);
}

/** Where a node, or the value under one of its keys, starts; undefined for what no file holds. */
export function offsetOf(offsets: Offsets, node: object, key?: string | number): SourceOffset | undefined {
  const origin = offsets.get(node);
  if (key === undefined || !origin) return origin;
  const { members } = origin;
  const start = Array.isArray(members) ? members[Number(key)] : members.get(String(key));
  return typeof start === 'number' ? { source: origin.source, offset: start } : start;
}

/** Where the key of a member is written; its value, where the key is escaped beyond recognition. */
export function keyOffsetOf(offsets: Offsets, node: object, key: string): SourceOffset | undefined {
  const start = offsetOf(offsets, node, key);
  const offset = start?.source.text.lastIndexOf(key, start.offset - 1) ?? -1;
  return start && offset >= 0 ? { source: start.source, offset } : start;
}

/**
 * A copy that shares nothing with the original and says it was written in the same place.
 *
 * @param spend called once per value; throws when copying has to stop. Depth counts from 1 at the value itself.
 */
export function copyTree(value: Tree, offsets: Offsets, spend: (depth: number) => void, depth = 1): Tree {
  spend(depth);
  if (!isBranch(value)) return value;
  const copy: Tree[] | TreeObject = Array.isArray(value) ? [] : newObject();
  const origin = offsets.get(value);
  if (origin) setOffset(offsets, copy, origin);
  for (const [key, member] of Object.entries(value)) {
    (copy as TreeObject)[key] = copyTree(member, offsets, spend, depth + 1);
    setMemberOffset(offsets, copy, key, offsetOf(offsets, value, key));
  }
  return copy;
}

export function positionOf({ source, offset }: SourceOffset): Position {
  return positionAt(source, offset);
}

export function sourceMapOf(offsets: Offsets): SourceMap {
  const location = (start: SourceOffset | undefined) => start && locationAt(start.source, start.offset);
  return {
    of: (node, key) => location(offsetOf(offsets, node, key)),
    ofKey: (node, key) => location(keyOffsetOf(offsets, node, key)),
  };
}
