import { closestMatch } from 'leven';
import type { SimpleType } from '../model/catalog.js';
import type { Json } from '../model/json.js';

/** In the order that readers of a union expect. */
export const simpleTypeNames: readonly SimpleType[] = [
  'string',
  'integer',
  'number',
  'boolean',
  'array',
  'object',
  'null',
];

/** What to write for a keyword whose value is of the wrong kind; undefined where that is not known. */
export function cureOf(keyword: string, value: Json): string | undefined {
  if (keyword === 'required' && typeof value === 'boolean')
    return 'Name the property in the `required` list of the object around it.';
  if (exclusive.has(keyword) && typeof value === 'boolean') {
    const limit = keyword.replace('exclusiveM', 'm');
    return `Write the limit itself as \`${keyword}\`, and leave \`${limit}\` out.`;
  }
  if (lists.has(keyword) && !Array.isArray(value))
    return `Write a list, \`${keyword}: [ … ]\`, with at least one member.`;
  if (typeof value !== 'string') return undefined;
  if (flags.has(keyword) && /^(?:true|false)$/i.test(value))
    return `Write \`${value.toLowerCase()}\` without quotes.`;
  if (numbers.has(keyword) && value.trim() !== '' && Number.isFinite(Number(value)))
    return `Write \`${Number(value)}\` without quotes.`;
  return undefined;
}

/** What to write for a schema that is none: the name of a type, for one. */
export function cureOfSchema(value: Json): string {
  const otherwise = 'Write a schema: an object, or `true` or `false`.';
  if (typeof value !== 'string') return otherwise;
  if (/^(?:true|false)$/i.test(value)) return `Write \`${value.toLowerCase()}\` without quotes.`;
  const meant = meantType(value);
  return meant === undefined ? otherwise : `Write \`{ type: ${meant.type} }\`, if that was meant.`;
}

/** The type that a word which is none stands for. */
export function meantType(word: Json): { readonly type: string; readonly fix: string } | undefined {
  if (typeof word !== 'string' || word.length > longest) return undefined;
  const folded = word.toLowerCase().replace(/[-_ ]/g, '');
  const [type, more] = words.get(folded) ?? [
    simpleTypeNames.find((name) => name === folded) ??
      closestMatch(folded, [...simpleTypeNames], { maxDistance: 2 }),
  ];
  if (type === undefined) return undefined;
  return {
    type,
    fix: `Write \`type: ${type}\`${more === undefined ? '' : `, with \`${more}\``}, if that was meant.`,
  };
}

const longest = 40;

/** Words for types in programming languages, databases and other schema languages. */
const words: ReadonlyMap<string, readonly [type: SimpleType, more?: string]> = new Map([
  ...alike('text str char varchar', 'string'),
  ...alike('enum', 'string', 'enum'),
  ...alike('date', 'string', 'format: date'),
  ...alike('datetime timestamp', 'string', 'format: date-time'),
  ...alike('time', 'string', 'format: time'),
  ...alike('uuid guid', 'string', 'format: uuid'),
  ...alike('uri url', 'string', 'format: uri'),
  ...alike('email', 'string', 'format: email'),
  ...alike('int int32 int64 long short bigint uint', 'integer'),
  ...alike('float double decimal numeric real', 'number'),
  ...alike('bool', 'boolean'),
  ...alike('list set tuple', 'array'),
  ...alike('map dict dictionary hash struct record json', 'object'),
  ...alike('none nil', 'null'),
]);

function alike(
  from: string,
  type: SimpleType,
  more?: string,
): readonly (readonly [string, readonly [SimpleType, string?]])[] {
  return from.split(' ').map((word) => [word, more === undefined ? [type] : [type, more]]);
}

const exclusive: ReadonlySet<string> = new Set(['exclusiveMinimum', 'exclusiveMaximum']);
const lists: ReadonlySet<string> = new Set(['required', 'enum', 'allOf', 'anyOf', 'oneOf']);
const flags: ReadonlySet<string> = new Set(['uniqueItems', 'deprecated']);
const numbers: ReadonlySet<string> = new Set(
  'minLength maxLength minItems maxItems minProperties maxProperties minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'.split(
    ' ',
  ),
);
