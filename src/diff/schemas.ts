import type { Json } from '../model/json.js';
import type { Schema, SchemaObject } from '../model/catalog.js';
import { partsOf, undescribed } from '../model/subschemas.js';
import type { Comparison, Manner } from './comparison.js';
import { decompose, type Kinds, type Scalar } from './decompose.js';
import { compareLists } from './lists.js';
import { below, shownType, shownValue, type Placed, type IndexedContract } from './indexed-contract.js';
import { dataText } from './simple.js';
import { compareShapes } from './variants.js';

/** Compares what two schemas take, kind by kind. */
export function compareSchemas(base: Placed, head: Placed, manner: Manner, comparison: Comparison): void {
  const [before, after] = [referenceOf(base), referenceOf(head)];
  if (before !== undefined && after !== undefined) {
    comparison.pair(before, after);
    return;
  }
  if (isAlike(base, head, comparison)) return;
  const [old, next] = [decompose(base, comparison.base), decompose(head, comparison.head)];
  compareKinds(old, next, base, head, manner, comparison);
}

/** Whether two schemas mean the same. What they mention by name is compared by name. */
function isAlike(base: Placed, head: Placed, { base: before, head: after }: Comparison): boolean {
  if (isCopy(base.schema, head.schema)) return true;
  return before.text(base.schema) === after.text(head.schema) && !isDeprecatedInside(head.schema);
}

/**
 * Whether two schemas are the same to the letter, which is quick to find out. Whether branches of `oneOf` overlap depends on the
 * types that they mention.
 */
function isCopy(base: Schema, head: Schema): boolean {
  const text = JSON.stringify(base);
  return text === JSON.stringify(head) && !text.includes('"oneOf"');
}

function isDeprecatedInside(schema: Schema): boolean {
  return (
    typeof schema === 'object' && (schema.deprecated === true || partsOf(schema).some(isDeprecatedInside))
  );
}

function referenceOf({ schema }: Placed): string | undefined {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return undefined;
  return Object.keys(undescribed(schema)).length === 1 ? schema.$ref : undefined;
}

function compareKinds(
  old: Kinds,
  next: Kinds,
  base: Placed,
  head: Placed,
  manner: Manner,
  comparison: Comparison,
): void {
  const report = (rule: Parameters<Comparison['report']>[0], message: string) => {
    comparison.report(rule, { base: base.at, head: head.at }, message, manner);
  };
  const before = comparison.count();
  const was = () => `${head.at.shown} is ${shownType(head.schema)}; it was ${shownType(base.schema)}.`;
  if (old.opaque.length > 0 || next.opaque.length > 0) {
    compareOpaque(old, next, base, head, manner, comparison);
    return;
  }
  if (old.unknown.length > 0 || next.unknown.length > 0) {
    if (old.unknown.length === 0) report('type-widened', was());
    else if (next.unknown.length === 0) report('type-narrowed', was());
    else if (comparison.base.text(base.schema) !== comparison.head.text(head.schema))
      report('constraint-changed', `What ${head.at.shown} may be depends on other conditions.`);
    return;
  }
  if (old.nullable !== next.nullable) report(next.nullable ? 'nullable-added' : 'nullable-removed', was());
  const [had, has] = [kindNames(old), kindNames(next)];
  const lost = [...had].filter((kind) => !has.has(kind));
  const gained = [...has].filter((kind) => !had.has(kind));
  if (gained.length > 0) report(had.size > 0 && lost.length === had.size ? 'retyped' : 'type-widened', was());
  else if (lost.length > 0) report('type-narrowed', was());
  if (gained.length > 0 || lost.length > 0) {
    if (gained.length > 0) comparison.cameWith(head.schema);
    if (gained.length > 0 && lost.length > 0) comparison.wentWith(base.schema);
  }
  for (const kind of valueKinds)
    if (had.has(kind) && has.has(kind)) compareScalars(kind, old, next, report, head);
  if (old.lists.length > 0 && next.lists.length > 0)
    compareLists(old.lists, next.lists, manner, comparison, report);
  if (old.objects.length > 0 && next.objects.length > 0)
    compareShapes(old.objects, next.objects, { base, head }, manner, comparison);
  if (dataText(old.conditions) !== dataText(next.conditions))
    report('constraint-changed', `Conditions on ${head.at.shown} have changed.`);
  if (dataText(old.exclusive) !== dataText(next.exclusive) && comparison.worst(before) === 'safe')
    report(
      'schema-changed',
      `Values that are of two variants of ${head.at.shown} are taken where they were not, or the other way round.`,
    );
}

const valueKinds = ['string', 'number', 'boolean', 'a list', 'an object'] as const;

/** The kinds of value, `null` aside, that are taken. */
function kindNames({ values, scalars, lists, objects }: Kinds): ReadonlySet<string> {
  return new Set([
    ...[...values.values()].map(kindOf),
    ...scalars.keys(),
    ...(lists.length > 0 ? ['array'] : []),
    ...(objects.length > 0 ? ['object'] : []),
  ]);
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value;
}

type Tell = (rule: Parameters<Comparison['report']>[0], message: string) => void;

function compareScalars(
  kind: (typeof valueKinds)[number],
  old: Kinds,
  next: Kinds,
  report: Tell,
  { at, schema }: Placed,
): void {
  const [before, after] = [old, next].map(({ scalars }) => scalars.get(kind as Scalar) ?? []) as [
    readonly SchemaObject[],
    readonly SchemaObject[],
  ];
  const [known, values] = [old, next].map((kinds) => valuesOf(kind, kinds)) as [Values, Values];
  const gained = [...values].filter(([text]) => !known.has(text)).map(([, value]) => value);
  const lost = [...known].filter(([text]) => !values.has(text)).map(([, value]) => value);
  if (before.length === 0 && after.length === 0) {
    compareValues(known, values, gained, lost, report, at.shown);
  } else if (before.length === 0) {
    report(
      'enum-opened',
      `${at.shown} is ${shownType(schema)}; it was one of ${listed([...known.values()])}.`,
    );
  } else if (after.length === 0) {
    report('enum-closed', `${at.shown} is one of ${listed([...values.values()])}; it was any ${kind}.`);
  } else {
    if (gained.length + lost.length > 0) {
      const parts = [
        gained.length > 0 && `now has ${listed(gained)}`,
        lost.length > 0 && `no longer has ${listed(lost)}`,
      ];
      report(
        'open-values-changed',
        `The known values of ${at.shown}: the list ${parts.filter(Boolean).join(' and ')}.`,
      );
    }
    compareLimits(kind as Scalar, before, after, report, at.shown);
  }
}

type Values = ReadonlyMap<string, Json>;

/** The closed values of a kind, and those that its open enums know. */
function valuesOf(kind: string, { values, scalars }: Kinds): Values {
  const open = (scalars.get(kind as Scalar) ?? []).flatMap((each) => each.enum ?? []);
  const all = [...values, ...open.map((value) => [dataText(value), value] as const)];
  return new Map(all.filter(([, value]) => kindOf(value) === kind));
}

function compareValues(
  known: Values,
  values: Values,
  gained: readonly Json[],
  lost: readonly Json[],
  report: Tell,
  shown: string,
): void {
  if (known.size === 1 && values.size === 1 && gained.length === 1) {
    report('const-changed', `${shown} is ${listed(gained)}; it was ${listed(lost)}.`);
    return;
  }
  if (gained.length > 0) report('enum-member-added', `${shown} may be ${listed(gained)} as well.`);
  if (lost.length > 0) report('enum-member-removed', `${shown} is no longer ${listed(lost)}.`);
}

function listed(values: readonly Json[]): string {
  const some = values.slice(0, 6).map(shownValue).join(', ');
  return values.length > 6 ? `${some} and ${values.length - 6} more` : some;
}

const limits = {
  string: ['pattern', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: [],
} as const satisfies Record<Scalar, readonly (keyof SchemaObject)[]>;

/** Compares what is said of a text or a number beside its kind. */
function compareLimits(
  kind: Scalar,
  before: readonly SchemaObject[],
  after: readonly SchemaObject[],
  report: Tell,
  shown: string,
): void {
  const [old, next] = [before, after].map(([only, ...others]) => (others.length === 0 ? only : undefined));
  if (old === undefined || next === undefined) {
    const [was, is] = [before, after].map((list) =>
      list
        .map((each) => limitsOf(kind, each))
        .sort()
        .join(),
    );
    if (was !== is) report('constraint-changed', `What ${shown} may be is limited in other ways.`);
    return;
  }
  const [whole, isWhole] = [old, next].map((each) => kind === 'number' && isInteger(each));
  if (whole && !isWhole) report('integer-widened', `${shown} is any number; it was an integer.`);
  if (!whole && isWhole) report('integer-required', `${shown} is an integer; it was any number.`);
  if (old.format !== next.format)
    report(
      'format-changed',
      `The format of ${shown} is ${next.format ?? 'free'}; it was ${old.format ?? 'free'}.`,
    );
  const moved = (limits[kind] as readonly Limit[]).filter((key) => old[key] !== next[key]);
  if (moved.length === 0) return;
  const each = moved.map((key) => `${key} is ${next[key] ?? 'gone'}, it was ${old[key] ?? 'absent'}`);
  report('constraint-changed', `Of ${shown}, ${each.join('; ')}.`);
}

type Limit = (typeof limits)[Scalar][number];

function limitsOf(kind: Scalar, schema: SchemaObject): string {
  const own = (limits[kind] as readonly Limit[]).map((key) => schema[key] ?? null);
  return dataText([kind === 'number' && isInteger(schema), schema.format ?? null, ...own]);
}

function isInteger({ type }: SchemaObject): boolean {
  const types: readonly unknown[] = [type].flat();
  return types.includes('integer') && !types.includes('number');
}

/** Of schemas that are not taken apart, what stands beside a union is compared where the union is the same. */
function compareOpaque(
  old: Kinds,
  next: Kinds,
  base: Placed,
  head: Placed,
  manner: Manner,
  comparison: Comparison,
): void {
  const [[before, ...others], [after, ...more]] = [old.opaque, next.opaque];
  const report = comparison.count();
  if (before && after && others.length + more.length === 0 && before.rest === after.rest) {
    const names = Object.keys(before.own.schema.properties ?? {});
    const certain = !names.some((name) => before.rest.includes(JSON.stringify(name)));
    comparison.schemas({ ...before.own, at: below(before.own.at, '') }, after.own, {
      variant: true,
      certain: manner.certain && certain,
    });
  }
  if (comparison.base.text(base.schema) === comparison.head.text(head.schema)) return;
  const isRestAlike = besideOpaque(old, comparison.base) === besideOpaque(next, comparison.head);
  if (comparison.count() > report && (isRestAlike || comparison.worst(report) !== 'safe')) return;
  comparison.report(
    'schema-changed',
    { base: base.at, head: head.at },
    `${head.at.shown} is ${shownType(head.schema)}; it was ${shownType(base.schema)}.`,
    manner,
  );
}

/** What else a value may be than what is not taken apart. */
function besideOpaque(kinds: Kinds, { text }: IndexedContract): string {
  const { unknown, nullable, values, scalars, lists, objects, conditions, exclusive } = kinds;
  const all = [
    ...[...unknown, ...[...scalars.values()].flat(), ...lists.map(({ schema }) => schema)].map(text),
    ...objects.map(({ parts }) => parts.map(({ schema }) => text(schema)).join(' and ')),
    ...[...values.keys(), ...conditions, ...exclusive],
  ];
  return dataText([nullable, all.sort()]);
}
