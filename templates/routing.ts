import type { EventName, Product, Route } from "./events.js";
import { ownValue, pointerTokens } from "./validators/runtime.js";

/** What a path leads to: one event, or a product whose payloads say which event they are. */
export interface Target<R> {
  readonly product: Product;
  readonly event: R | undefined;
  /** Where payloads name their event, and the events by the word they use. */
  readonly discriminators: readonly Discriminator<R>[];
  /** Media types taken beside JSON. */
  readonly contentTypes: readonly string[];
}

interface Discriminator<R> {
  readonly path: readonly string[];
  readonly events: Map<string, R>;
}

/**
 * Every path that is answered, exactly as it stands in a request: nothing is decoded, a final slash counts. An event
 * whose name needs percent-encoding is found under its encoded forms as well. Where paths coincide, the user's own win
 * over those that name an event, and these over those that name a product.
 *
 * @param own the user's paths, whole, with the event that each one stands for
 * @throws TypeError for a path of the user's that no request can have, or that leads to no event
 */
export function pathTable<R extends Route>(
  events: readonly R[],
  basePath: string,
  own: Readonly<Record<string, EventName>>,
): Map<string, Target<R>> {
  const table = new Map<string, Target<R>>();
  const names = basePath.split("/").filter((name) => name !== "");
  const base = names.map((name) => `/${name}`).join("");
  for (const product of new Set(events.map((event) => event.product))) {
    const named = events.filter(
      (event) => event.product === product && event.discriminator !== undefined,
    );
    const contentTypes = named.flatMap((event) => event.contentTypes);
    const discriminators = discriminatorsOf(named);
    if (named.length > 0) {
      for (const path of pathsOf(product)) {
        table.set(`${base}/${path}`, {
          product,
          event: undefined,
          discriminators,
          contentTypes,
        });
      }
    }
  }
  for (const event of events) {
    for (const path of pathsOf(event.name))
      table.set(`${base}/${path}`, leadingTo(event));
  }
  for (const [path, name] of Object.entries(own)) {
    const event = events.find((each) => each.name === name);
    if (event === undefined)
      throw new TypeError(
        `routes: ${path} leads to ${String(name)}, which is no event`,
      );
    if (!path.startsWith("/"))
      throw new TypeError(`routes: ${path} must start with a slash`);
    table.set(path, leadingTo(event));
  }
  return table;
}

function leadingTo<R extends Route>(event: R): Target<R> {
  return {
    product: event.product,
    event,
    discriminators: [],
    contentTypes: event.contentTypes,
  };
}

/** A name as a path: as it is, and with the characters escaped that one sender or another escapes. */
function pathsOf(name: string): readonly string[] {
  // Half a surrogate pair has no encoding.
  const text = name.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
  return [
    text.split("/").map(encodeURIComponent).join("/"),
    encodeURI(text),
    name,
  ];
}

function discriminatorsOf<R extends Route>(
  events: readonly R[],
): readonly Discriminator<R>[] {
  const found = new Map<string, Discriminator<R>>();
  for (const event of events) {
    if (event.discriminator === undefined) continue;
    const { path, value } = event.discriminator;
    const key = JSON.stringify(path);
    const discriminator = found.get(key) ?? {
      path,
      events: new Map<string, R>(),
    };
    discriminator.events.set(value, event);
    found.set(key, discriminator);
  }
  return [...found.values()];
}

/** What a payload says of its event: one that is known, a word that names none, or nothing in the place for it. */
export type Told<R> =
  | { readonly event: R }
  | { readonly unknown: string }
  | { readonly missing: readonly string[] };

export function tellEvent<R>(
  discriminators: readonly Discriminator<R>[],
  payload: unknown,
): Told<R> {
  let missing: readonly string[] = [];
  let unknown: string | undefined;
  for (const { path, events } of discriminators) {
    const word = ownValue(payload, path);
    if (typeof word === "string") {
      const event = events.get(word);
      if (event !== undefined) return { event };
      unknown ??= word;
    } else {
      missing = path;
    }
  }
  return unknown === undefined ? { missing } : { unknown };
}

export type DeliveryKeyReader = (
  headers: ReadonlyMap<string, string>,
  payload: unknown,
) => string | undefined;

/**
 * Reads the delivery key from what the document's runtime expressions point at: one value as it is, several joined with
 * `:` after `%` and `:` in them have been escaped. It is undefined when one of them is not there, is empty or is a
 * number too large to be exact, because then it could be the same for two deliveries.
 */
export function deliveryKeyReader(
  expressions: readonly string[],
): DeliveryKeyReader {
  const parts = expressions.map(partReader);
  return (headers, payload) => {
    let key: string | undefined;
    for (const part of parts) {
      const value = part(headers, payload);
      if (!identifies(value)) return undefined;
      const text = parts.length === 1 ? String(value) : escaped(String(value));
      key = key === undefined ? text : `${key}:${text}`;
    }
    return key;
  };
}

/** Most parts hold neither character, and asking is quicker than replacing. */
function escaped(part: string): string {
  return part.includes("%") || part.includes(":")
    ? part.replaceAll("%", "%25").replaceAll(":", "%3A")
    : part;
}

function partReader(
  expression: string,
): (headers: ReadonlyMap<string, string>, payload: unknown) => unknown {
  const hash = expression.indexOf("#");
  const source = expression.slice(0, hash);
  const path = pointerTokens(expression.slice(hash + 1));
  if (source === "$message.payload")
    return (_, payload) => ownValue(payload, path);
  const name = path[0]?.toLowerCase() ?? "";
  return source === "$message.header"
    ? (headers) => headers.get(name)
    : () => undefined;
}

function identifies(value: unknown): boolean {
  if (typeof value === "number")
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return (
    typeof value === "boolean" || (typeof value === "string" && value !== "")
  );
}

export function withoutQuery(path: string): string {
  const query = path.indexOf("?");
  return query < 0 ? path : path.slice(0, query);
}

/** The query string of a path as it came, without its question mark; empty where there is none. */
export function queryOf(path: string): string {
  const query = path.indexOf("?");
  return query < 0 ? "" : path.slice(query + 1);
}

/** Headers as servers have them: in any case, a repeated one as an array or under names that differ in case. */
export type GivenHeaders = Readonly<
  Record<string, string | readonly string[] | undefined>
>;

export interface ReadHeaders {
  /** By lower-case name; the values of a repeated one joined. */
  readonly headers: ReadonlyMap<string, string>;
  /** Those that came once. */
  readonly single: ReadonlyMap<string, string>;
}

export function readHeaders(given: GivenHeaders): ReadHeaders {
  const names = Object.keys(given);
  const headers = new Map<string, string>();
  for (const name of names) {
    const value = given[name];
    if (typeof value === "string") headers.set(name.toLowerCase(), value);
  }
  return headers.size === names.length
    ? { headers, single: headers }
    : readRepeated(given);
}

function readRepeated(given: GivenHeaders): ReadHeaders {
  const headers = new Map<string, string>();
  const single = new Map<string, string>();
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const name = key.toLowerCase();
    const before = headers.get(name);
    const joined = typeof value === "string" ? value : value.join(", ");
    headers.set(name, before === undefined ? joined : `${before}, ${joined}`);
    if (typeof value === "string" && before === undefined)
      single.set(name, value);
    else single.delete(name);
  }
  return { headers, single };
}

/** The content type, in lower case and without parameters; empty where there is none. */
export function mediaType(headers: ReadonlyMap<string, string>): string {
  const type = headers.get("content-type") ?? "";
  return type === "application/json"
    ? type
    : type.split(";", 1).join().trim().toLowerCase();
}

/** Whether a body of this type is JSON, or what the event lists. */
export function takes(
  { contentTypes }: Pick<Route, "contentTypes">,
  type: string,
): boolean {
  if (type === "" || type === "application/json" || type.endsWith("+json"))
    return true;
  return contentTypes.some((each) => each.toLowerCase() === type);
}
