import type { Finding } from '../delivery/live-kit.js';
import type { Json, JsonObject } from '../model/json.js';
import { isObject, memberOf, namesIn } from '../model/pointer.js';
import { groupOf, itemsOf, keyOf, memberIn, type Group, type SchemaPlace } from './schema-place.js';

/** A keyword of a schema that values did not keep. */
export interface Correction {
  readonly place: SchemaPlace;
  readonly keyword: string;
  /** The name that is asked for (`required`) or not expected (`additionalProperties`). */
  readonly name?: string;
  /** The JSON types of the values. */
  readonly types: Set<string>;
  count: number;
  first: string;
  last: string;
}

/** Corrections by place, keyword and name: no more than the documents have keywords. */
export type Corrections = Map<string, Correction>;

/**
 * Notes what validators found wrong with a payload, at the places in the documents that say so.
 *
 * @param root the schema of the payload
 * @param isTelling whether a value of the payload says which event it is: that one is never corrected
 */
export function note(
  corrections: Corrections,
  root: SchemaPlace,
  payload: unknown,
  findings: readonly Finding[],
  day: string,
  isTelling: (steps: readonly string[]) => boolean,
): void {
  const outer = new Set(findings.flatMap(({ instancePath }) => outerPaths(instancePath)));
  const noted = new Set<string>();
  for (const { instancePath, keyword, params } of findings) {
    const steps = namesIn(instancePath);
    if (isTelling(steps)) continue;
    // What is wrong inside of a branch comes first: with that mended, the union may hold.
    if (unions.has(keyword) && outer.has(instancePath)) continue;
    const found = valueAndGroup(root, payload, steps);
    for (const [place, broken] of found ? brokenAt(found.group, keyword, found.value, params) : []) {
      const name = keyword === 'required' ? String(params['missingProperty']) : undefined;
      const key = `${keyOf(place)} ${broken} ${name ?? ''}`;
      const correction = corrections.get(key) ?? created(place, broken, name);
      corrections.set(key, correction);
      correction.types.add(typeOf(found?.value));
      if (noted.has(key)) continue;
      noted.add(key);
      correction.count += 1;
      if (day !== '' && (correction.first === '' || day < correction.first)) correction.first = day;
      if (day > correction.last) correction.last = day;
    }
  }
}

const unions: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'branches', 'orNull', 'if']);

function created(place: SchemaPlace, keyword: string, name: string | undefined): Correction {
  return {
    place,
    keyword,
    ...(name !== undefined && { name }),
    types: new Set(),
    count: 0,
    first: '',
    last: '',
  };
}

/** The schemas that say what a value does not keep, and the keyword that each says it with. */
function brokenAt(
  { places, branches }: Group,
  keyword: string,
  value: unknown,
  params: Finding['params'],
): readonly (readonly [SchemaPlace, string])[] {
  if (!unions.has(keyword) && !types.has(keyword))
    return places.flatMap((place) =>
      breaks(place.schema, keyword, value, params) ? [[place, keyword]] : [],
    );
  const always = places.filter((place) => !branches.has(place));
  if (keyword === 'if')
    return always.flatMap((place) => ('if' in asObject(place.schema) ? [[place, 'if']] : []));
  const mistyped = always.filter(
    ({ schema }) => 'type' in asObject(schema) && !accepts(asObject(schema)['type'], value),
  );
  if (types.has(keyword) && mistyped.length > 0) return mistyped.map((place) => [place, 'type']);
  // That a branch is of another type is nothing to correct in the branch.
  return always.flatMap((place) =>
    ['anyOf', 'oneOf'].flatMap((each) => (each in asObject(place.schema) ? [[place, each] as const] : [])),
  );
}

const types: ReadonlySet<string> = new Set(['type', 'types']);

function asObject(schema: Json): JsonObject {
  return isObject(schema) ? schema : {};
}

function breaks(schema: Json, keyword: string, value: unknown, params: Finding['params']): boolean {
  const said = memberOf(schema, keyword);
  if (!isObject(schema) || said === undefined) return false;
  switch (keyword) {
    case 'enum':
      return schema['x-open-enum'] !== true && !(said as readonly unknown[]).includes(value);
    case 'required':
      return (said as readonly unknown[]).includes(params['missingProperty']);
    case 'additionalProperties':
      return said === false;
    case 'format':
    case 'pattern':
      return said === params[keyword];
    default:
      return true;
  }
}

/** Whether a `type` takes a value. */
export function accepts(type: Json | undefined, value: unknown): boolean {
  const types = [type].flat() as readonly Json[];
  const name = typeOf(value);
  return types.includes(name) || (name === 'integer' && types.includes('number'));
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** The value that steps lead to, and the schemas that are about it. */
function valueAndGroup(
  root: SchemaPlace,
  payload: unknown,
  steps: readonly string[],
): { readonly value: unknown; readonly group: Group } | undefined {
  let value = payload;
  let group: Group | undefined = groupOf([root]);
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    group = group && (Array.isArray(value) ? itemsOf(group, Number(step)) : memberIn(group, step).known);
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return group && { value, group };
}

/** The pointers to what a value is inside of. */
function outerPaths(pointer: string): readonly string[] {
  const steps = pointer.split('/');
  return steps.slice(0, -1).map((_, index) => steps.slice(0, index + 1).join('/'));
}
