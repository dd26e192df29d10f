import type { Schema, SchemaObject } from '../catalog/model.js';
import { code, identifier, join, literal, type Code } from './code.js';
import { formatFunctions } from './formats.js';
import { inside } from './json-schema.js';
import { ruleOf, type Member, type Members, type Rule } from './rule.js';

/** The rules of some types as the statements of a module, and what ajv has to make of what they leave. */
export interface Rules {
  /** The statements, each rule behind those it needs. */
  readonly statements: readonly (readonly [name: string, text: Code])[];
  /** The schemas that ajv compiles, by the name that the rules call each by. */
  readonly parts: ReadonlyMap<string, Schema>;
  /** The functions of `validators/runtime.ts` that the rules call. */
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
  const imports = new Set<string>(['rule']);
  const state = new Map<string, 'begun' | 'done'>();
  const target = (name: string) => definitions.get(name);
  let unnamed = 0;

  for (const name of definitions.keys()) declare(name);
  return { statements, parts, imports: [...imports] };

  function declare(type: string): void {
    if (state.has(type)) return;
    state.set(type, 'begun');
    const text = written(ruleOf(definitions.get(type) ?? true, target));
    statements.push([ruleName(type), statement(ruleName(type), text)]);
    state.set(type, 'done');
  }

  /** A bundler drops the rules that nothing uses. */
  function statement(name: string, text: Code): Code {
    return code`const ${identifier(name)} = /* @__PURE__ */ rule(${text});`;
  }

  function written({ $ref, ...rule }: Rule): Code {
    if ($ref !== undefined) return reference($ref);
    const { type, enum: values, const: value, format, items, members, tag, orNull, part } = rule;
    if (type !== undefined && Object.keys(rule).length === 1) return literal(type);
    const entries = [
      type && code`type: ${literal(type)}`,
      values && code`enum: ${lines(values.map(literal))}`,
      value !== undefined && code`const: ${literal(value)}`,
      format !== undefined &&
        code`format: [${literal(format)}, ${imported(formatFunctions.get(format) ?? '')}]`,
      items && code`items: ${written(items)}`,
      ...(members ? membersEntries(members) : []),
      tag &&
        code`tag: [${literal(tag.name)}, ${lines(tag.branches.map(([words, branch]) => code`[${literal(words)}, ${written(branch)}]`))}]`,
      orNull && code`orNull: ${written(orNull)}`,
      part !== undefined && code`part: ${identifier(partName(part))}`,
    ];
    return code`{ ${join(
      entries.filter((entry) => typeof entry === 'object'),
      ', ',
    )} }`;
  }

  /** A type that is being declared refers to itself: its rule is there once somebody asks. */
  function reference(type: string): Code {
    declare(type);
    const name = identifier(ruleName(type));
    return state.get(type) === 'begun' ? code`() => ${name}` : name;
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
    if (typeof schema === 'boolean' || !containers.some((keyword) => keyword in schema))
      return typeof schema === 'boolean' ? schema : inside(schema, compiled);
    return { [ruleKeyword]: nameOf(ruleOf(schema, target)) };
  }

  function nameOf(rule: Rule): string {
    if (rule.$ref !== undefined) {
      declare(rule.$ref);
      return ruleName(rule.$ref);
    }
    const text = written(rule);
    const name = `rule${++unnamed}`;
    statements.push([name, statement(name, text)]);
    return name;
  }
}

type Compiled = SchemaObject & { readonly [ruleKeyword]: string };

const containers = ['$ref', 'properties', 'patternProperties', 'additionalProperties', 'items'];
