import type { Json } from '../model/json.js';
import { byCodeUnit } from './path.js';

/** A copy with the keys of every object in order. `fromEntries` defines own properties, so `__proto__` is a key like others. */
export function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => byCodeUnit(left, right))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
