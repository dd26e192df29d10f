import type { Json } from '../../model/json.js';
import type { PrettierOptions } from '../../kit/prettier-options.js';
import { group, indented, joined, line, softLine, type Doc } from './doc.js';
import { print } from './print.js';
import { withDefaults } from './style.js';

/**
 * JSON as Prettier lays it out. Objects of the first levels are a line per member wherever Prettier leaves the choice: a
 * changed member is a changed line then.
 */
export function jsonText(value: Json, options: PrettierOptions): string {
  const style = withDefaults(options);
  const levels = style.objectWrap === 'preserve' ? levelsOfLines : 0;
  return `${print(valueDoc(value, levels, style.bracketSpacing ? line : softLine), style)}\n`;
}

const levelsOfLines = 4;

function valueDoc(value: Json, levels: number, blank: Doc): Doc {
  if (typeof value !== 'object' || value === null) return primitive(value);
  if (isArray(value)) return arrayDoc(value, levels, blank);
  const members = Object.entries(value).map(([name, each]): Doc => [
    `${primitive(name)}: `,
    valueDoc(each, levels - 1, blank),
  ]);
  if (members.length === 0) return '{}';
  return group(['{', indented([blank, joined(members, [',', line])]), blank, '}'], levels > 0);
}

function arrayDoc(items: readonly Json[], levels: number, blank: Doc): Doc {
  if (items.length === 0) return '[]';
  const docs = items.map((item) => valueDoc(item, levels - 1, blank));
  const isFilled = items.length > 1 && items.every((item) => typeof item === 'number');
  const content = isFilled
    ? docs.map((doc, index) => {
        const item = index === docs.length - 1 ? doc : [doc, ','];
        return index === 0 ? item : group([line, item]);
      })
    : joined(
        docs.map((doc) => group(doc)),
        [',', line],
      );
  return group(['[', indented([softLine, content]), softLine, ']'], isTable(items));
}

/** Several objects, or several arrays, of several members each: a line for each. */
function isTable(items: readonly Json[]): boolean {
  const sizes = items.map((item) => (isArray(item) ? item.length : Object.keys(item ?? {}).length));
  const isOfOneKind = items.every(
    (item) => typeof item === 'object' && item !== null && isArray(item) === isArray(items[0] ?? null),
  );
  return items.length > 1 && isOfOneKind && sizes.every((size) => size > 1);
}

function primitive(value: string | number | boolean | null): string {
  const text = JSON.stringify(value);
  return typeof value === 'number' ? text.replace('e+', 'e') : ascii(text);
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
