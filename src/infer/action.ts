import type { Json, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { joinSchemas, typesOf, widened } from './inferred-schema.js';
import type { Steps } from './schema-place.js';

/** What an action was made from: never a value, only how often and when. */
export interface Observed {
  readonly count?: number;
  /** The templates of rules that it was made from, where no delivery was looked at. */
  readonly template?: string;
  /** Days; left out where no observation has one. */
  readonly first?: string;
  readonly last?: string;
}

/** An action of an inferred overlay: it declares or corrects one thing. */
export interface Action {
  /** A JSONPath. */
  readonly target: string;
  readonly description: string;
  readonly update?: JsonObject;
  readonly remove?: true;
  readonly observed: Observed;
}

/** A JSONPath (RFC 9535) to a value of a document. */
export function jsonPath(steps: Steps): string {
  const segments = steps.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? `.${step}` : `[${singleQuoted(step)}]`;
  });
  return `$${segments.join('')}`;
}

/** A text in single quotes, as RFC 9535 escapes it. */
export function singleQuoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/** What an action is about: two of the same are one action. */
export function subjectOf({ target, update, remove }: Pick<Action, 'target' | 'update' | 'remove'>): string {
  return JSON.stringify([target, remove ?? false, update === undefined ? '' : keysOf(update)]);
}

/** The keywords that are changed, or the members that are declared. */
function keysOf(update: JsonObject): Json {
  const { properties } = update;
  return isMembers(properties) && Object.keys(update).length === 1
    ? { properties: Object.keys(properties).sort() }
    : Object.keys(update).sort();
}

/** Whether a value is schemas by their names, and no schema of something that is called `properties`. */
function isMembers(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.values(value).every(isSchema);
}

function isSchema(value: Json | undefined): value is JsonObject | true {
  return isObject(value) || value === true;
}

/** The actions of both, those about the same thing joined. Sorted, so that their order makes no difference. */
export function joinActions(some: readonly Action[], others: readonly Action[]): readonly Action[] {
  const all = new Map<string, Action>();
  for (const action of [...some, ...others]) {
    const subject = subjectOf(action);
    const before = all.get(subject);
    all.set(subject, before ? joinedAction(before, action) : action);
  }
  return sorted([...all.values()]);
}

export function sorted(actions: readonly Action[]): readonly Action[] {
  return actions
    .map((action) => [`${action.target}\n${subjectOf(action)}`, action] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, action]) => action);
}

function joinedAction(one: Action, other: Action): Action {
  return {
    ...one,
    ...(one.update && other.update && { update: joinedUpdate(one.update, other.update) }),
    observed: joinedObserved(one.observed, other.observed),
  };
}

function joinedUpdate(one: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(one).map((key): [string, Json] => {
      const [some, more] = [one[key] as Json, other[key]];
      if (more === undefined) return [key, some];
      if (key === 'properties' && isMembers(some) && isMembers(more)) return [key, joinedUpdate(some, more)];
      if (isSchema(some) && isSchema(more)) return [key, joinSchemas(some, more)];
      return [key, key === 'type' ? widened(some, typesOf(more)) : some];
    }),
  );
}

/**
 * The larger of two numbers, not their sum: what was observed twice must not count twice, and nothing tells old observations
 * from new ones.
 */
function joinedObserved(one: Observed, other: Observed): Observed {
  const days = [one.first, other.first].filter((day) => day !== undefined).sort();
  const lasts = [one.last, other.last].filter((day) => day !== undefined).sort();
  const count = Math.max(one.count ?? 0, other.count ?? 0);
  const templates = [one, other].flatMap(({ template }) => template?.split(', ') ?? []);
  const { count: times, ...dates } = observed(count, days[0] ?? '', lasts.at(-1) ?? '');
  return {
    ...(count > 0 && { count: times }),
    ...dates,
    ...(templates.length > 0 && { template: [...new Set(templates)].sort().join(', ') }),
  };
}

export function observed(count: number, first: string, last: string): Observed {
  return { count, ...(first !== '' && { first }), ...(last !== '' && { last }) };
}
