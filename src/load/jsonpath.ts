import { JSONPathEnvironment, JSONPathError, type JSONPathQuery } from 'json-p3';
import { limits } from './limits.js';
import type { SourceOffset } from './offsets.js';
import { rejected } from './rejection.js';
import { isBranch, memberOf, type Tree, type TreeObject } from './tree.js';

/** A JSONPath query (RFC 9535) with where it is written. */
export interface Query {
  readonly compiled: JSONPathQuery;
  readonly start: SourceOffset;
}

/** A value that a query found; the root of the document has no parent. */
export interface Match {
  readonly value: Tree;
  readonly parent?: Tree[] | TreeObject;
  readonly key: string | number;
}

/** What the queries of one overlay may still look at: members and items, once for each time, those of filters included. */
export interface Budget {
  left: number;
}

export function newBudget(): Budget {
  return { left: limits.queriedLooks };
}

/** Ends a query that looks at too much. */
class Exhausted extends Error {}

/** RFC 9535 without `match()` and `search()`: a regular expression out of a document can run for ever. Evaluates no script. */
class Environment extends JSONPathEnvironment {
  constructor() {
    super({ maxRecursionDepth: 4 * limits.depth });
    this.functionRegister.delete('match');
    this.functionRegister.delete('search');
  }
}

/**
 * The document as a query sees it: every look at a member or an item costs, whichever part of the library takes it: a wildcard, a
 * filter, a query inside a filter, a comparison of two objects.
 */
function metered(data: TreeObject, budget: Budget): TreeObject {
  const views = new WeakMap<object, object>();
  const spend = (looks: number) => {
    budget.left -= looks;
    if (budget.left < 0) throw new Exhausted();
  };
  const viewOf = <Value>(value: Value): Value => {
    if (typeof value !== 'object' || value === null) return value;
    const view = views.get(value) ?? new Proxy(value, handler);
    views.set(value, view);
    return view as Value;
  };
  const handler: ProxyHandler<object> = {
    get(target, key) {
      spend(1);
      return viewOf(Reflect.get(target, key) as unknown);
    },
    has(target, key) {
      spend(1);
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target);
      spend(keys.length);
      return keys;
    },
  };
  return viewOf(data);
}

/** @throws Rejected when the text is not a query. */
export function compileQuery(text: string, start: SourceOffset): Query {
  if (text.length > limits.queryLength) {
    throw rejected('overlay-jsonpath', `This query is longer than ${limits.queryLength} characters.`, start);
  }
  try {
    return { compiled: new Environment().compile(text), start };
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw rejected('overlay-jsonpath', `This is not a JSONPath query: ${reason(error)}.`, start);
  }
}

/**
 * Finds what a query selects, each value once, in the order of the document.
 *
 * @param budget what is left to look at, for this query and those that follow
 * @throws Rejected when that takes too long.
 */
export function select({ compiled, start }: Query, data: TreeObject, budget: Budget): readonly Match[] {
  const matches: Match[] = [];
  const found = new Map<object | undefined, Set<string | number>>();
  try {
    for (const { location } of compiled.lazyQuery(metered(data, budget) as never)) {
      const key = location.at(-1) ?? '$';
      const parent = location.length === 0 ? undefined : parentOf(data, location);
      const keys = found.get(parent) ?? new Set();
      if (keys.has(key)) continue;
      found.set(parent, keys.add(key));
      const value = parent === undefined ? data : memberOf(parent, key);
      if (value === undefined) continue;
      matches.push({ value, key, ...(parent && { parent }) });
    }
  } catch (error) {
    if (!(error instanceof Exhausted || error instanceof JSONPathError)) throw error;
    throw rejected(
      'overlay-query-too-long',
      'This query, with those before it, looks at too much of the document.',
      start,
    );
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
