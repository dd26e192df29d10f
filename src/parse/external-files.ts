import { externalFiles } from '../model/document.js';
import type { Json, JsonObject } from '../model/json.js';
import { isObject, pointerSteps, valueAt } from '../model/pointer.js';

/**
 * The external files of a document, as far as a skeleton refers to them. The rest is schemas mostly, which the parser would
 * follow and check like any part of the document.
 *
 * @param skeleton a copy of the document without its external files
 * @param copy copies a value as the skeleton was copied
 */
export function usedExternalFiles(
  skeleton: Json,
  document: JsonObject,
  copy: (value: Json) => Json,
): JsonObject {
  const kept: JsonObject = {};
  const known = new Set<string>();
  const pending = [skeleton];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const ref of refsIn(value)) {
      const steps = pointerSteps(ref) ?? [];
      if (steps[0] !== externalFiles || known.has(ref)) continue;
      known.add(ref);
      const target = valueAt(document, steps);
      if (target !== undefined) pending.push(put(copy(target), kept, steps.slice(1)));
    }
  }
  return kept;
}

function* refsIn(value: Json): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if (isObject(value) && typeof value['$ref'] === 'string') yield value['$ref'];
  for (const member of Object.values(value)) yield* refsIn(member as Json);
}

/** Puts a value under its steps. What is there of it already stays, and so do its parts. */
function put(value: Json, root: JsonObject, steps: readonly string[]): Json {
  let holder: Record<string, Json> = root;
  for (const step of steps.slice(0, -1)) {
    if (!Object.hasOwn(holder, step)) holder[step] = {};
    holder = holder[step] as Record<string, Json>;
  }
  const last = steps.at(-1) as string;
  const before = Object.hasOwn(holder, last) ? holder[last] : undefined;
  holder[last] = isObject(value) && isObject(before) ? { ...before, ...value } : value;
  return value;
}
