import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { isObject, pointerSteps, valueAt } from '../model/pointer.js';

/**
 * Whether a document certainly has the structure that its version of AsyncAPI asks for, as it stands and with its
 * references resolved. False says nothing: the parser finds out, and finds the words for it.
 */
export async function isWellStructured(data: Json): Promise<boolean> {
  if (!isObject(data) || data['asyncapi'] !== '2.6.0') return false;
  const resolved = resolvedTree(data);
  if (resolved === undefined) return false;
  const { default: check } = await import('compiled:asyncapi-2.6.0');
  return check(data) && check(resolved);
}

/** The document with what references lead to in their place; undefined where one leads nowhere or to itself. */
function resolvedTree(data: JsonObject): Json | undefined {
  const known = new Map<Json, Json>();
  const open = new Set<Json>();
  let sound = true;

  function resolved(value: Json): Json {
    if (typeof value !== 'object' || value === null) return value;
    const before = known.get(value);
    if (before !== undefined) return before;
    if (open.has(value)) sound = false;
    if (!sound) return null;
    open.add(value);
    const result =
      isObject(value) && Object.hasOwn(value, '$ref') ? target(value) : copy(value as JsonObject | JsonArray);
    open.delete(value);
    known.set(value, result);
    return result;
  }

  function target({ $ref }: JsonObject): Json {
    const steps = typeof $ref === 'string' ? pointerSteps($ref) : undefined;
    const value = steps && valueAt(data, steps);
    if (value === undefined) sound = false;
    return value === undefined ? null : resolved(value);
  }

  function copy(value: JsonObject | JsonArray): Json {
    if (Array.isArray(value)) return value.map(resolved);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member as Json)]));
  }

  const result = resolved(data);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `resolved` may have cleared it
  return sound ? result : undefined;
}
