import type { Input } from './input.js';

/**
 * Whether validators may look at one value more than once: by branches of a union, or by two keywords that are both about it.
 * Where these refer to other schemas, and these to others again, the time would double with every level of a payload.
 */
export function branches(input: unknown): boolean {
  if (Array.isArray(input)) return input.some(branches);
  if (typeof input !== 'object' || input === null) return false;
  const schema = input as Exclude<Input, boolean>;
  if (looksTwice.some((keyword) => refers(schema[keyword]))) return true;
  if (overlaps(schema) && refers(schema['patternProperties'])) return true;
  return Object.entries(schema).some(([keyword, value]) => {
    if (maps.has(keyword)) return Object.values(value as object).some(branches);
    return !data.has(keyword) && branches(value);
  });
}

const looksTwice = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'contains', 'dependencies'];

const maps: ReadonlySet<string> = new Set(['properties', 'patternProperties']);

/** Keywords whose values hold no schema. */
const data: ReadonlySet<string> = new Set(['const', 'enum', 'required', 'type', 'types']);

/** Whether there is a reference somewhere in a schema. A name or a value that is spelled like one makes no difference. */
function refers(part: unknown): boolean {
  return part !== undefined && JSON.stringify(part).includes('"$ref":');
}

/** Whether a member may be described twice, by its name and by a pattern, or by two patterns. */
function overlaps({ properties = {}, patternProperties = {} }: Exclude<Input, boolean>): boolean {
  const patterns = Object.keys(patternProperties as object);
  if (patterns.length > 1) return true;
  return patterns.some((pattern) => {
    const isMatch = new RegExp(pattern, 'u');
    return Object.keys(properties as object).some((name) => isMatch.test(name));
  });
}
