import type { Schema, SchemaObject } from '../model/catalog.js';
import { inside, undescribed } from '../model/subschemas.js';

/** A type before names are settled. References in its schema are keys. */
interface Candidate {
  readonly key: string;
  /** Of equal types the first by this one stands for all. */
  readonly identity: string;
  /** The name it would like. */
  readonly wanted: string;
  readonly schema: Schema;
}

/**
 * Finds the types of one name that mean the same, whatever they are described with: what bundlers make of one schema that is
 * used twice. Types that refer to each other are compared as wholes, so that a circle equals its copy.
 *
 * @returns the key of the type that stands for each one that has an equal, itself among them
 */
export function sameTypes(candidates: readonly Candidate[]): ReadonlyMap<string, string> {
  const names = new Map<string, number>();
  for (const { wanted } of candidates) names.set(wanted, (names.get(wanted) ?? 0) + 1);
  const same = new Map<string, string>();
  if (names.size === candidates.length) return same;
  const classes = classesOf(candidates);
  const first = new Map<string, string>();
  const sorted = [...candidates].sort((a, b) => (a.identity < b.identity ? -1 : 1));
  for (const { key, wanted } of sorted.filter((each) => (names.get(each.wanted) ?? 0) > 1)) {
    const meaning = `${classes?.get(key) ?? key} ${wanted}`;
    const holder = first.get(meaning) ?? key;
    first.set(meaning, holder);
    if (holder !== key) same.set(key, holder).set(holder, holder);
  }
  return same;
}

/** Rounds until no two types that look alike differ in what they refer to; chains that are longer are not compared. */
const maxRounds = 60;

/** A number for each type, the same for those that mean the same. */
function classesOf(candidates: readonly Candidate[]): ReadonlyMap<string, number> | undefined {
  let classes = new Map<string, number>();
  let count = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    const numbers = new Map<string, number>();
    const next = new Map<string, number>();
    for (const { key, wanted, schema } of candidates) {
      const text = `${wanted} ${JSON.stringify(shapeOf(schema, (ref) => String(classes.get(ref) ?? 0)))}`;
      const number = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, number);
      next.set(key, number);
    }
    if (numbers.size === count) return next;
    classes = next;
    count = numbers.size;
  }
  return undefined;
}

/** What a schema decides, in an order that does not depend on how it is written. */
function shapeOf(schema: Schema, classOf: (ref: string) => string): Schema {
  if (typeof schema === 'boolean') return schema;
  const shape: SchemaObject = inside(undescribed(schema), (part) => shapeOf(part, classOf));
  const lists = Object.fromEntries(
    unordered.flatMap((key) => {
      const list = shape[key];
      return list === undefined ? [] : [[key, [...list].sort(byText)]];
    }),
  );
  return { ...shape, ...lists, ...(schema.$ref !== undefined && { $ref: classOf(schema.$ref) }) };
}

const unordered = ['allOf', 'anyOf', 'enum', 'oneOf'] as const;

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
