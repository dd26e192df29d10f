import {
  found,
  hasOwn,
  maxIssues,
  type Finding,
  type Validate,
} from "./runtime.js";
import { Values } from "./values.js";

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
  readonly uniqueItems?: true;
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
  /** Whether it may be asked more than once about one value: by the branches of a union, say. */
  readonly shared?: true;
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
  readonly values: Choice | undefined;
  readonly constant: Choice | undefined;
  readonly format: RuleSource["format"];
  readonly items: Rule | undefined;
  readonly uniqueItems: boolean;
  readonly members: Members | undefined;
  readonly tag: string;
  readonly branches: ReadonlyMap<unknown, Rule> | undefined;
  readonly orNull: Rule | undefined;
  readonly part: Part | undefined;
  /** A rule that is checked in place of this one. */
  readonly later: (() => Rule) | undefined;
  readonly shared: boolean;
}

interface Choice {
  has(value: unknown): boolean;
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
    values: source.enum && choice(source.enum),
    constant: "const" in source ? choice([source.const]) : undefined,
    format: source.format,
    items: items && rule(items),
    uniqueItems: source.uniqueItems === true,
    members: membersOf(source),
    tag: tag?.[0] ?? "",
    branches: tag && new Map(tag[1].flatMap(branchesOf)),
    orNull: orNull && rule(orNull),
    part: source.part,
    later,
    shared: source.shared === true,
  };
}

function choice(values: readonly unknown[]): Choice {
  const isSimple = values.every(
    (value) => typeof value !== "object" || value === null,
  );
  return isSimple ? new Set(values) : new Values(values);
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
    try {
      validate.errors = check(of, value, "", null);
    } finally {
      verdicts.clear();
      items.clear();
    }
    return validate.errors === null;
  };
  return validate;
}

/** What this validation has found of values that it may meet again: null, or the first finding. */
const verdicts: Map<Rule, Verdicts> = /* @__PURE__ */ new Map();

interface Verdicts {
  readonly of: Map<unknown, Finding | null>;
  /** The last primitive that was checked: each is done with before the next. */
  last: unknown;
}

/** What this validation knows of the items of lists that must not hold equal ones. */
const items: Values = /* @__PURE__ */ new Values();

/** Adds what is wrong with a value to a list of findings, which is there once something is wrong. */
export function check(
  rule: Rule,
  value: unknown,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  if (!rule.shared) return checkNow(rule, value, path, findings);
  const known: Verdicts = verdicts.get(rule) ?? {
    of: new Map(),
    last: undefined,
  };
  verdicts.set(rule, known);
  const verdict = known.of.get(value);
  if (verdict !== undefined)
    return verdict === null ? findings : added(findings, verdict);
  const count = findings?.length ?? 0;
  const list = checkNow(rule, value, path, findings);
  if (typeof value !== "object" || value === null) {
    known.of.delete(known.last);
    known.last = value;
  }
  known.of.set(value, list?.[count] ?? null);
  return list;
}

function checkNow(
  rule: Rule,
  value: unknown,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  const bit = typeBit(value);
  const count = findings?.length ?? 0;
  let list = findings;
  if ((rule.types & bit) === 0) list = found(list, path, rule.expected);
  if (rule.isPlain) return list;
  if (rule.members && bit === typeBits["object"])
    list = checkMembers(rule.members, value as JsonObject, path, list);
  if (rule.values?.has(value) === false)
    list = found(list, path, "must be equal to one of the allowed values");
  if (rule.constant?.has(value) === false)
    list = found(list, path, "must be equal to constant");
  if (rule.format && typeof value === "string" && !rule.format[1](value))
    list = found(list, path, `must match format "${rule.format[0]}"`);
  if (Array.isArray(value)) {
    if (rule.uniqueItems && items.hasEqual(value))
      list = found(list, path, "must NOT have duplicate items");
    for (let at = 0; rule.items && at < value.length; at++) {
      list = check(rule.items, value[at], `${path}/${at}`, list);
      if (isEnough(list, count)) break;
    }
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
  if (rule.part && !rule.part(value, path)) {
    for (const finding of rule.part.errors ?? []) {
      list = added(list, finding);
      if (isEnough(list, count)) break;
    }
  }
  return rule.later ? check(rule.later(), value, path, list) : list;
}

/** Whether no more needs to be said of a value: something is, and the list has all that is ever shown. */
function isEnough(list: readonly Finding[] | null, count: number): boolean {
  return list !== null && list.length > count && list.length >= maxIssues;
}

function added(list: Finding[] | null, finding: Finding): Finding[] {
  if (list === null) return [finding];
  list.push(finding);
  return list;
}

type JsonObject = Readonly<Record<string, unknown>>;

function checkMembers(
  { named, prefixed, others, required }: Members,
  value: JsonObject,
  path: string,
  findings: Finding[] | null,
): Finding[] | null {
  const count = findings?.length ?? 0;
  let list = findings;
  for (const name of required) {
    if (value[name] === undefined || !hasOwn(value, name))
      list = found(list, path, `must have required property '${name}'`);
    if (isEnough(list, count)) return list;
  }
  // Half as long as it takes by Object.keys(): a payload has dozens of members, and this is most of what validation does.
  for (const name in value) {
    if (isEnough(list, count)) break;
    const member = named.get(name);
    if (member !== undefined) {
      const { rule, step } = member;
      const isFine = rule.isPlain && (rule.types & typeBit(value[name])) !== 0;
      // An inherited member is met here too, and counts for nothing.
      if (!isFine && value[name] !== undefined && hasOwn(value, name))
        list = check(rule, value[name], path + step, list);
    } else if (
      (others !== undefined || prefixed.length > 0) &&
      hasOwn(value, name)
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
  const word = hasOwn(value, tag) ? value[tag] : undefined;
  if (typeof word !== "string")
    return found(findings, path, `tag "${tag}" must be string`);
  const branch = branches.get(word);
  if (branch === undefined)
    return found(findings, path, `value of tag "${tag}" must be in oneOf`);
  return check(branch, value, path, findings);
}

function escaped(token: string): string {
  return token.replace(/~/g, "~0").replace(/\//g, "~1");
}
