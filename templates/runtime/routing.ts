import type { EventName, Product, Route } from "../events.js";
import { ownValue, pointerTokens, type Issue } from "./standard-schema.js";

/** What a path leads to: one event, or a product whose payloads say which event they are. */
export interface Target<R> {
  /** The kit's own path to it, without `basePath`. */
  readonly path: string;
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
 * Every path that is answered, as `requestTarget` gives it: nothing is decoded, a final slash counts. An event
 * whose name needs percent-encoding is found under its encoded forms as well. Where paths coincide, the user's own win
 * over those that name an event, these over those that name a product or an address that events share, and all of them
 * over what is a form of a name that senders should have encoded otherwise.
 *
 * @param own the user's paths, whole, with the event that each one stands for
 * @throws TypeError for a path of the user's that no request can have, or that leads to no event
 */
export function pathTable<R extends Route>(
  events: readonly R[],
  basePath: string,
  own: Readonly<Record<string, EventName>>,
): Map<string, Target<R>> {
  const names = requestPath("basePath", basePath)
    .split("/")
    .filter((name) => name !== "");
  const base = names.map((name) => `/${name}`).join("");
  const byEvent = pathsTo(base, events, ({ name }) => name, leadingTo);
  const byGroup = pathsTo(
    base,
    groupsOf(events),
    ({ name }) => name,
    groupTarget,
  );
  const table = new Map([
    ...byGroup.others,
    ...byEvent.others,
    ...byGroup.exact,
    ...byEvent.exact,
  ]);
  for (const [path, name] of Object.entries(own)) {
    const event = events.find((each) => each.name === name);
    if (event === undefined)
      throw new TypeError(
        `routes: ${path} leads to ${String(name)}, which is no event`,
      );
    if (!path.startsWith("/"))
      throw new TypeError(`routes: ${path} must start with a slash`);
    table.set(requestPath("routes", path), leadingTo(event));
  }
  return table;
}

/** A path as a request can have it: printable ASCII, without a host, a query or a fragment. */
function requestPath(option: string, path: string): string {
  if (!/^[!-~]*$/.test(path) || /[?#]|^[a-z][a-z\d+.-]*:\/\//i.test(path))
    throw new TypeError(
      `${option}: no request has the path ${JSON.stringify(path)}: leave out host, query and fragment, and percent-encode what is not ASCII`,
    );
  return withCapitals(path);
}

/** A path whose escapes are in capitals: `%c3` and `%C3` are the same (RFC 3986, section 6.2.2.1). */
function withCapitals(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (escape) => escape.toUpperCase());
}

/** Events whose payloads say which of them they are. */
interface Group<R> {
  /** The product, or the address that they share. */
  readonly name: string;
  readonly product: Product;
  readonly named: R[];
}

/**
 * The events that can be told by their payloads, by product and by the address that they share: `orders` for
 * `orders#placed`. Where an address is called like a product of other events, the path is the product's.
 */
function groupsOf<R extends Route>(events: readonly R[]): readonly Group<R>[] {
  const groups = new Map<string, Group<R>>();
  const named = events.filter((event) => event.discriminator !== undefined);
  const add = (name: string, event: R) => {
    const group = groups.get(name) ?? {
      name,
      product: event.product,
      named: [],
    };
    groups.set(name, group);
    if (group.product === event.product && !group.named.includes(event))
      group.named.push(event);
  };
  for (const event of named) add(event.product, event);
  for (const event of named) {
    const hash = event.name.indexOf("#");
    if (hash > 0) add(event.name.slice(0, hash), event);
  }
  return [...groups.values()];
}

function groupTarget<R extends Route>({
  name,
  product,
  named,
}: Group<R>): Target<R> {
  return {
    path: ownPath(name),
    product,
    event: undefined,
    discriminators: discriminatorsOf(named),
    contentTypes: named.flatMap((event) => event.contentTypes),
  };
}

interface Paths<R> {
  /** Names as a sender writes them that encodes all that needs it: no two are the same. */
  readonly exact: ReadonlyMap<string, Target<R>>;
  /** Other forms of the names, but those that two of them share. */
  readonly others: ReadonlyMap<string, Target<R>>;
}

function pathsTo<R, T>(
  base: string,
  all: readonly T[],
  nameOf: (one: T) => string,
  targetOf: (one: T) => Target<R>,
): Paths<R> {
  const exact = new Map<string, Target<R>>();
  const others = new Map<string, Target<R>>();
  const shared = new Set<string>();
  for (const one of all) {
    const target = targetOf(one);
    const name = nameOf(one);
    const path = `${base}${ownPath(name)}`;
    if (exact.has(path))
      throw new TypeError(
        `the path ${path} would stand for two events, or for two products`,
      );
    exact.set(path, target);
    for (const other of new Set([
      `${base}/${encodeURI(wellFormed(name))}`,
      `${base}/${withCapitals(name)}`,
    ])) {
      if (others.has(other)) shared.add(other);
      others.set(other, target);
    }
  }
  for (const path of shared) others.delete(path);
  return { exact, others };
}

/** The path to an event or a group, as a sender writes it that encodes all that needs it. */
export function ownPath(name: string): string {
  return `/${wellFormed(name).split("/").map(encodeURIComponent).join("/")}`;
}

/** Half a surrogate pair has no encoding. */
function wellFormed(name: string): string {
  return name.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}

function leadingTo<R extends Route>(event: R): Target<R> {
  return {
    path: ownPath(event.name),
    product: event.product,
    event,
    discriminators: [],
    contentTypes: event.contentTypes,
  };
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

/** The event of a delivery, or why there is none. */
export type Identified<R> = KnownEvent<R> | UnknownWord | NoWord;

interface KnownEvent<R> {
  readonly event: R;
}

/** A word that names no event. */
interface UnknownWord {
  readonly unknown: string;
}

/** What is wrong in the place where the payload should name its event. */
interface NoWord {
  readonly issue: Issue;
}

/** By its path, or by its payload where the path leads to several events. */
export function identify<R>(
  { event: only, discriminators }: Target<R>,
  payload: unknown,
): Identified<R> {
  if (only !== undefined) return { event: only };
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
  if (unknown !== undefined) return { unknown };
  const message = "must be a string that names the event";
  return { issue: { message, path: missing } };
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
    ? part.replace(/%/g, "%25").replace(/:/g, "%3A")
    : part;
}

function partReader(
  expression: string,
): (headers: ReadonlyMap<string, string>, payload: unknown) => unknown {
  const { source, path } = parsed(expression);
  if (source === "$message.payload")
    return (_, payload) => ownValue(payload, path);
  const name = path[0]?.toLowerCase() ?? "";
  return source === "$message.header"
    ? (headers) => headers.get(name)
    : () => undefined;
}

function parsed(expression: string) {
  const hash = expression.indexOf("#");
  return {
    source: expression.slice(0, hash),
    path: pointerTokens(expression.slice(hash + 1)),
  };
}

/** The headers that delivery keys are made of. */
export function keyHeaders(events: readonly Route[]): readonly string[] {
  return events
    .flatMap(({ deliveryKey }) => deliveryKey.map(parsed))
    .filter(({ source }) => source === "$message.header")
    .flatMap(({ path: [name = ""] }) => name.toLowerCase());
}

function identifies(value: unknown): boolean {
  if (typeof value === "number")
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return (
    typeof value === "boolean" || (typeof value === "string" && value !== "")
  );
}

/** What a request asks for: the path, its escapes in capitals, and the query string as it came, without its question mark. */
export interface RequestTarget {
  readonly path: string;
  readonly query: string;
}

/** Takes the absolute form `http://host/path` as well, which every server has to (RFC 9112, section 3.2.2). */
export function requestTarget(given: string): RequestTarget {
  const host = /^https?:\/\/[^/?#]*/i.exec(given)?.[0] ?? "";
  const target = given.slice(host.length);
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  return {
    path: path === "" && host !== "" ? "/" : withCapitals(path),
    query: end < 0 ? "" : target.slice(end + 1),
  };
}

/**
 * Headers as servers have them: in any case, a repeated one as an array or under names that differ in case. A server in
 * plain JavaScript can have `null` or a number among them, which is no reason to lose a delivery.
 */
export type GivenHeaders = Readonly<Record<string, unknown>>;

export interface ReadHeaders {
  /** By lower-case name; the values of a repeated one joined. */
  readonly headers: ReadonlyMap<string, string>;
  /** Those that came once. */
  readonly single: ReadonlyMap<string, string>;
}

/** @throws TypeError for what is no header: the server is not wired as it should be */
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
    if (value === undefined || value === null) continue;
    const name = key.toLowerCase();
    const before = headers.get(name);
    if (typeof value === "object" && !Array.isArray(value))
      throw new TypeError("a header is neither a text nor a list of texts");
    const joined = [value].flat().join(", ");
    headers.set(name, before === undefined ? joined : `${before}, ${joined}`);
    if (!Array.isArray(value) && before === undefined) single.set(name, joined);
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
  if (
    type === "" ||
    type === "application/json" ||
    type === "text/json" ||
    type.endsWith("+json")
  )
    return true;
  return contentTypes.some((each) => each.toLowerCase() === type);
}
