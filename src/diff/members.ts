import type { Schema, SchemaObject } from '../model/catalog.js';
import { indexSignatures, membersOf } from '../typescript/expression.js';
import type { Comparison, Manner, ReportedAt } from './comparison.js';
import type { Shape } from './decompose.js';
import { renames } from './renames.js';
import {
  below,
  fieldStep,
  shownType,
  type At,
  type Placed,
  type IndexedContract,
} from './indexed-contract.js';

/** Compares two objects: their fields by name, then the keys that have none. */
export function compareMembers(old: Shape, next: Shape, manner: Manner, comparison: Comparison): void {
  const report = comparison.count();
  const [before, after] = [viewOf(old, comparison.base), viewOf(next, comparison.head)];
  const within = { variant: false, certain: manner.certain };
  if (before.isRecord && !after.isRecord && after.index.every((signature) => !isMap(signature))) {
    comparison.report(
      'keys-named',
      { base: old.at, head: next.at },
      `${next.at.shown} has named fields only; it was ${before.shown}.`,
      manner,
    );
    for (const { schema } of after.fields.values()) comparison.cameWith(schema);
    return;
  }
  compareFields(before, after, manner, comparison);
  compareKeys(before, after, within, comparison);
  for (const key of limits) {
    if (before.limits[key] === after.limits[key]) continue;
    const message = `Of ${next.at.shown}, ${key} has changed.`;
    comparison.report('constraint-changed', { base: old.at, head: next.at }, message, manner);
  }
  if (before.index.join() !== after.index.join() && comparison.worst(report) === 'safe') {
    const message = `Keys of ${next.at.shown} that are not named read differently.`;
    comparison.report('schema-changed', { base: old.at, head: next.at }, message, manner);
  }
}

/** A field: its schema, and whether it has to be there. */
interface Field extends Placed {
  readonly required: boolean;
  /** The parts of an intersection that declare it. */
  readonly declared: number;
}

interface View {
  readonly at: At;
  readonly fields: ReadonlyMap<string, Field>;
  /** What keys without a name of their own may hold; false where there are none. */
  readonly others: Placed;
  readonly patterns: ReadonlyMap<string, Placed>;
  /** The index signatures, as they are written. */
  readonly index: readonly string[];
  /** Whether any key can be read: nothing is named. */
  readonly isRecord: boolean;
  readonly limits: Readonly<Record<(typeof limits)[number], string>>;
  readonly shown: string;
  /** What is said of a key that has no name here. */
  other(name: string): Schema;
}

const limits = ['minProperties', 'maxProperties', 'propertyNames', 'dependencies'] as const;

function viewOf({ at, parts }: Shape, { text }: IndexedContract): View {
  const fields = new Map<string, Field>();
  for (const { schema, at: location } of parts) {
    for (const [name, field] of membersOf(schema)) {
      const known = fields.get(name);
      const required = schema.required?.includes(name) ?? false;
      fields.set(name, {
        schema: known ? joined(known.schema, field) : field,
        at: known?.at ?? below(location, fieldStep(name), 'properties', name),
        required: required || (known?.required ?? false),
        declared: (known?.declared ?? 0) + 1,
      });
    }
  }
  const [{ schema, at: place }] = parts as [Placed<SchemaObject>];
  const { additionalProperties = true, patternProperties = {} } = parts.length === 1 ? schema : {};
  const index = parts.flatMap((part) => indexSignatures(part.schema)).map(({ text }) => text);
  const patterns = Object.entries(patternProperties).map(
    ([pattern, each]) =>
      [pattern, { schema: each, at: below(place, `[/${pattern}/]`, 'patternProperties', pattern) }] as const,
  );
  return {
    at,
    fields,
    others: { schema: additionalProperties, at: below(place, '[string]', 'additionalProperties') },
    patterns: new Map(patterns),
    index,
    isRecord: fields.size + index.length === 0,
    limits: Object.fromEntries(
      limits.map((key) => [key, text({ allOf: parts.map((part) => ({ [key]: part.schema[key] })) })]),
    ) as View['limits'],
    get shown() {
      return shownType(parts.length === 1 ? schema : { allOf: parts.map((part) => part.schema) });
    },
    other: (name) => otherKey(patternProperties, additionalProperties, name),
  };
}

function joined(left: Schema, right: Schema): Schema {
  return left === true ? right : right === true ? left : { allOf: [left, right] };
}

function otherKey(patterns: Readonly<Record<string, Schema>>, others: Schema, name: string): Schema {
  const matching = Object.entries(patterns).filter(([pattern]) => new RegExp(pattern, 'u').test(name));
  if (matching.length === 0) return others;
  return matching.map(([, schema]) => schema).reduce(joined);
}

function isMap(signature: string): boolean {
  return signature.startsWith('[field: string]');
}

function compareFields(old: View, next: View, manner: Manner, comparison: Comparison): void {
  const within = { variant: false, certain: manner.certain };
  const gone = [...old.fields].filter(([name]) => !next.fields.has(name));
  const come = [...next.fields].filter(([name]) => !old.fields.has(name));
  const texts = (fields: typeof gone, { text }: IndexedContract) =>
    fields.map(([name, { schema, required }]) => [name, { text: text(schema), required }] as const);
  const renamed = renames(texts(gone, comparison.base), texts(come, comparison.head));
  const taken = new Set(renamed.values());
  for (const [name, before] of old.fields) {
    const after = next.fields.get(name);
    if (after) compareField(old, before, after, within, comparison);
    else removed(before, renamed.get(name));
  }
  for (const [name, after] of come) if (!taken.has(name)) added(name, after);

  function removed(before: Field, now: string | undefined): void {
    const head = now === undefined ? undefined : next.fields.get(now);
    if (now !== undefined && head) {
      const message = `${before.at.shown} is called ${now} now.`;
      comparison.report('field-renamed', { base: before.at, head: head.at }, message, manner);
      comparison.schemas(before, head, within);
      return;
    }
    comparison.wentWith(before.schema);
    const message = `${before.at.shown} is gone; it was ${shownType(before.schema)}.`;
    comparison.report('field-removed', { base: before.at, head: next.at }, message, manner);
  }

  function added(name: string, after: Field): void {
    comparison.cameWith(after.schema);
    const locations = { base: old.at, head: after.at, subject: old.at.shown + fieldStep(name) };
    const known = old.other(name);
    const isRead = known !== true && known !== false;
    // Whoever reads keys that have no name has read this one before.
    if (isRead)
      comparison.schemas({ schema: known, at: { ...old.at, shown: after.at.shown } }, after, within);
    const what = `${after.at.shown} is new${after.required ? ' and required' : ''}: ${shownType(after.schema)}.`;
    if (after.required) comparison.report('field-added-required', locations, what, manner);
    else if (known === true && comparison.head.text(after.schema) === 'false')
      comparison.report('type-narrowed', locations, `${after.at.shown} may not be there any more.`, manner);
    else if (!isRead)
      comparison.report(manner.variant ? 'field-added-to-variant' : 'field-added', locations, what, manner);
  }
}

function compareField(old: View, before: Field, after: Field, manner: Manner, comparison: Comparison): void {
  const locations = { base: before.at, head: after.at };
  if (before.required && !after.required)
    comparison.report(
      'field-optional',
      locations,
      `${after.at.shown} may be absent; it was required.`,
      manner,
    );
  if (!before.required && after.required)
    comparison.report(
      'field-required',
      locations,
      `${after.at.shown} is required; it might be absent.`,
      manner,
    );
  if (isDeprecated(after.schema) && !isDeprecated(before.schema))
    comparison.report('deprecated', locations, `${after.at.shown} is deprecated.`, manner);
  const { type } = before.at;
  const isOfPart = type !== old.at.type && type === after.at.type && before.declared + after.declared === 2;
  // What a type brings to an intersection is looked at where the type is.
  if (isOfPart) comparison.pair(type, type);
  else comparison.schemas(before, after, manner);
}

export function isDeprecated(schema: Schema): boolean {
  return typeof schema === 'object' && schema.deprecated === true;
}

/** Compares what is said of keys that are not named, one by one. */
function compareKeys(old: View, next: View, manner: Manner, comparison: Comparison): void {
  const locations = { base: old.others.at, head: next.others.at };
  const { shown } = next.at;
  const report = (rule: Parameters<Comparison['report']>[0], message: string, of: ReportedAt = locations) => {
    comparison.report(rule, of, message, manner);
  };
  const [before, after] = [old.others.schema, next.others.schema];
  const wasMap = typeof before === 'object';
  const isMapNow = typeof after === 'object';
  if ((wasMap && isMapNow) || ((old.isRecord || next.isRecord) && wasMap !== isMapNow)) {
    comparison.schemas(old.others, next.others, manner);
  } else if (wasMap) {
    report('keys-removed', `Keys of ${shown} that are not named are not described any more.`);
  } else if (isMapNow) {
    report('keys-described', `Keys of ${shown} that are not named are ${shownType(after)} now.`);
  } else if (before !== after) {
    if (old.isRecord && next.isRecord)
      report(after ? 'type-widened' : 'type-narrowed', `${shown} is ${next.shown}; it was ${old.shown}.`);
    else if (after) report('keys-accepted', `${shown} takes fields that are not named.`);
    else report('keys-refused', `${shown} takes no fields but those that are named.`);
  }
  for (const [pattern, placed] of old.patterns) {
    const now = next.patterns.get(pattern);
    const of = { base: placed.at, head: now?.at ?? next.at };
    if (now) comparison.schemas(placed, now, manner);
    else if (next.isRecord) comparison.schemas(placed, { schema: true, at: next.at }, manner);
    else if (!wasMap && isReadable(pattern, placed.schema))
      report('keys-removed', `Keys of ${shown} like ${pattern} are not described any more.`, of);
    else report('constraint-changed', `Keys of ${shown} like ${pattern} are not described any more.`, of);
  }
  for (const [pattern, placed] of next.patterns) {
    if (old.patterns.has(pattern)) continue;
    report('keys-described', `Keys of ${shown} like ${pattern} are ${shownType(placed.schema)} now.`, {
      base: old.at,
      head: placed.at,
      subject: `${old.at.shown}[/${pattern}/]`,
    });
  }
}

function isReadable(pattern: string, schema: Schema): boolean {
  return indexSignatures({ patternProperties: { [pattern]: schema } }).length > 0;
}
