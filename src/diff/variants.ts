import type { Schema } from '../catalog/model.js';
import { membersOf } from '../emit/expression.js';
import type { Comparison, Manner } from './comparison.js';
import type { Shape } from './kinds.js';
import { compareMembers } from './members.js';
import { essence, type Placed } from './side.js';

interface Whole {
  readonly base: Placed;
  readonly head: Placed;
}

/** Compares the objects that a value may be: one with one, or the variants of a union by what tells them apart. */
export function compareShapes(
  old: readonly Shape[],
  next: readonly Shape[],
  whole: Whole,
  manner: Manner,
  comparison: Comparison,
): void {
  const [before, ...others] = old;
  const [after, ...more] = next;
  if (before && after && others.length + more.length === 0) {
    compareShape(before, after, manner, comparison);
    return;
  }
  const matched = match(old, next);
  if (matched.size === 0) {
    const message = `${whole.head.at.shown} is put together from other variants.`;
    comparison.tell('schema-changed', { base: whole.base.at, head: whole.head.at }, message, manner);
    return;
  }
  for (const [variant, now] of matched)
    compareShape(variant, now, { variant: true, certain: manner.certain && isTold(variant) }, comparison);
  const kept = new Set(matched.values());
  const lost = old.filter((variant) => !matched.has(variant));
  const gained = next.filter((variant) => !kept.has(variant));
  for (const variant of lost) {
    const certain = isTold(variant) || hasOwnField(variant, next);
    comparison.tell(
      certain ? 'variant-removed' : 'type-narrowed',
      { base: variant.at, head: whole.head.at, subject: subjectOf(variant, whole) },
      `${whole.head.at.shown} is no longer ${nameOf(variant)}.`,
      manner,
    );
    if (certain) for (const { schema } of variant.parts) comparison.wentWith(schema);
  }
  for (const variant of gained) {
    const certain = old.every((each) => isOutside(variant, each));
    comparison.tell(
      certain ? 'variant-added' : 'schema-changed',
      { base: whole.base.at, head: variant.at, subject: subjectOf(variant, whole) },
      `${whole.head.at.shown} may be ${nameOf(variant)} as well.`,
      manner,
    );
    for (const { schema } of variant.parts) comparison.cameWith(schema);
  }
  for (const name of lost.flatMap(({ names }) => names)) comparison.wentWith({ $ref: name });
  for (const name of gained.flatMap(({ names }) => names)) comparison.cameWith({ $ref: name });
}

function compareShape(old: Shape, next: Shape, manner: Manner, comparison: Comparison): void {
  if (old.name !== undefined && next.name !== undefined) {
    comparison.pair(old.name, next.name);
    return;
  }
  const isVariant = [...old.names, ...next.names].some((name) => comparison.isVariant(name));
  compareMembers(old, next, { ...manner, variant: manner.variant || isVariant }, comparison);
}

/** Variants of both sides that are the same one: by the name of their type, the words that tell them, or all they say. */
function match(old: readonly Shape[], next: readonly Shape[]): ReadonlyMap<Shape, Shape> {
  const matched = new Map<Shape, Shape>();
  const taken = new Set<Shape>();
  for (const key of [({ name }: Shape) => name, wordsOf, bodyOf]) {
    const waiting = new Map<string, Shape[]>();
    for (const shape of next) {
      const text = taken.has(shape) ? undefined : key(shape);
      if (text !== undefined) waiting.set(text, [...(waiting.get(text) ?? []), shape]);
    }
    for (const shape of old) {
      const text = matched.has(shape) ? undefined : key(shape);
      const found = text === undefined ? undefined : waiting.get(text)?.shift();
      if (found === undefined) continue;
      matched.set(shape, found);
      taken.add(found);
    }
  }
  return matched;
}

function bodyOf({ parts }: Shape): string {
  return essence(parts.map(({ schema }) => schema));
}

/** The required fields that may be certain words only, with those: what tells a variant from others. */
function wordsOf(shape: Shape): string | undefined {
  const words = tagsOf(shape);
  return words.size === 0 ? undefined : essence([...words]);
}

function tagsOf({ parts }: Shape): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    parts.flatMap(({ schema }) =>
      membersOf(schema).flatMap(([name, field]) => {
        const values = schema.required?.includes(name) ? valuesOf(field) : undefined;
        return values === undefined ? [] : [[name, values] as const];
      }),
    ),
  );
}

function valuesOf(field: Schema): readonly unknown[] | undefined {
  if (typeof field !== 'object' || field.open) return undefined;
  const values = field.const === undefined ? field.enum : [field.const];
  return values?.every((value) => typeof value === 'string') ? values : undefined;
}

/** Whether code can be sure to have this variant before it: it has a name to import, or a word. */
function isTold(shape: Shape): boolean {
  return shape.name !== undefined || tagsOf(shape).size > 0;
}

/** Whether a field is in this variant alone: code looks whether it is there. */
function hasOwnField(shape: Shape, others: readonly Shape[]): boolean {
  const known = new Set(others.flatMap((other) => [...fieldsOf(other).keys()]));
  return [...fieldsOf(shape).keys()].some((name) => !known.has(name));
}

/** Whether no value of a variant is one of another: a word differs, or a field that has to be there is not. */
function isOutside(variant: Shape, other: Shape): boolean {
  const [own, theirs] = [tagsOf(variant), tagsOf(other)];
  const differs = [...theirs].some(
    ([name, words]) => own.has(name) && !(own.get(name) ?? []).some((word) => words.includes(word)),
  );
  const fields = fieldsOf(variant);
  return differs || [...fieldsOf(other)].some(([name, required]) => required && fields.get(name) !== true);
}

function fieldsOf({ parts }: Shape): ReadonlyMap<string, boolean> {
  return new Map(
    parts.flatMap(({ schema }) =>
      membersOf(schema).map(([name]) => [name, schema.required?.includes(name) ?? false] as const),
    ),
  );
}

function subjectOf(variant: Shape, { base }: Whole): string {
  return `${base.at.shown} | ${nameOf(variant)}`;
}

function nameOf({ name, at, parts }: Shape): string {
  if (name !== undefined) return name;
  const words = [...tagsOf({ name, at, parts, names: [] })].map(
    ([key, values]) => `${key} ${values.join(' or ')}`,
  );
  return words.length > 0 ? `what has ${words.join(', ')}` : 'one of its variants';
}
