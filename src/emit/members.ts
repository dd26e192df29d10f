import { _, Name, stringify, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import type { Schema, SchemaObject } from '../catalog/model.js';

/** Members of one object that may be of the same types and of nothing narrower. */
interface Members {
  readonly names: readonly string[];
  readonly types: readonly string[];
}

/**
 * Takes the members out of `properties` that only have a type, and lists them by type under a keyword of its own. Webhooks
 * have dozens of them: written out by ajv one by one they are most of a validator's code.
 */
export function gathered(schema: SchemaObject): SchemaObject {
  const { properties, ...rest } = schema;
  // What is additional is told from what stands under `properties`.
  if (properties === undefined || schema.additionalProperties !== undefined) return schema;
  const groups = new Map<string, { names: string[]; types: readonly string[] }>();
  const others: Record<string, Schema> = {};
  for (const [name, property] of Object.entries(properties)) {
    const types = simpleTypes(property);
    if (types === undefined) others[name] = property;
    else {
      const group = groups.get(types.join()) ?? { names: [], types };
      group.names.push(name);
      groups.set(types.join(), group);
    }
  }
  if (groups.size === 0) return schema;
  const gathered = { ...rest, properties: others, [keyword]: [...groups.values()] satisfies Members[] };
  return gathered;
}

const keyword = 'members';
const primitives: ReadonlySet<unknown> = new Set(['boolean', 'integer', 'null', 'number', 'string']);

function simpleTypes(schema: Schema): readonly string[] | undefined {
  if (typeof schema === 'boolean' || Object.keys(schema).join() !== 'type') return undefined;
  const types = [schema.type].flat() as readonly string[];
  return types.every((type) => primitives.has(type)) ? types : undefined;
}

/** The keyword's code: one call per group, on tables that the module makes once. */
export const membersKeyword: CodeKeywordDefinition = {
  keyword,
  type: 'object',
  schemaType: 'array',
  code({ gen, data, schema, it }: KeywordCxt) {
    for (const { names, types } of schema as readonly Members[]) {
      const table = gen.scopeValue('keyword', { ref: names, code: stringify([names, types]) });
      const path = strConcat(ajvNames.instancePath, it.errorPath);
      gen.assign(ajvNames.vErrors, _`checkMembers(${data}, ${table}, ${path}, ${ajvNames.vErrors})`);
    }
    gen.assign(ajvNames.errors, _`${ajvNames.vErrors} === null ? 0 : ${ajvNames.vErrors}.length`);
  },
};

/** What ajv calls things in a validator: where the value stands, the findings so far, their number. */
const ajvNames = {
  instancePath: new Name('instancePath'),
  vErrors: new Name('vErrors'),
  errors: new Name('errors'),
};
