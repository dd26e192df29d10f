import type { Json } from '../model/json.js';
import type { Schema, SchemaObject } from '../model/catalog.js';
import { code, commentOf, commentLines, type Code } from './code.js';

/** The comment of a type or a member: what the document says of it, and what no type can say. */
export function descriptionOf(schema: Schema, name: string): Code {
  return typeof schema === 'boolean' ? code`` : commentOf(descriptionLines(schema, name));
}

/** The lines of that comment; what fits on one line is on one, so that a member is two lines of a diff. */
export function descriptionLines(schema: SchemaObject, name: string): readonly string[] {
  const { title, description, deprecated } = schema;
  const isSaid =
    title === undefined || [name, (description ?? '').slice(0, title.length)].some(isLike(title));
  const texts = [isSaid ? undefined : title, description, facts(schema)];
  const blocks = texts.map((text) => commentLines(text)).filter((lines) => lines.length > 0);
  const line = blocks
    .map((lines) => lines.join(' '))
    .reduce((all, each) => `${sentence(all)} ${each}`, '')
    .trim();
  const isShort = blocks.every((lines) => lines.length === 1) && line.length <= maxLine;
  return [...(isShort && line !== '' ? [line] : blocks.flat()), ...(deprecated ? ['@deprecated'] : [])];
}

const maxLine = 100;

function sentence(text: string): string {
  return /[\p{L}\p{N})"'`\]]$/u.test(text) ? `${text}.` : text;
}

/** Whether two texts differ in no letter and no digit. */
function isLike(text: string): (other: string) => boolean {
  const plain = (each: string) => each.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return (other) => plain(other) === plain(text);
}

/** What holds of a value beside its type: `Format: date-time; at most 40 characters; default: "open".` */
function facts(schema: SchemaObject): string | undefined {
  const { format, pattern, multipleOf, uniqueItems, items, default: preset, examples = [] } = schema;
  const inside = typeof items === 'object' && !Array.isArray(items) ? (items as SchemaObject) : undefined;
  const all = [
    format === undefined ? undefined : `format: ${format}`,
    range(schema.minLength, schema.maxLength, 'character'),
    pattern === undefined || pattern.length > maxValue ? undefined : `pattern: ${pattern}`,
    limits(schema),
    multipleOf === undefined ? undefined : `a multiple of ${multipleOf}`,
    range(schema.minItems, schema.maxItems, 'item'),
    uniqueItems ? 'no item twice' : undefined,
    inside?.format === undefined ? undefined : `format of the items: ${inside.format}`,
    range(schema.minProperties, schema.maxProperties, 'member'),
    preset === undefined ? undefined : shown('default', [preset]),
    shown('example', examples.slice(0, 2)),
  ].filter((each) => each !== undefined);
  const text = all.join('; ');
  return text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Longer values are of no use in a comment. */
const maxValue = 60;

function shown(what: string, values: readonly Json[]): string | undefined {
  const texts = values.map((value) => JSON.stringify(value)).filter((text) => text.length <= maxValue);
  return texts.length === 0 ? undefined : `${what}: ${texts.join(', ')}`;
}

function range(least: number | undefined, most: number | undefined, thing: string): string | undefined {
  const things = (count: number) => `${count} ${thing}${count === 1 ? '' : 's'}`;
  if (most === undefined) return least === undefined || least === 0 ? undefined : `at least ${things(least)}`;
  if (least === undefined || least === 0) return `at most ${things(most)}`;
  return least === most ? `exactly ${things(most)}` : `${least} to ${things(most)}`;
}

function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaObject): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}`;
  const all = [
    minimum === undefined ? undefined : `at least ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`,
    maximum === undefined ? undefined : `at most ${maximum}`,
    exclusiveMaximum === undefined ? undefined : `below ${exclusiveMaximum}`,
  ].filter((each) => each !== undefined);
  return all.length === 0 ? undefined : all.join(', ');
}
