import { found, type Finding, type Validate } from "./runtime.js";

/**
 * What a value may be, as JSON Schema says it in `type`, `enum`, `const`, `format` and `items`; `members` are an object's
 * properties by rule, marked `true` where they are required, `prefixes` those whose names start so, `others` all else.
 */
export interface RuleSource {
  readonly type?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: readonly [name: string, test: (text: string) => boolean];
  readonly items?: Source;
  readonly members?: readonly MemberSource[];
  readonly prefixes?: readonly MemberSource[];
  readonly others?: Source | false;
  /** The member that names the branch that a value is of. */
  readonly tag?: readonly [
    name: string,
    branches: readonly (readonly [words: readonly string[], rule: Source])[],
  ];
  /** `null`, or what this says. */
  readonly orNull?: Source;
  /** Code for what no table says. */
  readonly part?: Part;
}

/** A rule, its types alone, or one that is declared further down. */
type Source = Rule | RuleSource | readonly string[] | (() => Rule);
type MemberSource = readonly [
  names: readonly string[],
  rule: Source,
  required?: true,
];

interface Part {
  (value: unknown, instancePath: string): boolean;
  errors?: readonly Finding[] | null;
}

/** A rule as it is checked. Every one has all members, in this order: engines read objects of one shape fastest. */
export interface Rule {
  /** The types it takes, one bit each. */
  readonly types: number;
  /** Whether the types are all it says. */
  readonly isPlain: boolean;
  readonly expected: string;
  readonly values: ReadonlySet<unknown> | undefined;
  readonly constant: unknown;
  readonly format: RuleSource["format"];
  readonly items: Rule | undefined;
  readonly members: Members | undefined;
  readonly tag: string;
  readonly branches: ReadonlyMap<unknown, Rule> | undefined;
  readonly orNull: Rule | undefined;
  readonly part: Part | undefined;
  /** A rule that is checked in place of this one. */
  readonly later: (() => Rule) | undefined;
}

interface Members {
  readonly named: ReadonlyMap<string, Member>;
  readonly prefixed: readonly Member[];
  readonly others: Rule | false | undefined;
  readonly required: readonly string[];
}

interface Member {
  readonly name: string;
  readonly rule: Rule;
  /** What it adds to the path. */
  readonly step: string;
}

const anyType = 255;

/** The bit of a value's type; a whole number is an integer, and a number by `typeBits`. */
function typeBit(value: unknown): number {
  switch (typeof value) {
    case "string":
      return 1;
    case "number":
      return Number.isInteger(value) ? 2 : 4;
    case "boolean":
      return 8;
    case "object":
      return value === null ? 16 : Array.isArray(value) ? 32 : 64;
    default:
      return 128;
  }
}

const typeBits: Readonly<Record<string, number>> = {
  string: 1,
  integer: 2,
  number: 2 | 4,
  boolean: 8,
  null: 16,
  array: 32,
  object: 64,
};

/** Makes a rule ready to be checked. */
export function rule(from: Source): Rule {
  if ("isPlain" in from) return from;
  const later = typeof from === "function" ? from : undefined;
  const source: RuleSource =
    typeof from === "function" ? {} : isTypes(from) ? { type: from } : from;
  const { type, items, tag, orNull } = source;
  const bits = type?.map((name) => typeBits[name] ?? 0) ?? [anyType];
  return {
    types: bits.reduce((all, bit) => all | bit),
    isPlain: !later && Object.keys(source).every((key) => key === "type"),
    expected: `must be ${type?.join()}`,
    values: source.enum && new Set(source.enum),
    constant: source.const,
    format: source.format,
    items: items && rule(items),
    members: membersOf(source),
    tag: tag?.[0] ?? "",
    branches: tag && new Map(tag[1].flatMap(branchesOf)),
    orNull: orNull && rule(orNull),
    part: source.part,
    later,
  };
}

function branchesOf([words, from]: readonly [readonly string[], Source]) {
  const branch = rule(from);
  return words.map((word): [string, Rule] => [word, branch]);
}

function isTypes(
  from: RuleSource | readonly string[],
): from is readonly string[] {
  return Array.isArray(from);
}

function membersOf({
  members,
  prefixes,
  others,
}: RuleSource): Members | undefined {
  if (!members && !prefixes && others === undefined) return undefined;
  return {
    named: new Map(made(members).map((member) => [member.name, member])),
    prefixed: made(prefixes),
    others: others && rule(others),
    required: (members ?? []).flatMap(([names, , required]) =>
      required ? names : [],
    ),
  };
}

function made(groups: readonly MemberSource[] = []): Member[] {
  return groups.flatMap(([names, from]) => {
    const made = rule(from);
    return names.map((name) => ({
      name,
      rule: made,
      step: `/${escaped(name)}`,
    }));
  });
}

/** A predicate that checks a rule and leaves the reasons in `errors`. */
export function validator(of: Rule): Validate {
  const validate: Validate = (value) => {
    validate.errors = check(of, value, "", null);
    return validate.errors === null;
  };
  return validate;
}

/** Adds what is wrong with a value to a list of findings, which is there once something is wrong. */
export function check(
  rule: Rule,
  value: unknown,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  const bit = typeBit(value);
  let list = findings;
  if ((rule.types & bit) === 0) list = found(list, path, rule.expected);
  if (rule.isPlain) return list;
  if (rule.members && bit === typeBits["object"])
    list = checkMembers(rule.members, value as JsonObject, path, list);
  if (rule.values?.has(value) === false)
    list = found(list, path, "must be equal to one of the allowed values");
  if (rule.constant !== undefined && rule.constant !== value)
    list = found(list, path, "must be equal to constant");
  if (rule.format && typeof value === "string" && !rule.format[1](value))
    list = found(list, path, `must match format "${rule.format[0]}"`);
  if (rule.items && Array.isArray(value)) {
    for (let at = 0; at < value.length; at++)
      list = check(rule.items, value[at], `${path}/${at}`, list);
  }
  if (rule.branches && bit === typeBits["object"])
    list = checkBranch(
      rule.tag,
      rule.branches,
      value as JsonObject,
      path,
      list,
    );
  if (rule.orNull && value !== null)
    list = check(rule.orNull, value, path, list);
  if (rule.part && !rule.part(value, path))
    list = [...(list ?? []), ...(rule.part.errors ?? [])];
  return rule.later ? check(rule.later(), value, path, list) : list;
}

type JsonObject = Readonly<Record<string, unknown>>;

function checkMembers(
  { named, prefixed, others, required }: Members,
  value: JsonObject,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  let list = findings;
  for (const name of required) {
    if (value[name] === undefined || !Object.hasOwn(value, name))
      list = found(list, path, `must have required property '${name}'`);
  }
  // Half as long as it takes by Object.keys(): a payload has dozens of members, and this is most of what validation does.
  for (const name in value) {
    const member = named.get(name);
    if (member !== undefined) {
      const { rule, step } = member;
      const isFine = rule.isPlain && (rule.types & typeBit(value[name])) !== 0;
      // An inherited member is met here too, and counts for nothing.
      if (!isFine && value[name] !== undefined && Object.hasOwn(value, name))
        list = check(rule, value[name], path + step, list);
    } else if (
      (others !== undefined || prefixed.length > 0) &&
      Object.hasOwn(value, name)
    ) {
      list = checkOther(prefixed, others, name, value[name], path, list);
    }
  }
  return list;
}

/** A member that is known by the start of its name, or not at all. */
function checkOther(
  prefixed: readonly Member[],
  others: Rule | false | undefined,
  name: string,
  value: unknown,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  let list = findings;
  const own = `${path}/${escaped(name)}`;
  const rules = prefixed.filter((member) => name.startsWith(member.name));
  for (const { rule } of rules) list = check(rule, value, own, list);
  if (rules.length > 0 || others === undefined) return list;
  if (others === false)
    return found(list, path, "must NOT have additional properties");
  return check(others, value, own, list);
}

function checkBranch(
  tag: string,
  branches: ReadonlyMap<unknown, Rule>,
  value: JsonObject,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  const word = Object.hasOwn(value, tag) ? value[tag] : undefined;
  if (typeof word !== "string")
    return found(findings, path, `tag "${tag}" must be string`);
  const branch = branches.get(word);
  if (branch === undefined)
    return found(findings, path, `value of tag "${tag}" must be in oneOf`);
  return check(branch, value, path, findings);
}

function escaped(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
