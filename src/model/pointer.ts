import type { Json, JsonArray, JsonObject } from './json.js';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The steps of a reference within a document, `#/a/b~1c` (RFC 6901 §6); undefined where it is malformed, an anchor's name
 * among that.
 */
export function pointerSteps(ref: string): readonly string[] | undefined {
  if (ref === '#') return [];
  if (!ref.startsWith('#/')) return undefined;
  try {
    const steps = ref.slice(2).split('/').map(decodeURIComponent);
    if (steps.some((step) => /~(?![01])/u.test(step))) return undefined;
    return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** Names and numbers as a JSON pointer, which is no reference: `/a/b~1c`. Empty for the root. */
export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The names in such a pointer, whatever stands in it. */
export function namesIn(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is at the steps is called: `#/components/schemas/Order` Order, and a whole file by its base name. */
export function targetName(steps: readonly string[]): string {
  const last = steps.at(-1) ?? 'Document';
  return steps[0] === 'x-external' && steps.length === 2
    ? (last.split('/').at(-1) ?? last).replace(/\.[^.]*$/, '')
    : last;
}

/** The value at the steps; only own members count. */
export function valueAt(root: Json, steps: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of steps) value = memberOf(value, step);
  return value;
}

/**
 * Follows `$ref`s from a value until something that is not one, through those on the way: a channel in a file of its own is
 * still at `#/channels/<channel>`. Undefined where a reference leads nowhere or in a circle.
 */
export function resolve(root: JsonObject, value: Json | undefined): Json | undefined {
  return resolved(root, value, new Set());
}

function resolved(root: JsonObject, value: Json | undefined, seen: Set<string>): Json | undefined {
  let current = value;
  while (isObject(current) && Object.hasOwn(current, '$ref')) {
    const ref = current['$ref'];
    if (typeof ref !== 'string' || seen.has(ref)) return undefined;
    seen.add(ref);
    current = root;
    for (const step of pointerSteps(ref) ?? [undefined]) {
      const holder: Json | undefined =
        isObject(current) && step !== undefined && !Object.hasOwn(current, step)
          ? resolved(root, current, new Set(seen))
          : current;
      current = step === undefined ? undefined : memberOf(holder, step);
    }
  }
  return current;
}

/** The value of an own member or item. */
export function memberOf(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as JsonObject | JsonArray)[step as never];
}
