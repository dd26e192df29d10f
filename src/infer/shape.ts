import { isFieldName, isShortWord } from './field-name.js';

/*
 * What values look like, without the values. Shapes form a lattice: to add an observation, and to join two shapes, is the
 * same in every order and however the observations are split, and to join a shape with itself says nothing new of it.
 */

/** Sets of types, as bits. `any` stands for what is nested too deeply to be looked at. */
export const kinds = {
  null: 1,
  boolean: 2,
  integer: 4,
  number: 8,
  string: 16,
  array: 32,
  object: 64,
  any: 128,
} as const;

export interface Shape {
  /** The types that were seen, as bits of `kinds`. */
  types: number;
  /** How often there was a value. */
  count: number;
  /** Days, `2026-11-26`; empty where none is known. */
  first: string;
  last: string;
  /** What the items of arrays look like together. */
  items?: Shape;
  /** Members of objects by their keys, while each key is a name of its own. */
  members?: Map<string, Shape>;
  /** What the values under keys that are no names look like together; of all keys, once there are too many. */
  values?: Shape;
  /** Whether there were too many keys to tell them apart. */
  isCollapsed: boolean;
  /** The short words that texts were, while there are few; undefined once there is any other text. */
  words?: ReadonlyMap<string, true> | undefined;
  /** How often it was a text. */
  texts: number;
  /** What tells the path from others while paths are counted. */
  readonly hash: number;
}

export const maxWords = 8;
const maxDepth = 24;

export function emptyShape(hash = 0): Shape {
  return { types: 0, count: 0, first: '', last: '', isCollapsed: false, words: noWords, texts: 0, hash };
}

const noWords: ReadonlyMap<string, true> = new Map();

/** How many keys an object may have, by how many paths there are in all: the more, the fewer. */
const room: readonly (readonly [paths: number, keys: number])[] = [
  [20_000, 1_000],
  [50_000, 64],
  [100_000, 8],
];

/** Collects the shapes of the payloads of one event, in bounded memory. */
export class ShapeBuilder {
  readonly root = emptyShape(0x9e3779b9);
  /** The paths that were seen, whether or not they are still told apart: what is left to tell apart depends on their set alone. */
  readonly #paths = new Set<number>();
  readonly #keepsWords: boolean;
  #maxKeys = room[0]?.[1] ?? 0;

  constructor(keepsWords = false) {
    this.#keepsWords = keepsWords;
  }

  /** @param day when it was made, `2026-11-26`; empty where nobody knows */
  add(payload: unknown, day: string): void {
    this.#add(this.root, payload, day, this.root.hash, 0);
    if (this.#paths.size > (room[0]?.[0] ?? 0)) this.#narrow();
  }

  #narrow(): void {
    const keys = room.find(([paths]) => this.#paths.size <= paths)?.[1] ?? 0;
    if (keys === this.#maxKeys) return;
    this.#maxKeys = keys;
    collapseAll(this.root, keys);
  }

  #add(shape: Shape, value: unknown, day: string, hash: number, depth: number): void {
    shape.count += 1;
    spread(shape, day, day);
    if (depth > maxDepth) {
      shape.types |= kinds.any;
      return;
    }
    if (typeof value === 'string') this.#addText(shape, value);
    else if (Array.isArray(value)) {
      shape.types |= kinds.array;
      const path = mixed(hash, '[]');
      for (const item of value as readonly unknown[]) {
        shape.items ??= this.#created(path);
        this.#add(shape.items, item, day, path, depth + 1);
      }
    } else if (typeof value === 'object' && value !== null)
      this.#addObject(shape, value as Readonly<Record<string, unknown>>, day, hash, depth);
    else shape.types |= kindOf(value);
  }

  #addText(shape: Shape, text: string): void {
    shape.types |= kinds.string;
    shape.texts += 1;
    if (!this.#keepsWords || shape.words === undefined) shape.words = undefined;
    else if (!shape.words.has(text)) shape.words = withWord(shape.words, text);
  }

  #addObject(
    shape: Shape,
    value: Readonly<Record<string, unknown>>,
    day: string,
    hash: number,
    depth: number,
  ): void {
    shape.types |= kinds.object;
    for (const key of Object.keys(value)) {
      const own = shape.members?.get(key);
      if (own !== undefined) {
        this.#add(own, value[key], day, own.hash, depth + 1);
        continue;
      }
      const path = mixed(hash, key);
      if (shape.isCollapsed || !isFieldName(key)) {
        if (this.#paths.size <= maxPaths) this.#paths.add(path);
        shape.values ??= emptyShape(mixed(hash, '{}'));
        this.#add(shape.values, value[key], day, path, depth + 1);
        continue;
      }
      const created = this.#created(path);
      (shape.members ??= new Map()).set(key, created);
      this.#add(created, value[key], day, path, depth + 1);
    }
    if ((shape.members?.size ?? 0) > this.#maxKeys) collapse(shape, this.#maxKeys);
  }

  #created(hash: number): Shape {
    if (this.#paths.size <= maxPaths) this.#paths.add(hash);
    return emptyShape(hash);
  }
}

/** Once there are more, no object's keys are told apart any more, and nothing depends on how many there are. */
const maxPaths = room.at(-1)?.[0] ?? 0;

function kindOf(value: unknown): number {
  if (value === null) return kinds.null;
  if (typeof value === 'boolean') return kinds.boolean;
  return Number.isInteger(value) ? kinds.integer : kinds.number;
}

/** Joins another shape into one. */
export function join(into: Shape, other: Shape, maxKeys = Infinity): Shape {
  into.types |= other.types;
  into.count += other.count;
  into.texts += other.texts;
  if (other.count > 0) spread(into, other.first, other.last);
  into.words = joinedWords(into.words, other.words);
  if (other.items) join((into.items ??= emptyShape()), other.items, maxKeys);
  if (other.values) join((into.values ??= emptyShape()), other.values, maxKeys);
  into.isCollapsed ||= other.isCollapsed;
  for (const [key, member] of other.members ?? []) {
    const members = (into.members ??= new Map<string, Shape>());
    let own = members.get(key);
    if (own === undefined) members.set(key, (own = emptyShape(member.hash)));
    join(own, member, maxKeys);
  }
  if (into.isCollapsed || (into.members?.size ?? 0) > maxKeys) collapse(into, maxKeys);
  return into;
}

function collapse(shape: Shape, maxKeys: number): void {
  shape.isCollapsed = true;
  const members = shape.members?.values() ?? [];
  delete shape.members;
  for (const member of members) join((shape.values ??= emptyShape()), member, maxKeys);
}

function collapseAll(shape: Shape, maxKeys: number): void {
  if ((shape.members?.size ?? 0) > maxKeys) collapse(shape, maxKeys);
  if (shape.items) collapseAll(shape.items, maxKeys);
  if (shape.values) collapseAll(shape.values, maxKeys);
  for (const member of shape.members?.values() ?? []) collapseAll(member, maxKeys);
}

function spread(shape: Shape, first: string, last: string): void {
  if (first !== '' && (shape.first === '' || first < shape.first)) shape.first = first;
  if (last > shape.last) shape.last = last;
}

type Words = Shape['words'];

function withWord(words: ReadonlyMap<string, true>, text: string): Words {
  return words.size < maxWords && isShortWord(text) ? new Map([...words, [text, true]]) : undefined;
}

function joinedWords(some: Words, others: Words): Words {
  if (some === undefined || others === undefined) return undefined;
  const all = new Map([...some, ...others]);
  return all.size <= maxWords ? all : undefined;
}

/** A number for a path: for that of its object and a key. Of 53 bits, so that two paths of a run hardly share one. */
function mixed(hash: number, key: string): number {
  let low = hash >>> 0;
  let high = Math.floor(hash / 2 ** 32) ^ 0x85ebca6b;
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 13;
  }
  low ^= high >>> 15;
  return (low >>> 0) + ((high ^ key.length) & 0x1fffff) * 2 ** 32;
}
