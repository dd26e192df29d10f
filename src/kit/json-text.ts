import type { Json } from '../model/json.js';

/**
 * JSON for Prettier to lay out. Objects of the first levels start on a line of their own, which Prettier leaves so: a changed
 * member is a changed line then.
 */
export function jsonText(value: Json, levelsOfLines = 4): string {
  if (typeof value !== 'object' || value === null) return ascii(JSON.stringify(value));
  const inner = (each: Json) => jsonText(each, levelsOfLines - 1);
  if (isArray(value)) return `[${value.map(inner).join(',')}]`;
  const members = Object.entries(value).map(([name, each]) => `${jsonText(name)}:${inner(each)}`);
  return `{${levelsOfLines > 0 ? '\n' : ''}${members.join(',')}}`;
}

/** JSON in ASCII, where every character takes one column. */
export function ascii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
