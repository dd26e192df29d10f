import { membersOf } from '../typescript/expression.js';
import type { Json } from '../model/json.js';
import type { Schema } from '../model/catalog.js';
import { decompose, type Shape } from './decompose.js';
import { type Placed, type IndexedContract } from './indexed-contract.js';
import { dataText, isAny } from './simple.js';

/** One of the objects that a value may be, with what distinguishes it from the others. */
export interface Variant {
  readonly shape: Shape;
  /** The type that it is, where it is one by name. */
  readonly name: string | undefined;
  /** The fields that have to be there and may be certain words only, with those. */
  readonly words: ReadonlyMap<string, readonly Json[]>;
  /** Its fields, with whether each has to be there. */
  readonly fields: ReadonlyMap<string, { readonly schema: Schema; readonly required: boolean }>;
  /** All it says, as a text. */
  readonly body: string;
}

export function variantOf(shape: Shape, side: IndexedContract): Variant {
  const fields = new Map<string, { readonly schema: Schema; readonly required: boolean }>();
  const words = new Map<string, readonly Json[]>();
  for (const { schema, at } of shape.parts) {
    for (const [name, field] of membersOf(schema)) {
      const required = schema.required?.includes(name) ?? false;
      fields.set(name, { schema: field, required });
      const own = required ? wordsOf({ schema: field, at }, side) : undefined;
      if (own) words.set(name, own);
    }
  }
  const body = shape.parts.map(({ schema }) => side.text(schema)).join();
  return { shape, name: shape.name, words, fields, body };
}

function wordsOf(field: Placed, side: IndexedContract): readonly Json[] | undefined {
  const { unknown, nullable, values, scalars, lists, objects, opaque } = decompose(field, side);
  const others = [...unknown, ...scalars.keys(), ...lists, ...objects, ...opaque];
  const words = [...values.values()];
  const isWords = !nullable && others.length === 0 && words.length > 0;
  return isWords && words.every((word) => typeof word === 'string') ? words : undefined;
}

/** How subjects and messages call a variant. */
export function nameOf({ name, words }: Variant): string {
  if (name !== undefined) return name;
  const report = [...words].map(([field, values]) => `${field} ${values.join(' or ')}`);
  return report.length > 0 ? `what has ${report.join(', ')}` : 'one of its variants';
}

/** Whether a discriminator distinguishes two variants: both have values of it, and none is in both. */
export function saysOtherwise(variant: Variant, other: Variant): boolean {
  return [...variant.words].some(([name, words]) => {
    const theirs = other.words.get(name);
    return theirs !== undefined && !words.some((word) => theirs.includes(word));
  });
}

/** Whether code can find out that it has this variant before it: a word says so, or a field that no other has. */
export function isKnowable(variant: Variant, others: readonly Variant[]): boolean {
  if (others.every((other) => saysOtherwise(variant, other))) return true;
  return [...variant.fields].some(
    ([name, { schema }]) => !isAny(schema) && !others.some((other) => other.fields.has(name)),
  );
}

/** Whether no value of a variant is one of another: a word differs, or a field that has to be there may be absent. */
export function isOutside(variant: Variant, other: Variant): boolean {
  return (
    saysOtherwise(variant, other) ||
    [...other.fields].some(([name, { required }]) => required && variant.fields.get(name)?.required !== true)
  );
}

/** Variants of both sides that are the same one: by the name of their type, the values of their discriminator, or all they say. */
export function match(old: readonly Variant[], next: readonly Variant[]): ReadonlyMap<Variant, Variant> {
  const matched = new Map<Variant, Variant>();
  const taken = new Set<Variant>();
  for (const key of [({ name }: Variant) => name, toldBy, ({ body }: Variant) => body]) {
    const waiting = new Map<string, Variant[]>();
    for (const variant of next) {
      const text = taken.has(variant) ? undefined : key(variant);
      if (text !== undefined) waiting.set(text, [...(waiting.get(text) ?? []), variant]);
    }
    for (const variant of old) {
      const text = matched.has(variant) ? undefined : key(variant);
      const found = text === undefined ? undefined : waiting.get(text)?.shift();
      if (found === undefined) continue;
      matched.set(variant, found);
      taken.add(found);
    }
  }
  return matched;
}

function toldBy({ words }: Variant): string | undefined {
  return words.size === 0 ? undefined : dataText([...words].map((each) => dataText(each)).sort());
}
