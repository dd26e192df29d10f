import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Report } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Source } from '../diagnostics/source.js';
import { limits } from './limits.js';
import { addMember } from './member.js';
import { checkedNumber } from './number.js';
import { copyTree, setMemberSpot, setSpot, spotOf, type Origins, type Spot } from './origins.js';
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
  origins: Origins,
  report: Report,
): Tree {
  const anchors = new Map<string, Anchored>();
  let nodes = 0;
  let repeated = 0;

  const spotOfNode = (node: { readonly range?: readonly number[] | null } | null): Spot => ({
    source,
    offset: node?.range?.[0] ?? 0,
  });

  function read(node: ParsedNode | null, depth: number): Tree {
    const spot = spotOfNode(node);
    nodes += 1;
    if (nodes > limits.nodes) {
      throw rejected('nodes-too-many', `More than ${limits.nodes} values in one file.`, spot);
    }
    if (depth > limits.depth) throw tooDeep(spot);
    if (isAlias(node)) return readAlias(node.source, spot, depth);
    const anchor = node?.anchor;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const value = readBare(node, spot, depth);
    if (anchor !== undefined) anchors.set(anchor, { value });
    return value;
  }

  function readBare(node: ParsedNode | null, spot: Spot, depth: number): Tree {
    if (isMap(node)) return readMap(node, spot, depth);
    if (isSeq(node)) return readSeq(node, spot, depth);
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'number')
      return checkedNumber(value, (isScalar(node) && node.source) || '', spot, report);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    throw rejected('yaml-tag', 'This value is not one of the YAML 1.2 core schema.', spot);
  }

  function readSeq(seq: YAMLSeq<ParsedNode>, spot: Spot, depth: number): Tree {
    const node: Tree[] = [];
    setSpot(origins, node, spot);
    for (const item of seq.items) {
      setMemberSpot(origins, node, node.length, spotOfNode(item).offset);
      node.push(read(item, depth + 1));
    }
    return node;
  }

  function readMap(map: YAMLMap<ParsedNode, ParsedNode | null>, spot: Spot, depth: number): Tree {
    const node = newObject();
    setSpot(origins, node, spot);
    let merged: { readonly value: Tree; readonly spot: Spot } | undefined;
    for (const pair of map.items) {
      const keySpot = spotOfNode(pair.key);
      const key = keyText(pair.key, keySpot);
      const valueSpot = pair.value ? spotOfNode(pair.value) : keySpot;
      if (isMergeKey(pair.key)) {
        if (merged) throw rejected('key-duplicate', 'The key `<<` is already in this object.', keySpot);
        merged = { value: read(pair.value, depth + 1), spot: valueSpot };
        continue;
      }
      addMember(node, key, keySpot, () => read(pair.value, depth + 1));
      setMemberSpot(origins, node, key, valueSpot.offset);
    }
    if (merged) merge(node, merged.value, merged.spot, depth);
    return node;
  }

  /** Adds what a merge key brings: own members first, then the first of several. */
  function merge(node: TreeObject, value: Tree, spot: Spot, depth: number): void {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!isObject(each))
        throw rejected('yaml-merge', 'A merge key takes an object or a list of objects.', spot);
      for (const [key, member] of Object.entries(each)) {
        if (Object.hasOwn(node, key)) continue;
        node[key] = copy(member, spot, depth + 1);
        setMemberSpot(origins, node, key, spotOf(origins, each, key));
      }
    }
  }

  function readAlias(name: string, spot: Spot, depth: number): Tree {
    const anchored = anchors.get(name);
    const shown = source.quotable ? ` \`${printable(name.slice(0, 80))}\`` : '';
    if (anchored === undefined)
      throw rejected('yaml-alias-unknown', `No anchor${shown} before this alias.`, spot);
    if (anchored === 'open')
      throw rejected('yaml-alias-cycle', `The anchor${shown} contains this alias.`, spot);
    return copy(anchored.value, spot, depth);
  }

  function copy(value: Tree, spot: Spot, depth: number): Tree {
    return copyTree(value, origins, (below) => {
      repeated += 1;
      if (repeated > limits.repeatedNodes) {
        throw rejected(
          'yaml-alias-expansion',
          `Aliases repeat more than ${limits.repeatedNodes} values.`,
          spot,
        );
      }
      if (depth + below - 1 > limits.depth) throw tooDeep(spot);
    });
  }

  function keyText(key: ParsedNode | null, spot: Spot): string {
    if (isScalar(key) && typeof key.value === 'string') return key.value;
    if (isScalar(key) && key.source) return key.source;
    throw rejected('yaml-key', 'A key in a document is text.', spot);
  }

  return read(contents, 1);
}

function isMergeKey(key: ParsedNode | null): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function tooDeep(spot: Spot): Error {
  return rejected('nesting-too-deep', `Nested deeper than ${limits.depth} levels.`, spot);
}
