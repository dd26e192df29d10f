import { _, Name, stringify, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import type { Schema, SchemaObject } from '../catalog/model.js';

/** What an object's members may be: names, or the start of names, with the types each may have and nothing narrower. */
interface Members {
  readonly names: readonly Group[];
  readonly prefixes: readonly Group[];
}

type Group = readonly [names: readonly string[], types: readonly string[]];

/**
 * Takes the members out of an object's schema that only have a type, and lists them by type under a keyword of its own.
 * Webhooks have dozens of them: written out by ajv one by one they are most of a validator's code, and its time.
 */
export function gathered(schema: SchemaObject): SchemaObject {
  const { properties = {}, patternProperties = {}, ...rest } = schema;
  // What is additional is told from what stands under the other keywords.
  if (schema.additionalProperties !== undefined) return schema;
  const declared = Object.keys(properties);
  const named = separated(properties, (name) => name);
  const prefixed = separated(patternProperties, (pattern) => {
    const prefix = /^\^([\w-]+)$/.exec(pattern)?.[1];
    // A member that is declared as well has to be both.
    return prefix === undefined || declared.some((name) => name.startsWith(prefix)) ? undefined : prefix;
  });
  if (named.groups.length + prefixed.groups.length === 0) return schema;
  const members: Members = { names: named.groups, prefixes: prefixed.groups };
  const result = {
    ...rest,
    properties: named.others,
    patternProperties: prefixed.others,
    [keyword]: members,
  };
  return result;
}

const keyword = 'members';
const primitives: ReadonlySet<unknown> = new Set(['boolean', 'integer', 'null', 'number', 'string']);

/** The members that have a key and only a type, by type; and the others. */
function separated(members: Readonly<Record<string, Schema>>, keyOf: (name: string) => string | undefined) {
  const groups = new Map<string, [string[], readonly string[]]>();
  const others: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(members)) {
    const types = simpleTypes(schema);
    const key = types && keyOf(name);
    if (types === undefined || key === undefined) others[name] = schema;
    else {
      const group = groups.get(types.join()) ?? [[], types];
      group[0].push(key);
      groups.set(types.join(), group);
    }
  }
  return { groups: [...groups.values()] as readonly Group[], others };
}

function simpleTypes(schema: Schema): readonly string[] | undefined {
  if (typeof schema === 'boolean' || Object.keys(schema).join() !== 'type') return undefined;
  const types = [schema.type].flat() as readonly string[];
  return types.every((type) => primitives.has(type)) ? types : undefined;
}

/** The keyword's code: one call per object, on a table that the module makes once. */
export const membersKeyword: CodeKeywordDefinition = {
  keyword,
  type: 'object',
  schemaType: 'object',
  code({ gen, data, schema, it }: KeywordCxt) {
    const { names, prefixes } = schema as Members;
    const table = gen.scopeValue('keyword', { ref: schema as object, code: stringify([names, prefixes]) });
    const path = strConcat(ajvNames.instancePath, it.errorPath);
    gen.assign(ajvNames.vErrors, _`checkMembers(${data}, ${table}, ${path}, ${ajvNames.vErrors})`);
    gen.assign(ajvNames.errors, _`${ajvNames.vErrors} === null ? 0 : ${ajvNames.vErrors}.length`);
  },
};

/** What ajv calls things in a validator: where the value stands, the findings so far, their number. */
const ajvNames = {
  instancePath: new Name('instancePath'),
  vErrors: new Name('vErrors'),
  errors: new Name('errors'),
};
