import type { Comparison, Manner } from './comparison.js';
import type { Shape } from './decompose.js';
import { compareMembers } from './members.js';
import type { Placed } from './indexed-contract.js';
import { isKnowable, isOutside, match, nameOf, saysOtherwise, variantOf, type Variant } from './variant.js';

interface Whole {
  readonly base: Placed;
  readonly head: Placed;
}

/** Compares the objects that a value may be: one with one, or the variants of a union by what distinguishes them. */
export function compareShapes(
  before: readonly Shape[],
  after: readonly Shape[],
  whole: Whole,
  manner: Manner,
  comparison: Comparison,
): void {
  const [only, ...others] = before;
  const [now, ...more] = after;
  if (only && now && others.length + more.length === 0) {
    compareShape(only, now, manner, comparison);
    return;
  }
  const old = before.map((shape) => variantOf(shape, comparison.base));
  const next = after.map((shape) => variantOf(shape, comparison.head));
  const matched = match(old, next);
  const locations = { base: whole.base.at, head: whole.head.at };
  if (matched.size === 0) {
    const message = `${whole.head.at.shown} is put together from other variants.`;
    comparison.report('schema-changed', locations, message, manner);
    return;
  }
  for (const [variant, same] of matched) {
    const report = old.every((other) => other === variant || saysOtherwise(variant, other));
    compareShape(variant.shape, same.shape, { variant: true, certain: manner.certain && report }, comparison);
  }
  const kept = new Set(matched.values());
  for (const variant of old) if (!matched.has(variant)) lost(variant);
  for (const variant of next) if (!kept.has(variant)) gained(variant);

  function lost(variant: Variant): void {
    const isSeen = isKnowable(variant, next);
    comparison.report(
      isSeen ? 'variant-removed' : 'type-narrowed',
      { ...locations, base: variant.shape.at, subject: subjectOf(variant) },
      `${whole.head.at.shown} is no longer ${nameOf(variant)}.`,
      manner,
    );
    if (!isSeen) return;
    for (const { schema } of variant.shape.parts) comparison.wentWith(schema);
    for (const name of variant.shape.names) comparison.wentWith({ $ref: name });
  }

  function gained(variant: Variant): void {
    const isNew = old.every((each) => isOutside(variant, each));
    comparison.report(
      isNew ? 'variant-added' : 'schema-changed',
      { ...locations, head: variant.shape.at, subject: subjectOf(variant) },
      `${whole.head.at.shown} may be ${nameOf(variant)} as well.`,
      manner,
    );
    for (const { schema } of variant.shape.parts) comparison.cameWith(schema);
    for (const name of variant.shape.names) comparison.cameWith({ $ref: name });
  }

  function subjectOf(variant: Variant): string {
    return `${whole.base.at.shown} | ${nameOf(variant)}`;
  }
}

function compareShape(old: Shape, next: Shape, manner: Manner, comparison: Comparison): void {
  if (old.name !== undefined && next.name !== undefined) {
    comparison.pair(old.name, next.name);
    return;
  }
  const isVariant = [...old.names, ...next.names].some((name) => comparison.isVariant(name));
  compareMembers(old, next, { ...manner, variant: manner.variant || isVariant }, comparison);
}
