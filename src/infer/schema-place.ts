import type { Json, JsonObject } from '../model/json.js';
import { patternCode } from '../model/pattern.js';
import { isObject, memberOf, pointerSteps } from '../model/pointer.js';

/** The steps from the root of a document to a value in it. */
export type Steps = readonly (string | number)[];

/** A schema of a document, and where it stands. */
export interface SchemaPlace {
  readonly document: SchemaDocument;
  readonly steps: Steps;
  readonly schema: Json;
}

/** A document as far as it is needed here. */
export interface SchemaDocument {
  readonly name: string;
  readonly title: string;
  readonly data: JsonObject;
}

/** A place by its document and its steps. */
export function keyOf(place: SchemaPlace): string {
  const key = keys.get(place) ?? JSON.stringify([place.document.name, ...place.steps]);
  keys.set(place, key);
  return key;
}

const keys = new WeakMap<SchemaPlace, string>();

export function placeAt(document: SchemaDocument, steps: Steps): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = { document, steps: [], schema: document.data };
  for (const step of steps) place = place && inside(place, step);
  return place;
}

/** What is under a key or an index of a place; through a reference where the place itself has no such member. */
function inside(place: SchemaPlace, step: string | number): SchemaPlace | undefined {
  const schema = memberOf(place.schema, step);
  if (schema !== undefined) return { ...place, steps: [...place.steps, step], schema };
  const target = referred(place);
  return target && inside(target, step);
}

/** What a reference leads to, through others; the place itself where it is none. */
export function target(place: SchemaPlace): SchemaPlace {
  return referred(place) ?? place;
}

function referred(place: SchemaPlace, seen = new Set<string>()): SchemaPlace | undefined {
  const ref = isObject(place.schema) && memberOf(place.schema, '$ref');
  if (typeof ref !== 'string' || seen.has(ref)) return undefined;
  seen.add(ref);
  const steps = pointerSteps(ref);
  const found = steps && placeAt(place.document, steps);
  return found && (referred(found, seen) ?? found);
}

/** The schemas that are about one and the same value, and what they say of its members and items. */
export interface Group {
  /** All of them, those of branches included. */
  readonly places: readonly SchemaPlace[];
  /** Where what is new of the value is declared: what it is made of, without what that consists of. */
  readonly homes: readonly SchemaPlace[];
  /** Those that a value may go without: branches of unions. */
  readonly branches: ReadonlySet<SchemaPlace>;
}

export function groupOf(starts: readonly SchemaPlace[]): Group {
  const key = starts.map(keyOf).join();
  const [{ document } = { document: undefined }] = starts;
  const groups = document && (known.get(document) ?? new Map<string, Group>());
  if (document && groups) known.set(document, groups);
  const group = groups?.get(key) ?? gathered(starts);
  groups?.set(key, group);
  return group;
}

/** A recursive schema comes back to the same groups, and one is looked at for every fault of every delivery. */
const known = new WeakMap<SchemaDocument, Map<string, Group>>();

function gathered(starts: readonly SchemaPlace[]): Group {
  const homes = distinct(starts.map(target));
  const found = new Map<string, SchemaPlace>();
  const branches = new Set<SchemaPlace>();
  const pending: (readonly [SchemaPlace, boolean])[] = homes.map((home) => [home, false]);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [place, isBranch] = next;
    if (found.has(keyOf(place))) continue;
    found.set(keyOf(place), place);
    if (isBranch) branches.add(place);
    for (const part of listAt(place, 'allOf')) pending.push([target(part), isBranch]);
    for (const part of branchesOf(place)) pending.push([target(part), true]);
  }
  return { places: [...found.values()], homes, branches };
}

/** The branches of unions and conditions. */
export function branchesOf(place: SchemaPlace): readonly SchemaPlace[] {
  return [
    ...['anyOf', 'oneOf'].flatMap((keyword) => listAt(place, keyword)),
    ...['then', 'else'].flatMap((keyword) => own(place, keyword)),
  ];
}

function listAt(place: SchemaPlace, keyword: string): readonly SchemaPlace[] {
  const list = memberOf(place.schema, keyword);
  return Array.isArray(list) ? list.flatMap((_, index) => own(place, keyword, index)) : [];
}

function own(place: SchemaPlace, ...steps: Steps): readonly SchemaPlace[] {
  let found: SchemaPlace | undefined = place;
  for (const step of steps) {
    const schema: Json | undefined = found && memberOf(found.schema, step);
    found = found && schema !== undefined ? { ...found, steps: [...found.steps, step], schema } : undefined;
  }
  return found ? [found] : [];
}

/** How the schemas of a group know a member. */
export interface Member {
  /** The schemas under its name, or under a pattern or `additionalProperties` that says something of it. */
  readonly known: Group | undefined;
  /** Places with a pattern that matches the name and says nothing of the value. */
  readonly patterns: readonly SchemaPlace[];
}

export function memberIn(group: Group, key: string): Member {
  const members = knownMembers.get(group) ?? new Map<string, Member>();
  knownMembers.set(group, members);
  const member = members.get(key) ?? described(group, key);
  // Keys are a sender's to choose.
  if (members.size < 2_000) members.set(key, member);
  return member;
}

const knownMembers = new WeakMap<Group, Map<string, Member>>();

function described({ places }: Group, key: string): Member {
  const known: SchemaPlace[] = [];
  const patterns: SchemaPlace[] = [];
  for (const place of places) {
    const named = own(place, 'properties', key);
    known.push(...named);
    const matched = matchedBy(place, key);
    const telling = matched.filter(({ schema }) => saysSomething(schema));
    known.push(...telling);
    if (named.length === 0 && matched.length > telling.length) patterns.push(place);
    if (named.length === 0 && matched.length === 0)
      known.push(...own(place, 'additionalProperties').filter(({ schema }) => isObject(schema)));
  }
  return { known: known.length > 0 ? groupOf(known) : undefined, patterns };
}

function matchedBy(place: SchemaPlace, key: string): readonly SchemaPlace[] {
  const patterns = memberOf(place.schema, 'patternProperties');
  if (!isObject(patterns)) return [];
  return Object.keys(patterns).flatMap((pattern) =>
    matches(pattern, key) ? own(place, 'patternProperties', pattern) : [],
  );
}

/** A pattern that the kit has an automaton for may take a regular expression long: it is tried with short keys alone. */
function matches(pattern: string, key: string): boolean {
  try {
    const atMost = patternCode(pattern).kind === 'regexp' ? 1_000 : 16;
    return key.length <= atMost && new RegExp(pattern, 'u').test(key);
  } catch {
    return false;
  }
}

/** Whether a schema decides anything about values, beside describing them. */
export function saysSomething(schema: Json): boolean {
  return isObject(schema) && Object.keys(schema).some((keyword) => !describing.test(keyword));
}

const describing = /^(?:x-.*|title|description|deprecated|examples?|default|\$comment|externalDocs)$/;

/** The schemas of the items of arrays; of one item, where its index is given. */
export function itemsOf({ places }: Group, index?: number): Group | undefined {
  const known = places.flatMap((place) => {
    if (!Array.isArray(memberOf(place.schema, 'items'))) return own(place, 'items');
    if (index === undefined) return [];
    const item = own(place, 'items', index);
    return item.length > 0 ? item : own(place, 'additionalItems');
  });
  return known.length > 0 ? groupOf(known) : undefined;
}

function distinct(places: readonly SchemaPlace[]): readonly SchemaPlace[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
