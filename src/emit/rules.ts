import type { Schema, SchemaObject } from '../model/catalog.js';
import { code, identifier, join, literal, type Code } from '../typescript/code.js';
import { formatFunctions } from './formats.js';
import { inside, references } from '../model/subschemas.js';
import { branches, ruleOf, type Member, type Members, type Rule } from './rule.js';

/** The rules of some types as the statements of a module, and what ajv has to make of what they leave. */
export interface Rules {
  /** The statements, each rule behind those it needs. */
  readonly statements: readonly (readonly [name: string, text: Code])[];
  /** The schemas that ajv compiles, by the name that the rules call each by. */
  readonly parts: ReadonlyMap<string, Schema>;
  /** The formats in `validators/runtime.ts` that the rules name. */
  readonly imports: readonly string[];
}

/** `ruleFreshdeskTicketPayload` for `FreshdeskTicketPayload`. No name of ajv's looks like it. */
export function ruleName(type: string): string {
  return `rule${type}`;
}

/** The keyword under which ajv meets what a rule says already. Its value is the name of the rule. */
export const ruleKeyword = 'rule';

/** Writes the rules of schemas that refer to each other by name. */
export function rulesOf(definitions: ReadonlyMap<string, Schema>): Rules {
  const statements: [string, Code][] = [];
  const parts = new Map<string, Schema>();
  const imports = new Set<string>();
  const declared = new Set<string>();
  const target = (name: string) => definitions.get(name);
  let unnamed = 0;

  const rules = [...partsFirst(definitions)].map(([name, schema]) => [name, ruleOf(schema, target)] as const);
  // Where nothing branches, nothing is met twice.
  const shared = new Set(
    rules.some(([, rule]) => branches(rule)) ? [...definitions.values()].flatMap(references) : [],
  );
  for (const [name, rule] of rules) {
    declare(ruleName(name), written(rule, shared.has(name)));
    declared.add(name);
  }
  return { statements, parts, imports: [...imports] };

  /** Marked as pure, so that a bundler drops the rules that nothing uses. */
  function declare(name: string, rule: Code): void {
    statements.push([name, code`const ${identifier(name)} = /* @__PURE__ */ rule(${rule});`]);
  }

  function written({ $ref, ...rule }: Rule, isShared = false): Code {
    if ($ref !== undefined) return reference($ref);
    const { type, enum: values, const: value, format, items, uniqueItems, members, tag, orNull, part } = rule;
    if (type !== undefined && Object.keys(rule).length === 1) return literal(type);
    const entries = [
      type && code`type: ${literal(type)}`,
      values && code`enum: ${lines(values.map(literal))}`,
      value !== undefined && code`const: ${literal(value)}`,
      format !== undefined &&
        code`format: [${literal(format)}, ${imported(formatFunctions.get(format) ?? '')}]`,
      items && code`items: ${written(items)}`,
      uniqueItems && code`uniqueItems: true`,
      ...(members ? membersEntries(members) : []),
      tag &&
        code`tag: [${literal(tag.name)}, ${lines(tag.branches.map(([words, branch]) => code`[${literal(words)}, ${written(branch)}]`))}]`,
      orNull && code`orNull: ${written(orNull)}`,
      part !== undefined && code`part: ${identifier(partName(part))}`,
      isShared && code`shared: true`,
    ];
    return code`{ ${join(
      entries.filter((entry) => typeof entry === 'object'),
      ', ',
    )} }`;
  }

  /** On a circle one type comes before what it refers to: that rule is there once somebody asks. */
  function reference(type: string): Code {
    const name = identifier(ruleName(type));
    return declared.has(type) ? name : code`() => ${name}`;
  }

  function membersEntries({ named, prefixed, others }: Members): readonly Code[] {
    return [
      ...(named.length > 0 ? [code`members: ${groups(named)}`] : []),
      ...(prefixed.length > 0 ? [code`prefixes: ${groups(prefixed)}`] : []),
      ...(others === undefined ? [] : [code`others: ${others === false ? literal(false) : written(others)}`]),
    ];
  }

  /** Members that have the same rule stand together: the lists are most of a validator, and a new name is one line of it. */
  function groups(members: readonly Member[]): Code {
    const found = new Map<string, { readonly end: Code; readonly names: string[] }>();
    for (const { name, rule, required } of members) {
      const end = code`${written(rule)}${required ? code`, true` : code``}`;
      const group = found.get(end.text) ?? { end, names: [] };
      group.names.push(name);
      found.set(end.text, group);
    }
    const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
    return lines(sorted.map(([, { end, names }]) => code`[${lines(names.sort().map(literal))}, ${end}]`));
  }

  function lines(items: readonly Code[]): Code {
    return code`[\n${join(
      items.map((item) => code` ${item},`),
      '\n',
    )}\n]`;
  }

  function imported(name: string): Code {
    imports.add(name);
    return identifier(name);
  }

  function partName(part: Schema): string {
    const name = `part${parts.size + 1}`;
    parts.set(name, true); // keeps the name, for there may be parts in the part
    parts.set(name, typeof part === 'boolean' ? part : inside(part, compiled));
    return name;
  }

  /** A schema inside a part: where a rule says more of it than that it has some type, ajv leaves it to the rule. */
  function compiled(schema: Schema): Schema | Compiled {
    if (typeof schema === 'boolean') return schema;
    if (!containers.some((keyword) => keyword in schema)) return inside(schema, compiled);
    return { [ruleKeyword]: nameOf(ruleOf(schema, target)) };
  }

  function nameOf(rule: Rule): string {
    if (rule.$ref !== undefined) return ruleName(rule.$ref);
    const text = written(rule);
    const name = `rule${++unnamed}`;
    declare(name, text);
    return name;
  }
}

/** Every schema behind those it refers to. Not by recursion: a chain of references is as deep as it is long. */
function partsFirst(definitions: ReadonlyMap<string, Schema>): ReadonlyMap<string, Schema> {
  const sorted = new Map<string, Schema>();
  const met = new Set<string>();
  const waiting = [...definitions.keys()].reverse();
  for (let name = waiting.at(-1); name !== undefined; name = waiting.at(-1)) {
    const schema = definitions.get(name) ?? true;
    const isMet = met.has(name);
    if (isMet) sorted.set(waiting.pop() as string, schema);
    else waiting.push(...references(schema).filter((each) => !met.has(each) && each !== name));
    met.add(name);
  }
  return sorted;
}

type Compiled = SchemaObject & { readonly [ruleKeyword]: string };

/** What a rule says, and says in time linear in the value: ajv compares with each value of a list, and each item with each. */
const containers = [
  ...['$ref', 'properties', 'patternProperties', 'additionalProperties', 'items'],
  ...['enum', 'const', 'uniqueItems'],
];
