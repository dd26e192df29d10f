import { JSONPathEnvironment, JSONPathError, type JSONPathQuery } from 'json-p3';
import { limits } from './limits.js';
import type { Spot } from './origins.js';
import { rejected } from './rejection.js';
import { isBranch, memberOf, type Tree, type TreeObject } from './tree.js';

/** A JSONPath query (RFC 9535) with where it is written. */
export interface Query {
  readonly compiled: JSONPathQuery;
  readonly spot: Spot;
}

/** A value that a query found; the root of the document has no parent. */
export interface Match {
  readonly value: Tree;
  readonly parent?: Tree[] | TreeObject;
  readonly key: string | number;
}

/** Ends a query that looks at too much. */
class Exhausted extends Error {}

/** RFC 9535 without `match()` and `search()`: a regular expression out of a document can run for ever. Evaluates no script. */
class Environment extends JSONPathEnvironment {
  looked = 0;

  constructor() {
    super({ maxRecursionDepth: 4 * limits.depth });
    this.functionRegister.delete('match');
    this.functionRegister.delete('search');
  }

  override entries(object: Record<string, never>): [string, never][] {
    const entries = Object.entries(object);
    this.looked += entries.length;
    if (this.looked > limits.queriedNodes) throw new Exhausted();
    return entries;
  }
}

/** @throws Rejected when the text is not a query. */
export function compileQuery(text: string, spot: Spot): Query {
  if (text.length > limits.queryLength) {
    throw rejected('overlay-jsonpath', `This query is longer than ${limits.queryLength} characters.`, spot);
  }
  try {
    return { compiled: new Environment().compile(text), spot };
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw rejected('overlay-jsonpath', `This is not a JSONPath query: ${reason(error)}.`, spot);
  }
}

/**
 * Finds what a query selects, each value once, in the order of the document.
 *
 * @throws Rejected when that takes too long.
 */
export function select({ compiled, spot }: Query, data: TreeObject): readonly Match[] {
  (compiled.environment as Environment).looked = 0;
  const matches: Match[] = [];
  const found = new Map<object | undefined, Set<string | number>>();
  try {
    for (const { location, value } of compiled.lazyQuery(data)) {
      const key = location.at(-1) ?? '$';
      const parent = location.length === 0 ? undefined : parentOf(data, location);
      const keys = found.get(parent) ?? new Set();
      if (keys.has(key)) continue;
      found.set(parent, keys.add(key));
      matches.push({ value: value as Tree, key, ...(parent && { parent }) });
    }
  } catch (error) {
    if (!(error instanceof Exhausted || error instanceof JSONPathError)) throw error;
    throw rejected('overlay-query-too-long', 'This query looks at too much of the document.', spot);
  }
  return matches;
}

function parentOf(data: TreeObject, location: readonly (string | number)[]): Tree[] | TreeObject | undefined {
  let node: Tree | undefined = data;
  for (const key of location.slice(0, -1)) node = memberOf(node, key);
  return isBranch(node) ? node : undefined;
}

/** The library's words without the excerpt and the index it appends: the caret of the finding says that. */
function reason({ message }: Error): string {
  return message.replace(/ \('.{0,9}':\d+\)$/su, '');
}
