import {
  jsonSchema,
  type JsonSchema,
  type JsonSchemaTarget,
} from "./json-schema.js";
import { hasOwn, maxIssues, maxName } from "./validation.js";

/** A predicate as ajv writes it: false leaves the reasons in `errors`. */
export interface Validate {
  (value: unknown, at?: { readonly instancePath: string }): boolean;
  errors?: readonly Finding[] | null;
}

/** What ajv finds wrong with a value. */
export interface Finding {
  /** Where, as a JSON pointer. */
  readonly instancePath: string;
  /** The keyword of the schema that the value breaks, and what the keyword says. */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * What the kit has for every event: a Standard Schema and a Standard JSON Schema, version 1 (standardschema.dev).
 * It is declared here as far as it goes, so that a kit needs no package for it.
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output>;
    readonly jsonSchema: {
      /** @throws TypeError for a target other than `draft-07` and `draft-2020-12` */
      readonly input: (options: JsonSchemaTarget) => Record<string, unknown>;
      readonly output: (options: JsonSchemaTarget) => Record<string, unknown>;
    };
    readonly types?: StandardTypes<Input, Output> | undefined;
  };
}

interface StandardTypes<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

export type StandardResult<Output> = StandardValue<Output> | StandardIssues;

interface StandardValue<Output> {
  readonly value: Output;
  readonly issues?: undefined;
}

interface StandardIssues {
  readonly issues: readonly Issue[];
}

/** What is wrong with a payload, and where. */
export interface Issue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** The most that the issues of a payload take as JSON. */
const maxBytes = 16_384;

/** The most characters of a message, and of a whole path. */
const maxText = maxName;
const maxPath = 1_500;

/** Where the payloads of a narrowed event name it, from the root, and the word that must stand there. */
interface Discriminator {
  readonly path: readonly string[];
  readonly value: string;
}

export type Check = (value: unknown) => StandardResult<unknown>;

/** A check of payloads, by their validator. It never throws and looks at own properties only. */
export function checkOf(
  validate: Validate,
  discriminator: Discriminator | undefined,
): Check {
  return (input) => {
    try {
      if (!validate(input))
        return { issues: issuesOf(validate.errors ?? [], input) };
      if (discriminator !== undefined) {
        const { path, value } = discriminator;
        if (ownValue(input, path) !== value) {
          const message = `must be equal to ${JSON.stringify(value)}`;
          return { issues: [{ message: shortened(message), path }] };
        }
      }
      return { value: input };
    } catch {
      // A recursive schema meets a payload that is nested deeper than the stack is high.
      return {
        issues: [{ message: "cannot be checked: nested too deeply", path: [] }],
      };
    }
  };
}

/** An event, as far as its schema goes. */
interface Described {
  readonly name: string;
  readonly discriminator?: Discriminator;
}

/** A Standard Schema for every event. */
export function standardSchemas<Payloads>(
  events: readonly Described[],
  compiled: Readonly<Record<string, Validate>>,
  schemas: Readonly<Record<keyof Payloads, JsonSchema>>,
): { readonly [N in keyof Payloads]: StandardSchemaV1<unknown, Payloads[N]> } {
  const all = events.map(({ name, discriminator }) => {
    const schema = schemas[name as keyof Payloads];
    const converted = ({ target }: JsonSchemaTarget) =>
      jsonSchema(schema, target, discriminator);
    const validate = checkOf(compiled[name] as Validate, discriminator);
    const jsonSchemas = { input: converted, output: converted };
    const vendor = "freshworks-gen";
    return [
      name,
      {
        "~standard": { version: 1, vendor, validate, jsonSchema: jsonSchemas },
      },
    ];
  });
  return Object.fromEntries(all) as {
    readonly [N in keyof Payloads]: StandardSchemaV1<unknown, Payloads[N]>;
  };
}

/** The value that a path of member names leads to, through own properties only; undefined where it leads nowhere. */
export function ownValue(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The tokens of a JSON pointer (RFC 6901): `/a~1b/0` is `['a/b', '0']`. */
export function pointerTokens(pointer: string): string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) => token.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** The issues that some findings make, as many as there is room for. */
function issuesOf(findings: readonly Finding[], input: unknown): Issue[] {
  const issues: Issue[] = [];
  let room = maxBytes;
  for (const finding of findings.slice(0, maxIssues)) {
    const issue = issueOf(finding, input);
    const bytes = new TextEncoder().encode(JSON.stringify(issue)).length + 2;
    if (bytes > room && issues.length > 0) break;
    issues.push(issue);
    // A long path is work even where little is left of it.
    room -= Math.max(bytes, finding.instancePath.length);
  }
  return issues;
}

function issueOf(finding: Finding, input: unknown): Issue {
  const path: (string | number)[] = [];
  let value = input;
  let room = maxPath;
  for (const token of pointerTokens(finding.instancePath)) {
    const name = shortened(token);
    room -= name.length + 1;
    if (room < 0) {
      path.push("…");
      break;
    }
    path.push(Array.isArray(value) ? Number(token) : name);
    value = ownValue(value, [token]);
  }
  return { message: shortened(messageOf(finding)), path };
}

/** A finding in the words that ajv has for it. */
function messageOf({ keyword, params }: Finding): string {
  const words = messages.get(keyword) ?? "is not valid";
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
}

/** By keyword, with the gaps that `params` fill. */
const messages: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["type", "must be {type}"],
  ["types", "must be {type}"],
  ["required", "must have required property '{missingProperty}'"],
  ["enum", "must be equal to one of the allowed values"],
  ["const", "must be equal to constant"],
  ["format", 'must match format "{format}"'],
  ["pattern", 'must match pattern "{pattern}"'],
  ["minimum", "must be {comparison} {limit}"],
  ["maximum", "must be {comparison} {limit}"],
  ["exclusiveMinimum", "must be {comparison} {limit}"],
  ["exclusiveMaximum", "must be {comparison} {limit}"],
  ["multipleOf", "must be multiple of {multipleOf}"],
  ["minLength", "must NOT have fewer than {limit} characters"],
  ["maxLength", "must NOT have more than {limit} characters"],
  ["minItems", "must NOT have fewer than {limit} items"],
  ["maxItems", "must NOT have more than {limit} items"],
  ["additionalItems", "must NOT have more than {limit} items"],
  ["minProperties", "must NOT have fewer than {limit} properties"],
  ["maxProperties", "must NOT have more than {limit} properties"],
  ["uniqueItems", "must NOT have duplicate items"],
  ["contains", "must contain at least 1 valid item(s)"],
  ["additionalProperties", "must NOT have additional properties"],
  ["propertyNames", "property name must be valid"],
  [
    "dependencies",
    "must have property {missingProperty} when property {property} is present",
  ],
  ["branches", 'value of tag "{tag}" must be in oneOf'],
  ["anyOf", "must match a schema in anyOf"],
  ["oneOf", "must match exactly one schema in oneOf"],
  ["not", "must NOT be valid"],
  ["if", 'must match "{failingKeyword}" schema'],
  ["false schema", "boolean schema is false"],
]);

function shortened(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text;
}
