import type { Json } from '../model/json.js';
import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { describesParts, everyType, isOfType, typeOfValue } from '../model/simple-types.js';
import { code, join, keyPattern, literal, propertyName, typeReference, type Code } from './code.js';
import { descriptionOf } from './description.js';
import { inside, outermost, type Scope } from './scope.js';
import { intersection, parenthesised, tight, union, unknown, type Typed } from './typed.js';

export { isOfType, typesOf } from '../model/simple-types.js';

/**
 * The type of every value that a schema accepts, and of as few others as TypeScript can say. Keywords that a type cannot
 * express (`not`, lengths, patterns) widen it, never narrow it.
 */
export function expression(schema: Schema, scope: Scope = outermost()): Code {
  return parts(schema, scope).text;
}

/** The type of those values that the scope leaves: what a parent, a sibling or a reference refuses is not written. */
function parts(schema: Schema, scope: Scope): Typed {
  if (typeof schema === 'boolean') return tight(schema ? code`unknown` : code`never`);
  const admitted = scope.admitted(schema);
  const own = everyType.filter((type) => admitted.has(type) && scope.within.has(type));
  if (own.length === 0) return tight(code`never`);
  if (own.length === 1 && own[0] === 'null') return tight(code`null`);
  if (isComposite(schema) && own.includes('null') && own.length < everyType.length) {
    const others = new Set(own.filter((type) => type !== 'null'));
    return union([parts(schema, { ...scope, within: others }), tight(code`null`)]);
  }
  const branch = inside(scope, schema, own);
  const all = [
    schema.$ref === undefined ? unknown : referred(schema.$ref, branch),
    ...(schema.allOf ?? []).map((each) => parts(each, branch)),
    ownValues(schema, own, scope),
    ...[schema.anyOf, schema.oneOf].map((branches) =>
      branches === undefined ? unknown : union(branches.map((each) => parts(each, branch))),
    ),
    conditional(schema, branch),
  ];
  return intersection(own.length === 1 ? withoutPlain(all, plain[own[0] as SimpleType]) : all);
}

function isComposite({ $ref, allOf, anyOf, oneOf }: SchemaObject): boolean {
  return [$ref, allOf, anyOf, oneOf].some((each) => each !== undefined);
}

/** That something is an object goes without saying where it is said what is in it; of a text or a list the same. */
function withoutPlain(all: readonly Typed[], plainType: string | undefined): readonly Typed[] {
  const telling = all.filter(({ text }) => text.text !== plainType && text.text !== 'unknown');
  return telling.length > 0 ? telling : all;
}

/** A kind of value of which nothing else is said. */
const plain: Readonly<Partial<Record<SimpleType, string>>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  array: 'unknown[]',
  object: 'Record<string, unknown>',
};

/**
 * A type by its name; where it may be more kinds of value than the scope leaves, so that a member could not be read, what it
 * says of those that are left is written out.
 */
function referred(name: string, scope: Scope): Typed {
  const target = scope.target(name);
  const kinds = target === undefined ? [] : [...scope.admitted(target)];
  const isWider = kinds.some((kind) => kind !== 'null' && !scope.within.has(kind));
  if (target === undefined || !isWider || scope.written.has(name) || scope.written.size >= maxWritten)
    return tight(typeReference(name));
  return parts(target, { ...scope, written: new Set([...scope.written, name]) });
}

/** References that are written out one inside another. */
const maxWritten = 3;

/** What follows where a condition decides between two branches. The condition holds in the first of them. */
export function conditional({ if: condition, then: first, else: second }: SchemaObject, scope: Scope): Typed {
  if (condition === undefined || first === undefined || second === undefined) return unknown;
  return union([intersection([parts(condition, scope), parts(first, scope)]), parts(second, scope)]);
}

/** What a schema says by its own keywords, without its branches. */
function ownValues(schema: SchemaObject, own: readonly SimpleType[], scope: Scope): Typed {
  const isPossible = (value: Json) => own.includes(typeOfValue(value)) && isOfType(value, schema);
  if (schema.const !== undefined)
    return isPossible(schema.const) ? tight(literalType(schema.const)) : tight(code`never`);
  if (schema.enum !== undefined && !schema.open)
    return union(schema.enum.filter(isPossible).map((value) => tight(literalType(value))));
  if (schema.open && schema.enum === undefined) return anyOther;
  if (schema.type === undefined && !describesParts(schema)) return unknown;
  const known = (schema.enum ?? [])
    .filter((value) => value !== null)
    .map((value) => tight(literalType(value)));
  return union([...known, ...own.map((type) => typed(type, schema, scope))]);
}

function typed(type: SimpleType, schema: SchemaObject, scope: Scope): Typed {
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
      return arrayType(schema, outermost(scope));
    case 'object':
      return tight(objectType(schema, scope));
  }
}

function arrayType({ items, additionalItems = true, minItems = 0 }: SchemaObject, scope: Scope): Typed {
  if (!isTuple(items)) {
    const item = items === undefined ? unknown : parts(items, scope);
    return tight(code`${parenthesised(item)}[]`);
  }
  const members = items.map((item, index) => {
    const member = parts(item, scope);
    return index < minItems ? member.text : code`${parenthesised(member)}?`;
  });
  const rest = additionalItems === false ? [] : [code`...${parenthesised(parts(additionalItems, scope))}[]`];
  return tight(code`[${join([...members, ...rest], ',')}]`);
}

function isTuple(items: SchemaObject['items']): items is readonly Schema[] {
  return Array.isArray(items);
}

/** The members of an object in braces, one a line. */
export function objectType(schema: SchemaObject, scope: Scope = outermost()): Code {
  const members = membersOf(schema, scope);
  const index = indexSignatures(schema, scope);
  if (members.length + index.length === 0) {
    return schema.additionalProperties === false && schema.patternProperties === undefined
      ? code`Record<string, never>`
      : code`Record<string, unknown>`;
  }
  const lines = [
    ...members.map(([name, member]) => {
      return code`${descriptionOf(member, name)}${propertyName(name)}${isRequired(schema, name) ? code`` : code`?`}: ${expression(member, outermost(scope))};`;
    }),
    ...index,
  ];
  return code`{\n${join(lines, '\n')}\n}`;
}

/**
 * The members that a schema names, required ones that it does not declare included: what they are is said by what the schema
 * is a branch of, or else of all other keys.
 */
export function membersOf(
  schema: SchemaObject,
  scope: Scope = outermost(),
): readonly (readonly [string, Schema])[] {
  const declared = schema.properties ?? {};
  const undeclared = (schema.required ?? []).filter((name) => !Object.hasOwn(declared, name));
  return [
    ...Object.entries(declared),
    ...undeclared.map((name) => {
      const other = otherKey(schema, name);
      return [name, other === true ? (scope.declared(name) ?? true) : other] as const;
    }),
  ];
}

export function otherKey(
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
export function indexSignatures(schema: SchemaObject, scope: Scope = outermost()): readonly Code[] {
  const members = membersOf(schema, scope);
  const patterns = Object.entries(schema.patternProperties ?? {});
  const values = schema.additionalProperties;
  const written = (each: Schema) => parts(each, outermost(scope));
  // Where patterns say all that a key may be, but not in a way that a type can, any key has a value of one of them.
  const isAllPatterns = values === false && patterns.some(([pattern]) => keysOf(pattern) === undefined);
  if (typeof values === 'object' || isAllPatterns) {
    const every = [
      ...(typeof values === 'object' ? [values] : []),
      ...patterns.map(([, value]) => value),
      ...members.map(([, member]) => member),
    ].map(written);
    // A map without members is asked for its keys; beside members a key may be absent.
    const absent = members.length === 0 ? [] : [tight(code`undefined`)];
    return [code`[field: string]: ${covering([...every, ...absent]).text};`];
  }
  const signatures = patterns.flatMap(([pattern, value]) => {
    const keys = keysOf(pattern);
    return keys === undefined ? [] : [{ ...keys, value: written(value) }];
  });
  return signatures.map(({ type, covers, value }) => {
    const others = [
      ...members.filter(([name]) => covers.test(name)).map(([, member]) => written(member)),
      ...signatures.filter(({ example }) => covers.test(example)).map((other) => other.value),
    ];
    return code`[field: ${type}]: ${covering([value, ...others, tight(code`undefined`)]).text};`;
  });
}

/**
 * A union that TypeScript finds each of its members in. It does not always find an intersection of unions, which it multiplies
 * out in the member and in the signature.
 */
function covering(members: readonly Typed[]): Typed {
  return members.some(({ isProduct }) => isProduct) ? unknown : union(members);
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
  // A pattern for one name alone: TypeScript takes no index signature for it.
  if (holes.length === 0) return undefined;
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

/**
 * Stands for every text that the other members of a union do not name. TypeScript narrows a union by literals alone:
 * beside `string`, no comparison with one of the texts would leave out a member.
 */
const anyOther: Typed = tight(code`"(any other)"`);
