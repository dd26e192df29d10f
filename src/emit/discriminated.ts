import type { Json } from '../catalog/json.js';
import type { Schema, SchemaObject } from '../catalog/model.js';

/**
 * Names the member that tells the branches of a union apart, where there is one: every branch is an object that requires
 * it to be one of some texts, and no two branches share a text. A validator then looks at one branch instead of all, and
 * its findings are about that one.
 *
 * @param target what a reference leads to
 */
export function discriminated(
  schema: SchemaObject,
  target: (reference: SchemaObject) => Schema | undefined,
): SchemaObject {
  const { anyOf, oneOf, ...rest } = schema;
  const branches = anyOf ?? oneOf;
  if (branches === undefined || (anyOf && oneOf) || (rest.type ?? 'object') !== 'object') return schema;
  const objects = branches.map((branch) => objectOf(branch, target));
  if (branches.length < 2 || !objects.every((each) => each !== undefined)) return schema;
  const tag = objects[0]?.required?.find((name) => tellsApart(name, objects));
  if (tag === undefined) return schema;
  const result = { ...rest, type: 'object' as const, oneOf: branches, discriminator: { propertyName: tag } };
  return result;
}

function objectOf(
  branch: Schema,
  target: (reference: SchemaObject) => Schema | undefined,
): SchemaObject | undefined {
  if (typeof branch === 'boolean') return undefined;
  const schema = Object.keys(branch).join() === '$ref' ? target(branch) : branch;
  return typeof schema === 'object' && schema.type === 'object' ? schema : undefined;
}

function tellsApart(name: string, objects: readonly SchemaObject[]): boolean {
  const words = objects.flatMap(({ properties = {}, required = [] }) =>
    required.includes(name) && Object.hasOwn(properties, name) ? wordsOf(properties[name]) : [undefined],
  );
  return words.every(isTag) && new Set(words).size === words.length;
}

/** A text that ajv can tell branches apart by: it takes an empty one for none, and keeps them as keys of a plain object. */
function isTag(word: Json | undefined): boolean {
  return typeof word === 'string' && word !== '' && !(word in Object.prototype);
}

/** The values that a schema admits by listing them. */
function wordsOf(schema: Schema | undefined): readonly (Json | undefined)[] {
  if (typeof schema !== 'object') return [undefined];
  return schema.const === undefined ? (schema.enum ?? [undefined]) : [schema.const];
}
