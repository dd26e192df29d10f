import type { FakeRecord } from "./store.js";

/*
 * Searches as Freshdesk and Freshservice have them: "priority:3 AND (tag:'new' OR created_at:>'2024-01-31')".
 */

type Value = string | number | boolean | null;

export interface Term {
  readonly field: string;
  readonly relation: ":" | ":>" | ":<";
  readonly value: Value;
}

export type Search = Term | And | Or;

interface And {
  readonly and: readonly Search[];
}

interface Or {
  readonly or: readonly Search[];
}

const token =
  /\s*(?:([()])|(AND|OR)\b|([A-Za-z_]\w*)(:[<>]?)(?:'((?:\\.|[^'\\])*)'|([^\s()'"]+)))/y;

/**
 * Reads what stands in the parameter `query`.
 *
 * @returns undefined for what the vendor refuses: no double quotes around it, or no search in them
 */
export function searchOf(parameter: string): Search | undefined {
  const inner = /^"((?:\\.|[^"\\])*)"$/s.exec(parameter)?.[1];
  if (inner === undefined || inner.length > 512) return undefined;
  let at = 0;
  const next = (): RegExpExecArray | undefined => {
    token.lastIndex = at;
    const found = token.exec(inner) ?? undefined;
    at = found === undefined ? at : token.lastIndex;
    return found;
  };
  const isNext = (word: string): boolean => {
    const before = at;
    const found = next();
    if (found?.[1] === word || found?.[2] === word) return true;
    at = before;
    return false;
  };

  function either(): Search | undefined {
    const or = [both()];
    while (isNext("OR")) or.push(both());
    return all(or, (searches) => ({ or: searches }));
  }

  function both(): Search | undefined {
    const and = [one()];
    while (isNext("AND")) and.push(one());
    return all(and, (searches) => ({ and: searches }));
  }

  function one(): Search | undefined {
    if (isNext("(")) {
      const search = either();
      return isNext(")") ? search : undefined;
    }
    const [, , , field, relation, quoted, bare] = next() ?? [];
    if (field === undefined) return undefined;
    const value =
      quoted === undefined
        ? plain(bare ?? "")
        : quoted.replace(/\\(.)/gs, "$1");
    return { field, relation: relation as Term["relation"], value };
  }

  const search = either();
  return inner.slice(at).trim() === "" ? search : undefined;
}

/** Whether a search finds a record. A value of a list is found by itself. */
export function finds(search: Search, record: FakeRecord): boolean {
  if ("and" in search) return search.and.every((each) => finds(each, record));
  if ("or" in search) return search.or.some((each) => finds(each, record));
  const { field, relation, value } = search;
  const custom = record["custom_fields"] as FakeRecord | undefined;
  // A tag is searched by `tag`, and stands in `tags`.
  const held = record[field] ?? record[`${field}s`] ?? custom?.[field] ?? null;
  if (Array.isArray(held))
    return value === null ? held.length === 0 : held.includes(value);
  if (relation === ":") return held === value;
  if (held === null || value === null) return false;
  const [a, b] =
    typeof value === "number"
      ? [Number(held), value]
      : [Date.parse(String(held)), Date.parse(String(value))];
  return relation === ":>" ? a >= b : a <= b;
}

function all(
  searches: readonly (Search | undefined)[],
  joined: (searches: readonly Search[]) => Search,
): Search | undefined {
  const found = searches.filter((each) => each !== undefined);
  if (found.length < searches.length) return undefined;
  return found.length === 1 ? found[0] : joined(found);
}

function plain(text: string): Value {
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return Number.isNaN(Number(text)) ? text : Number(text);
}
