import type { Json } from '../catalog/json.js';
import type { Schema, SchemaObject, SimpleType } from '../catalog/model.js';
import { code, comment, identifier, join, keyPattern, literal, propertyName, type Code } from './code.js';

/**
 * The type of every value that a schema accepts, and of as few others as TypeScript can say. Keywords that a type cannot
 * express (`not`, `if`, lengths, patterns) widen it, never narrow it.
 */
export function expression(schema: Schema): Code {
  return parts(schema).text;
}

/** Code with what binds it: a union needs parentheses inside an intersection, both need them before `[]`. */
interface Typed {
  readonly text: Code;
  readonly binding: 'union' | 'intersection' | 'tight';
}

function parts(schema: Schema): Typed {
  if (typeof schema === 'boolean') return tight(schema ? code`unknown` : code`never`);
  const all = [
    schema.$ref === undefined ? unknown : tight(identifier(schema.$ref)),
    ownValues(schema),
    ...(schema.allOf ?? []).map(parts),
    ...[schema.anyOf, schema.oneOf].map((branches) =>
      branches === undefined ? unknown : union(branches.map(parts)),
    ),
  ];
  return intersection(all);
}

/** What a schema says by its own keywords, without its branches. */
function ownValues(schema: SchemaObject): Typed {
  if (schema.const !== undefined) return tight(literalType(schema.const));
  if (schema.enum !== undefined && !schema.open)
    return union(
      schema.enum.filter((value) => isOfType(value, schema)).map((value) => tight(literalType(value))),
    );
  if (schema.open && schema.enum === undefined) return anyOther;
  const types = typesOf(schema);
  if (types === undefined) return unknown;
  const known = (schema.enum ?? [])
    .filter((value) => value !== null)
    .map((value) => tight(literalType(value)));
  return union([...known, ...types.map((type) => typed(type, schema))]);
}

function typed(type: SimpleType, schema: SchemaObject): Typed {
  switch (type) {
    case 'string':
      return tight(
        schema.open && schema.enum?.some((value) => typeof value === 'string')
          ? code`(string & {})`
          : code`string`,
      );
    case 'integer':
    case 'number':
      return tight(
        schema.open && schema.enum?.some((value) => typeof value === 'number')
          ? code`(number & {})`
          : code`number`,
      );
    case 'boolean':
      return tight(code`boolean`);
    case 'null':
      return tight(code`null`);
    case 'array':
      return arrayType(schema);
    case 'object':
      return tight(objectType(schema));
  }
}

const everyType: readonly SimpleType[] = ['string', 'number', 'boolean', 'null', 'array', 'object'];

/** The types a schema admits; undefined where it says nothing about any of them. */
export function typesOf(schema: SchemaObject): readonly SimpleType[] | undefined {
  if (schema.type !== undefined) {
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    const once: readonly SimpleType[] = types.map((type) => (type === 'integer' ? 'number' : type));
    return everyType.filter((type) => once.includes(type));
  }
  const says = ['items', 'properties', 'patternProperties', 'additionalProperties', 'required'].some((key) =>
    Object.hasOwn(schema, key),
  );
  return says ? everyType : undefined;
}

function arrayType({ items, additionalItems = true, minItems = 0 }: SchemaObject): Typed {
  if (!isTuple(items)) {
    const item = items === undefined ? unknown : parts(items);
    return tight(code`${parenthesised(item)}[]`);
  }
  const members = items.map((item, index) => {
    const member = parts(item);
    return index < minItems ? member.text : code`${parenthesised(member)}?`;
  });
  const rest = additionalItems === false ? [] : [code`...${parenthesised(parts(additionalItems))}[]`];
  return tight(code`[${join([...members, ...rest], ',')}]`);
}

function isTuple(items: SchemaObject['items']): items is readonly Schema[] {
  return Array.isArray(items);
}

/** The members of an object in braces, one a line. */
export function objectType(schema: SchemaObject): Code {
  const members = membersOf(schema);
  const index = indexSignatures(schema);
  if (members.length + index.length === 0) {
    return schema.additionalProperties === false && schema.patternProperties === undefined
      ? code`Record<string, never>`
      : code`Record<string, unknown>`;
  }
  const lines = [
    ...members.map(([name, member]) => {
      const text = typeof member === 'boolean' ? code`` : comment(member.description);
      return code`${text}${propertyName(name)}${isRequired(schema, name) ? code`` : code`?`}: ${expression(member)};`;
    }),
    ...index,
  ];
  return code`{\n${join(lines, '\n')}\n}`;
}

/** The members that a schema names, required ones that it does not declare included: they are what other keys may be. */
export function membersOf(schema: SchemaObject): readonly (readonly [string, Schema])[] {
  const declared = schema.properties ?? {};
  const undeclared = (schema.required ?? []).filter((name) => !Object.hasOwn(declared, name));
  return [...Object.entries(declared), ...undeclared.map((name) => [name, otherKey(schema, name)] as const)];
}

function otherKey(
  { patternProperties = {}, additionalProperties = true }: SchemaObject,
  name: string,
): Schema {
  const matching = Object.entries(patternProperties).filter(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  );
  const [only] = matching;
  if (only === undefined) return additionalProperties;
  return matching.length === 1 ? only[1] : { allOf: matching.map(([, value]) => value) };
}

function isRequired({ required = [] }: SchemaObject, name: string): boolean {
  return required.includes(name);
}

/**
 * Index signatures for keys that a schema describes by pattern, and for the values of a map. Whatever else the schema says
 * of a key that a signature covers is part of the signature's type, as TypeScript requires.
 */
export function indexSignatures(schema: SchemaObject): readonly Code[] {
  const members = membersOf(schema);
  const patterns = Object.entries(schema.patternProperties ?? {});
  const values = schema.additionalProperties;
  if (typeof values === 'object') {
    const every = [values, ...patterns.map(([, value]) => value), ...members.map(([, member]) => member)].map(
      parts,
    );
    // A map without members is asked for its keys; beside members a key may be absent.
    const absent = members.length === 0 ? [] : [tight(code`undefined`)];
    return [code`[field: string]: ${union([...every, ...absent]).text};`];
  }
  const signatures = patterns.flatMap(([pattern, value]) => {
    const keys = keysOf(pattern);
    return keys === undefined ? [] : [{ ...keys, value: parts(value) }];
  });
  return signatures.map(({ type, covers, value }) => {
    const others = [
      ...members.filter(([name]) => covers.test(name)).map(([, member]) => parts(member)),
      ...signatures.filter(({ example }) => covers.test(example)).map((other) => other.value),
    ];
    return code`[field: ${type}]: ${union([value, ...others, tight(code`undefined`)]).text};`;
  });
}

/** The keys that a pattern matches, as a type. */
interface Keys {
  readonly type: Code;
  /** Matches every key of the type, and a few more where a number is one of its parts. */
  readonly covers: RegExp;
  /** A key that only a type covers which covers all of this one. */
  readonly example: string;
}

/** A template literal type; undefined where there is none that covers what the pattern matches. */
function keysOf(pattern: string): Keys | undefined {
  const [, start, body = '', end] = /^(\^?)(.*?)(\$?)$/su.exec(pattern) ?? [];
  const pieces = body.split(/(\.[*+]|\\d\+|\[0-9\]\+)/);
  const fixed = pieces.filter((_, index) => index % 2 === 0);
  if (fixed.join('') === '' || !fixed.every((piece) => /^[\w-]*$/.test(piece))) return undefined;
  const gaps = pieces.filter((_, index) => index % 2 === 1);
  const holes = [
    ...(start === '' ? (['string'] as const) : []),
    ...gaps.map((gap) => (gap.startsWith('.') ? ('string' as const) : ('number' as const))),
    ...(end === '' ? (['string'] as const) : []),
  ];
  const words = [...(start === '' ? [''] : []), ...fixed, ...(end === '' ? [''] : [])];
  const filled = (fill: Record<'string' | 'number', string>) =>
    words.map((word, index) => word + (holes[index] === undefined ? '' : fill[holes[index]])).join('');
  return {
    type: keyPattern(words, holes),
    covers: new RegExp(`^${filled({ string: '.*', number: '[-+.\\w]+' })}$`, 'su'),
    example: filled({ string: ' ', number: '0' }),
  };
}

function literalType(value: Json): Code {
  if (Array.isArray(value)) return code`[${join((value as readonly Json[]).map(literalType), ',')}]`;
  return literal(value);
}

export function isOfType(value: Json, { type }: SchemaObject): boolean {
  if (type === undefined) return true;
  const types = typeof type === 'string' ? [type] : type;
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array');
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  return types.includes(typeof value as SimpleType);
}

const unknown: Typed = tight(code`unknown`);

/**
 * Stands for every text that the other members of a union do not name. TypeScript narrows a union by literals alone:
 * beside `string`, no comparison with one of the texts would leave out a member.
 */
const anyOther: Typed = tight(code`"(any other)"`);

function tight(text: Code): Typed {
  return { text, binding: 'tight' };
}

function union(members: readonly Typed[]): Typed {
  if (members.some(({ text }) => text.text === 'unknown')) return unknown;
  const kept = distinct(members).filter(({ text }) => text.text !== 'never');
  if (kept.length === 0) return tight(code`never`);
  return kept.length === 1
    ? (kept[0] as Typed)
    : {
        text: join(
          kept.map(({ text }) => text),
          ' | ',
        ),
        binding: 'union',
      };
}

function intersection(members: readonly Typed[]): Typed {
  const kept = distinct(members).filter(({ text }) => text.text !== 'unknown');
  if (kept.length === 0) return unknown;
  if (kept.length === 1) return kept[0] as Typed;
  const texts = kept.map((member) => (member.binding === 'union' ? code`(${member.text})` : member.text));
  return { text: join(texts, ' & '), binding: 'intersection' };
}

function distinct(members: readonly Typed[]): readonly Typed[] {
  return [...new Map(members.map((member) => [member.text.text, member])).values()];
}

function parenthesised({ text, binding }: Typed): Code {
  return binding === 'tight' ? text : code`(${text})`;
}
