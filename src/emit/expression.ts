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
function typesOf(schema: SchemaObject): readonly SimpleType[] | undefined {
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
  const properties = Object.entries(schema.properties ?? {});
  const undeclared = (schema.required ?? []).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
  const index = indexSignatures(schema);
  if (properties.length + undeclared.length + index.length === 0) {
    return schema.additionalProperties === false
      ? code`Record<string, never>`
      : code`Record<string, unknown>`;
  }
  const members = [
    ...properties.map(([name, property]) => {
      const text = typeof property === 'boolean' ? code`` : comment(property.description);
      return code`${text}${propertyName(name)}${isRequired(schema, name) ? code`` : code`?`}: ${expression(property)};`;
    }),
    ...undeclared.map((name) => code`${propertyName(name)}: unknown;`),
    ...index,
  ];
  return code`{\n${join(members, '\n')}\n}`;
}

export function isRequired({ required = [] }: SchemaObject, name: string): boolean {
  return required.includes(name);
}

/**
 * Index signatures for keys that a schema describes by pattern, and for the values of a map. Whatever else the schema
 * declares under a matching key is part of the signature's type, as TypeScript requires.
 */
export function indexSignatures(schema: SchemaObject): readonly Code[] {
  const properties = Object.entries(schema.properties ?? {});
  const patterns = Object.entries(schema.patternProperties ?? {});
  const signature = (key: Code, value: Typed, matches: (name: string) => boolean) => {
    const others = properties.filter(([name]) => matches(name)).map(([, property]) => parts(property));
    return code`[field: ${key}]: ${union([value, ...others, tight(code`undefined`)]).text};`;
  };
  const values = schema.additionalProperties;
  if (typeof values === 'object') {
    const every = union([parts(values), ...patterns.map(([, value]) => parts(value))]);
    return [
      properties.length === 0
        ? code`[field: string]: ${every.text};`
        : signature(code`string`, every, () => true),
    ];
  }
  return patterns.flatMap(([pattern, value]) => {
    const key = keyOf(pattern);
    return key === undefined
      ? []
      : [signature(key, parts(value), (name) => new RegExp(pattern, 'u').test(name))];
  });
}

/** The template literal type of the keys that a pattern matches; undefined where there is none that covers them. */
function keyOf(pattern: string): Code | undefined {
  const match = /^(\^?)(.*?)(\$?)$/su.exec(pattern);
  const [, start = '', body = '', end = ''] = match ?? [];
  const pieces = body.split(/(\.[*+]|\\d\+|\[0-9\]\+)/);
  const fixed = pieces.filter((_, index) => index % 2 === 0);
  if (!fixed.every((piece) => /^[\w-]*$/.test(piece))) return undefined;
  const gaps = pieces
    .filter((_, index) => index % 2 === 1)
    .map((gap) => (gap.startsWith('.') ? ('string' as const) : ('number' as const)));
  const open = { before: start === '', after: end === '' };
  const words = [...(open.before ? [''] : []), ...fixed, ...(open.after ? [''] : [])];
  const holes = [
    ...(open.before ? ['string' as const] : []),
    ...gaps,
    ...(open.after ? ['string' as const] : []),
  ];
  return fixed.join('') === '' ? undefined : keyPattern(words, holes);
}

function literalType(value: Json): Code {
  if (Array.isArray(value)) return code`[${join((value as readonly Json[]).map(literalType), ',')}]`;
  return literal(value);
}

function isOfType(value: Json, { type }: SchemaObject): boolean {
  if (type === undefined) return true;
  const types = typeof type === 'string' ? [type] : type;
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array');
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  return types.includes(typeof value as SimpleType);
}

const unknown: Typed = tight(code`unknown`);

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
