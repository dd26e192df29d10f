/**
 * What the validators call: the Standard Schema around each of them, the string formats, and what ajv's code asks of its
 * run time. Everything is a pure named export, so that a bundler drops what no validator uses. Every check takes time
 * linear in its input.
 */

/** A predicate as ajv's standalone code makes it: false leaves the reasons in `errors`. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly Finding[] | null;
}

export interface Finding {
  readonly instancePath: string;
  readonly message?: string;
}

/** The Standard Schema interface, version 1 (standardschema.dev), as far as a validator implements it. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output>;
    readonly types?:
      { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

/** What is wrong with a payload, and where. */
export interface Issue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** A payload that is wrong throughout is not described to its end. */
const maxIssues = 100;

/**
 * A Standard Schema around a validator. It never throws and looks at own properties only.
 *
 * @param path where the payload of a narrowed event names the event, from the root
 * @param value the word that must stand there
 */
export function standard<Output>(
  validate: Validate,
  path: readonly string[] = [],
  value?: string,
): StandardSchemaV1<unknown, Output> {
  const check = (input: unknown): StandardResult<Output> => {
    try {
      if (!validate(input)) {
        const findings = (validate.errors ?? []).slice(0, maxIssues);
        return { issues: findings.map((finding) => issueOf(finding, input)) };
      }
      if (value !== undefined && ownValue(input, path) !== value) {
        return {
          issues: [
            { message: `must be equal to ${JSON.stringify(value)}`, path },
          ],
        };
      }
      return { value: input as Output };
    } catch {
      // A recursive schema meets a payload that is nested deeper than the stack is high.
      return {
        issues: [{ message: "cannot be checked: nested too deeply", path: [] }],
      };
    }
  };
  return {
    "~standard": { version: 1, vendor: "freshworks-gen", validate: check },
  };
}

/** The value that a path of member names leads to, through own properties only; undefined where it leads nowhere. */
export function ownValue(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const name of path) {
    if (
      typeof value !== "object" ||
      value === null ||
      !Object.hasOwn(value, name)
    )
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The tokens of a JSON pointer (RFC 6901): `/a~1b/0` is `['a/b', '0']`. */
export function pointerTokens(pointer: string): string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) =>
    token.replaceAll("~1", "/").replaceAll("~0", "~"),
  );
}

function issueOf(
  { instancePath, message = "is not valid" }: Finding,
  input: unknown,
): Issue {
  let value = input;
  const path = pointerTokens(instancePath).map((token) => {
    const step = Array.isArray(value) ? Number(token) : token;
    value = ownValue(value, [token]);
    return step;
  });
  return { message, path };
}

/** The number of characters as JSON Schema counts them: a surrogate pair is one. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if (
      (text.charCodeAt(at) & 0xfc00) === 0xd800 &&
      (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    ) {
      length--;
      at++;
    }
  }
  return length;
}

/** Whether two JSON values are equal, member by own member and whatever the order of their keys. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null
  )
    return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        deepEqual(ownValue(a, [key]), ownValue(b, [key])),
    )
  );
}

/** RFC 3339, any number of fractional digits. A space may stand for the `T`. */
export function isDateTime(text: string): boolean {
  const separator = text.charCodeAt(10);
  return (
    (separator === 0x54 || separator === 0x74 || separator === 0x20) &&
    dateStarts(text) &&
    timeFrom(text, 11)
  );
}

/** RFC 3339 `full-date`: `2026-02-28`. */
export function isDate(text: string): boolean {
  return text.length === 10 && dateStarts(text);
}

/** RFC 3339 `full-time`, with its offset: `10:06:00.123456789+05:30`. */
export function isTime(text: string): boolean {
  return timeFrom(text, 0);
}

/** The number that `count` digits make, or NaN. Character codes: this runs for every date in every payload. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let end = at + count; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

function dateStarts(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (
    text[4] !== "-" ||
    text[7] !== "-" ||
    !(year >= 0 && month >= 1 && month <= 12 && day >= 1)
  )
    return false;
  if (month === 2)
    return (
      day <=
      (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28)
    );
  return (
    day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
  );
}

function timeFrom(text: string, start: number): boolean {
  const hour = digits(text, start, 2);
  const minute = digits(text, start + 3, 2);
  const second = digits(text, start + 6, 2);
  if (
    text[start + 2] !== ":" ||
    text[start + 5] !== ":" ||
    !(hour <= 23 && minute <= 59 && second <= 60)
  ) {
    return false;
  }
  let at = start + 8;
  if (text[at] === ".") {
    const fraction = ++at;
    while (digits(text, at, 1) >= 0) at++;
    if (at === fraction) return false;
  }
  const offset = offsetFrom(text, at);
  // A leap second is the last of a day in UTC.
  return second < 60
    ? !Number.isNaN(offset)
    : (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}

/** The minutes east of UTC that the rest of the text says (`Z`, `+05:30`, and without its colon, which some senders leave out), or NaN. */
function offsetFrom(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return text.length === at + 1 ? 0 : NaN;
  if (sign !== "+" && sign !== "-") return NaN;
  const rest = at + (text[at + 3] === ":" ? 4 : 3);
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, rest, 2);
  if (!(text.length === rest + 2 && hours <= 23 && minutes <= 59)) return NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

/** RFC 3339, appendix A: `P1DT12H`, `P2W`. */
export function isDuration(text: string): boolean {
  return /^P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+W)$/.test(
    text,
  );
}

/** An address of ASCII characters with a domain of at least two labels. */
export function isEmail(text: string): boolean {
  return /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(
    text,
  );
}

/** RFC 1123, at most 253 characters beside a final dot. */
export function isHostname(text: string): boolean {
  return (
    text.length <= (text.endsWith(".") ? 254 : 253) &&
    /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*\.?$/i.test(
      text,
    )
  );
}

export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291: eight groups, one run of them written `::`, the last two as IPv4 if need be. */
export function isIpv6(text: string): boolean {
  const halves = text.length > 45 ? [] : text.split("::");
  const [first, second] = halves;
  if (first === undefined || halves.length > 2) return false;
  if (second === undefined) return ipv6Groups(first, true) === 8;
  return ipv6Groups(first, false) + ipv6Groups(second, true) <= 7;
}

/** How many groups of 16 bits a part holds; NaN if something in it is none. */
function ipv6Groups(part: string, last: boolean): number {
  if (part === "") return 0;
  const groups = part.split(":");
  const address = last && isIpv4(groups[groups.length - 1] ?? "");
  if (address) groups.pop();
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.length + (address ? 2 : 0)
    : NaN;
}

/** RFC 3986, with a scheme. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^?#]/i.test(text) && isUriReference(text);
}

/** RFC 3986, relative or not. */
export function isUriReference(text: string): boolean {
  // Escapes are checked first, so that below a `%` is a character like any other: no alternatives to try.
  if (/%(?![\da-f]{2})/i.test(text)) return false;
  const parts =
    /^(?:[a-z][a-z\d+.-]*:)?(?:\/?\/(?:[\w\-.~!$&'()*+,;=:%]*@)?(?:\[([^\]]*)\]|[\w\-.~!$&'()*+,;=%]*)(?::\d*)?(?:\/[\w\-.~!$&'()*+,;=:@%/]*)?|\/?[\w\-.~!$&'()*+,;=:@%][\w\-.~!$&'()*+,;=:@%/]*)?(?:\?[\w\-.~!$&'()*+,;=:@%/?]*)?(?:#[\w\-.~!$&'()*+,;=:@%/?]*)?$/i.exec(
      text,
    );
  if (parts === null) return false;
  const literal = parts[1];
  return (
    literal === undefined ||
    isIpv6(literal) ||
    /^v[\da-f]+\.[\w\-.~!$&'()*+,;=:]+$/i.test(literal)
  );
}

/** RFC 6570. */
export function isUriTemplate(text: string): boolean {
  return /^(?:[^\x00-\x20"'<>%\\^`{|}]|%[\da-f]{2}|\{[+#./;?&=,!@|]?(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?(?:,(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?)*\})*$/i.test(
    text,
  );
}

export function isUuid(text: string): boolean {
  return /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text);
}

/** RFC 6901. */
export function isJsonPointer(text: string): boolean {
  return (text === "" || text.startsWith("/")) && !/~(?![01])/.test(text);
}

/** A number of levels to go up, then a JSON pointer or `#`. */
export function isRelativeJsonPointer(text: string): boolean {
  const levels = /^(?:0|[1-9]\d*)/.exec(text)?.[0];
  if (levels === undefined) return false;
  const rest = text.slice(levels.length);
  return rest === "#" || isJsonPointer(rest);
}

/** A regular expression of ECMAScript. */
export function isRegex(text: string): boolean {
  try {
    // Perl's end of text is an identity escape here, so that it would pass and mean the letter Z.
    return !/[^\\]\\Z/.test(text) && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A JSON object: neither null nor an array. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Adds a finding to a validator's list, which is there once something is wrong. */
export function found(
  findings: Finding[] | null,
  instancePath: string,
  message: string,
): Finding[] {
  const finding = { instancePath, message };
  if (findings === null) return [finding];
  findings.push(finding);
  return findings;
}

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
