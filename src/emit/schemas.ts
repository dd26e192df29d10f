import type { Catalog, Schema, SchemaObject } from '../model/catalog.js';
import type { Json, JsonObject } from '../model/json.js';
import { keywords, references } from '../model/subschemas.js';
import type { EmittedFile } from '../kit/file.js';
import { code, comment, identifier, join, literal, propertyName, type Code } from '../typescript/code.js';
import { documentsOf, header } from './header.js';
import type { ModuleSchemas } from './json-schema.js';

/**
 * The payloads of each module as JSON Schema draft-07, plain data: what a reviewer reads beside the types, and what is handed
 * to other libraries. Each stands alone, with its own `definitions`; what several of them use is written once.
 */
export function emitSchemas(
  catalog: Catalog,
  payloadModules: readonly ModuleSchemas[],
): readonly EmittedFile[] {
  return payloadModules.map((module) => emitModule(module, catalog));
}

/** `freshdeskTicketPayloadSchema` for `FreshdeskTicketPayload`. */
export function schemaName(type: string): string {
  return `${constantName(type)}Schema`;
}

function emitModule({ module, roots, definitions: all }: ModuleSchemas, catalog: Catalog): EmittedFile {
  const used = new Map(roots.map((root) => [root, reachable(root, all)]));
  const shared = [...new Set([...used.values()].flat())].sort();
  const statements = [
    ...shared.map((name): [string, Code] => [
      `const ${definitionName(name)}`,
      code`const ${identifier(definitionName(name))} = ${schemaCode(all.get(name) ?? true)} as const;`,
    ]),
    ...roots.map((root): [string, Code] => [
      `export const ${schemaName(root)}`,
      code`${comment(`JSON Schema of ${root}.`)}export const ${identifier(schemaName(root))} = ${rootCode(all.get(root) ?? true, used.get(root) ?? [])} as const;`,
    ]),
  ];
  return {
    path: `schemas/${module}.ts`,
    code: `${header(documentsOf(catalog, module))}\n${statements.map(([, { text }]) => `${text}\n`).join('\n')}`,
    statements: statements.map(([name]) => `${name} = data`),
  };
}

function constantName(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

function definitionName(type: string): string {
  return `${constantName(type)}Definition`;
}

/** The types that a schema refers to, and those that these refer to. */
function reachable(root: string, all: ReadonlyMap<string, Schema>): readonly string[] {
  const found = new Set<string>();
  const pending = [root];
  for (let name = pending.pop(); name !== undefined; name = pending.pop())
    for (const each of references(all.get(name) ?? true)) {
      if (found.has(each)) continue;
      found.add(each);
      pending.push(each);
    }
  return [...found].sort();
}

function rootCode(schema: Schema, used: readonly string[]): Code {
  const own = typeof schema === 'boolean' ? { allOf: [schema] } : schema;
  const lines = [
    code`$schema: "http://json-schema.org/draft-07/schema#",`,
    ...members(own as SchemaObject),
    ...(used.length === 0 ? [] : [code`definitions: {\n${join(used.map(named), '\n')}\n},`]),
  ];
  return code`{\n${join(lines, '\n')}\n}`;
}

/** A constant under its type's name. Its type is repeated: `isolatedDeclarations` looks up none. */
function named(name: string): Code {
  const constant = identifier(definitionName(name));
  return code`${propertyName(name)}: ${constant} as typeof ${constant},`;
}

/** A schema as an object: on one line where it says nothing of others, else a line for each keyword. */
function schemaCode(schema: Schema): Code {
  if (typeof schema === 'boolean') return literal(schema);
  const lines = members(schema);
  const isNested = Object.keys(schema).some((keyword) => keywords.has(keyword));
  return isNested ? code`{\n${join(lines, '\n')}\n}` : code`{ ${join(lines, '')} }`;
}

function members(schema: SchemaObject): readonly Code[] {
  const entries = Object.entries(schema).sort(([a], [b]) => rank(a) - rank(b));
  return entries.map(
    ([keyword, value]: [string, Json]) => code`${propertyName(keyword)}: ${valueCode(keyword, value)},`,
  );
}

/** The order that a reader expects. */
function rank(keyword: string): number {
  const at = order.indexOf(keyword);
  return at === -1 ? order.length : at;
}

const order = ['$ref', 'type', 'enum', 'const', 'format', 'properties', 'patternProperties'];

function valueCode(keyword: string, value: Json): Code {
  if (keyword === '$ref') return literal(`#/definitions/${value as string}`);
  const kind = keywords.get(keyword);
  if (kind === undefined) return literal(value);
  if (kind === 'map') {
    const entries = Object.entries(value as JsonObject).map(
      ([name, each]) => code`${propertyName(name)}: ${partCode(each)},`,
    );
    return code`{\n${join(entries, '\n')}\n}`;
  }
  return Array.isArray(value)
    ? code`[${join(
        value.map((each: Json) => code`${partCode(each)},`),
        '',
      )}]`
    : partCode(value);
}

/** A schema, or the names that `dependencies` may have in its place. */
function partCode(part: Json): Code {
  return Array.isArray(part) ? literal(part) : schemaCode(part as Schema);
}
