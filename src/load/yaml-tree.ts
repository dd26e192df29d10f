import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Report } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Source } from '../diagnostics/source.js';
import { limits } from './limits.js';
import { addMember } from './member.js';
import { checkedNumber } from './number.js';
import {
  copyTree,
  setMemberOffset,
  setOffset,
  offsetOf,
  type Offsets,
  type SourceOffset,
} from './offsets.js';
import { rejected } from './rejection.js';
import { isObject, newObject, type Tree, type TreeObject } from './tree.js';

/** The value of an anchor, once it is complete: an alias inside its own anchor would have no end. */
type Anchored = { readonly value: Tree } | 'open';

/**
 * Turns composed YAML into plain data. An alias becomes a copy, so that a change in one place stays in one place.
 *
 * @param contents at most some 256 levels deep: this calls itself for every one
 * @throws Rejected for what JSON cannot hold, and when aliases repeat more than `limits.repeatedNodes` values.
 */
export function plainTree(
  contents: ParsedNode | null,
  source: Source,
  offsets: Offsets,
  report: Report,
): Tree {
  const anchors = new Map<string, Anchored>();
  let nodes = 0;
  let repeated = 0;

  const startOfNode = (node: { readonly range?: readonly number[] | null } | null): SourceOffset => ({
    source,
    offset: node?.range?.[0] ?? 0,
  });

  function read(node: ParsedNode | null, depth: number): Tree {
    const start = startOfNode(node);
    nodes += 1;
    if (nodes > limits.nodes) {
      throw rejected('nodes-too-many', `More than ${limits.nodes} values in one file.`, start);
    }
    if (depth > limits.depth) throw tooDeep(start);
    if (isAlias(node)) return readAlias(node.source, start, depth);
    const anchor = node?.anchor;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const value = readBare(node, start, depth);
    if (anchor !== undefined) anchors.set(anchor, { value });
    return value;
  }

  function readBare(node: ParsedNode | null, start: SourceOffset, depth: number): Tree {
    if (isMap(node)) return readMap(node, start, depth);
    if (isSeq(node)) return readSeq(node, start, depth);
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'number')
      return checkedNumber(value, (isScalar(node) && node.source) || '', start, report);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    throw rejected('yaml-tag', 'This value is not one of the YAML 1.2 core schema.', start);
  }

  function readSeq(seq: YAMLSeq<ParsedNode>, start: SourceOffset, depth: number): Tree {
    const node: Tree[] = [];
    setOffset(offsets, node, start);
    for (const item of seq.items) {
      setMemberOffset(offsets, node, node.length, startOfNode(item).offset);
      node.push(read(item, depth + 1));
    }
    return node;
  }

  function readMap(map: YAMLMap<ParsedNode, ParsedNode | null>, start: SourceOffset, depth: number): Tree {
    const node = newObject();
    setOffset(offsets, node, start);
    let merged: { readonly value: Tree; readonly start: SourceOffset } | undefined;
    for (const pair of map.items) {
      const keyStart = startOfNode(pair.key);
      const key = keyText(pair.key, keyStart);
      const valueStart = pair.value ? startOfNode(pair.value) : keyStart;
      if (isMergeKey(pair.key)) {
        if (merged) throw rejected('key-duplicate', 'The key `<<` is already in this object.', keyStart);
        merged = { value: read(pair.value, depth + 1), start: valueStart };
        continue;
      }
      addMember(node, key, keyStart, () => read(pair.value, depth + 1));
      setMemberOffset(offsets, node, key, valueStart.offset);
    }
    if (merged) merge(node, merged.value, merged.start, depth);
    return node;
  }

  /** Adds what a merge key brings: own members first, then the first of several. */
  function merge(node: TreeObject, value: Tree, start: SourceOffset, depth: number): void {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!isObject(each))
        throw rejected('yaml-merge', 'A merge key takes an object or a list of objects.', start);
      for (const [key, member] of Object.entries(each)) {
        if (Object.hasOwn(node, key)) continue;
        node[key] = copy(member, start, depth + 1);
        setMemberOffset(offsets, node, key, offsetOf(offsets, each, key));
      }
    }
  }

  function readAlias(name: string, start: SourceOffset, depth: number): Tree {
    const anchored = anchors.get(name);
    const shown = source.quotable ? ` \`${printable(name.slice(0, 80))}\`` : '';
    if (anchored === undefined)
      throw rejected('yaml-alias-unknown', `No anchor${shown} before this alias.`, start);
    if (anchored === 'open')
      throw rejected('yaml-alias-cycle', `The anchor${shown} contains this alias.`, start);
    return copy(anchored.value, start, depth);
  }

  function copy(value: Tree, start: SourceOffset, depth: number): Tree {
    return copyTree(value, offsets, (below) => {
      repeated += 1;
      if (repeated > limits.repeatedNodes) {
        throw rejected(
          'yaml-alias-expansion',
          `Aliases repeat more than ${limits.repeatedNodes} values.`,
          start,
        );
      }
      if (depth + below - 1 > limits.depth) throw tooDeep(start);
    });
  }

  function keyText(key: ParsedNode | null, start: SourceOffset): string {
    if (isScalar(key) && typeof key.value === 'string') return key.value;
    if (isScalar(key) && key.source) return key.source;
    throw rejected('yaml-key', 'A key in a document is text.', start);
  }

  return read(contents, 1);
}

function isMergeKey(key: ParsedNode | null): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function tooDeep(start: SourceOffset): Error {
  return rejected('nesting-too-deep', `Nested deeper than ${limits.depth} levels.`, start);
}
