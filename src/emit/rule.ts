import type { Json } from '../model/json.js';
import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { discriminated } from './discriminated.js';

/**
 * What a value may be, as data that the kit's validators read (templates/validators/rules.ts): the part of JSON
 * Schema that most fields of a webhook come down to. What a schema asks beyond it is a `part`, which ajv makes code of.
 */
export interface Rule {
  readonly type?: readonly SimpleType[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly format?: string;
  readonly items?: Rule;
  readonly uniqueItems?: boolean;
  readonly members?: Members;
  /** The member that tells the branches of a union apart, and the words that lead to each branch. */
  readonly tag?: { readonly name: string; readonly branches: readonly Branch[] };
  /** `null`, or what this says. */
  readonly orNull?: Rule;
  /** Another type, whose rule is all there is to say. */
  readonly $ref?: string;
  readonly part?: Schema;
}

export interface Members {
  readonly named: readonly Member[];
  /** Members by what their names start with. */
  readonly prefixed: readonly Member[];
  /** What every other member may be; false where there may be none. */
  readonly others?: Rule | false;
}

export interface Member {
  readonly name: string;
  readonly rule: Rule;
  readonly required?: boolean;
}

export type Branch = readonly [words: readonly string[], rule: Rule];

/**
 * The rule of a schema that has nothing in it but what decides whether a value is accepted.
 *
 * @param target what a reference leads to
 */
export function ruleOf(schema: Schema, target: (name: string) => Schema | undefined): Rule {
  if (schema === true) return {};
  if (schema === false) return { part: false };
  if (schema.$ref !== undefined && Object.keys(schema).length === 1) return { $ref: schema.$ref };
  return nullable(schema, target) ?? told(schema, target) ?? plain(schema, target);
}

type Target = (name: string) => Schema | undefined;

/** A union of something and `null`. In a `oneOf` the something must not take null as well: two branches would. */
function nullable({ anyOf, oneOf, ...rest }: SchemaObject, target: Target): Rule | undefined {
  const branches = anyOf ?? oneOf;
  if (branches?.length !== 2 || (anyOf && oneOf) || Object.keys(rest).length > 0) return undefined;
  const other = branches.find((branch) => !isNull(branch));
  if (other === undefined || !branches.some(isNull) || (oneOf && !excludesNull(other, target)))
    return undefined;
  const rule = ruleOf(other, target);
  // None of the others says anything of null.
  const isPlain = Object.keys(rule).every((key) => ['type', 'format', 'items', 'members'].includes(key));
  return rule.type && isPlain
    ? { ...rule, type: [...rule.type.filter((each) => each !== 'null'), 'null'] }
    : { orNull: rule };
}

function isNull(schema: Schema): boolean {
  return typeof schema === 'object' && schema.type === 'null' && Object.keys(schema).length === 1;
}

function excludesNull(schema: Schema, target: Target): boolean {
  const found = typeof schema === 'object' && schema.$ref !== undefined ? target(schema.$ref) : schema;
  return typeof found === 'object' && found.type !== undefined && ![found.type].flat().includes('null');
}

/** A union whose branches a member tells apart, beside what its schema says of all of them. */
function told(schema: SchemaObject, target: Target): Rule | undefined {
  const union = discriminated(schema, target);
  if (union === undefined) return undefined;
  const { anyOf: _, oneOf: __, ...rest } = schema;
  const branches = union.branches.map(({ words, schema: branch }): Branch => [words, ruleOf(branch, target)]);
  return { ...plain({ ...rest, type: 'object' }, target), tag: { name: union.name, branches } };
}

function plain(schema: SchemaObject, target: Target): Rule {
  const { type, enum: values, const: value, format, items, uniqueItems = false, $ref, ...beyond } = schema;
  const [members, left] = membersOf(beyond, target);
  const part: SchemaObject = {
    ...left,
    ...(Array.isArray(items) && { items }),
    ...($ref !== undefined && { allOf: [{ $ref }, ...(left.allOf ?? [])] }),
  };
  return {
    ...(type !== undefined && { type: [type].flat() as readonly SimpleType[] }),
    ...(values && { enum: values }),
    ...(value !== undefined && { const: value }),
    ...(format !== undefined && { format }),
    ...(items !== undefined && items !== true && !isList(items) && { items: ruleOf(items, target) }),
    ...(uniqueItems && { uniqueItems }),
    ...(hasSome(members) && { members }),
    ...(Object.keys(part).length > 0 && { part }),
  };
}

/** What a rule says of an object's members, and the schema with the keywords that are left to say. */
function membersOf(schema: SchemaObject, target: Target): readonly [Members, left: SchemaObject] {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties = true,
    required = [],
    ...left
  } = schema;
  const isOpen = additionalProperties === true;
  const isRequired = new Set(required);
  const undescribed = [...isRequired].filter((name) => !Object.hasOwn(properties, name));
  const names = [...Object.keys(properties), ...undescribed];
  const prefixed: Member[] = [];
  const patterns: Record<string, Schema> = {};
  for (const [pattern, each] of Object.entries(patternProperties)) {
    const prefix = /^\^([\w-]+)$/.exec(pattern)?.[1];
    // A member that has a name here and matches as well has to be both.
    if (prefix === undefined || names.some((name) => name.startsWith(prefix))) patterns[pattern] = each;
    else prefixed.push({ name: prefix, rule: ruleOf(each, target) });
  }
  const hasPatterns = Object.keys(patterns).length > 0;
  // What is additional is told from all that is described.
  if (!isOpen && hasPatterns) return [{ named: [], prefixed: [] }, schema];
  const described = Object.entries(properties).map(([name, each]): Member => {
    return { name, rule: ruleOf(each, target), required: isRequired.has(name) };
  });
  const bare = undescribed.map((name): Member => ({ name, rule: {}, required: true }));
  const others = additionalProperties !== false && ruleOf(additionalProperties, target);
  return isOpen
    ? [
        { named: [...described, ...bare], prefixed },
        { ...left, ...(hasPatterns && { patternProperties: patterns }) },
      ]
    : [
        { named: described, prefixed, others },
        { ...left, ...(bare.length > 0 && { required: undescribed }) },
      ];
}

function hasSome({ named, prefixed, others }: Members): boolean {
  return named.length + prefixed.length > 0 || others !== undefined;
}

function isList(items: Schema | readonly Schema[]): items is readonly Schema[] {
  return Array.isArray(items);
}

/** Whether a rule may look at one value in more than one way: by code, or by two starts of its name. */
export function branches(rule: Rule): boolean {
  const { items, members, tag, orNull, part } = rule;
  if (part !== undefined) return true;
  const { named = [], prefixed = [], others = false } = members ?? {};
  const overlap = prefixed.some((a) => prefixed.some((b) => a !== b && a.name.startsWith(b.name)));
  const inside = [
    ...[...named, ...prefixed, ...(tag?.branches.map(([, rule]) => ({ rule })) ?? [])].map(
      ({ rule }) => rule,
    ),
    ...[items, orNull, others].filter((each) => typeof each === 'object'),
  ];
  return overlap || inside.some(branches);
}
