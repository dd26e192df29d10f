import type { Json } from '../model/json.js';
import type { Schema, SchemaObject } from '../model/catalog.js';

/** A union whose branches a member tells apart, each with the words that the member may be there. */
export interface Discriminated {
  readonly name: string;
  readonly branches: readonly { readonly words: readonly string[]; readonly schema: Schema }[];
}

/**
 * Finds the member that tells the branches of a union apart: every branch is an object that requires it to be one of some
 * texts, and no two branches share a text. A validator then looks at one branch instead of all, and its findings are about
 * that one.
 *
 * @param target what a reference leads to
 */
export function discriminated(
  { anyOf, oneOf, type = 'object' }: SchemaObject,
  target: (name: string) => Schema | undefined,
): Discriminated | undefined {
  const branches = anyOf ?? oneOf;
  if (branches === undefined || branches.length < 2 || (anyOf && oneOf) || type !== 'object')
    return undefined;
  const objects = branches.map((branch) => objectOf(branch, target));
  if (!objects.every((each) => each !== undefined)) return undefined;
  for (const name of objects[0]?.required ?? []) {
    const words = objects.map((object) => wordsOf(name, object));
    if (!words.every((each) => each !== undefined)) continue;
    const all = words.flat();
    if (new Set(all).size < all.length) continue;
    return { name, branches: branches.map((schema, index) => ({ words: words[index] ?? [], schema })) };
  }
  return undefined;
}

function objectOf(branch: Schema, target: (name: string) => Schema | undefined): SchemaObject | undefined {
  if (typeof branch === 'boolean') return undefined;
  const schema = Object.keys(branch).join() === '$ref' ? target(branch.$ref as string) : branch;
  return typeof schema === 'object' && schema.type === 'object' ? schema : undefined;
}

/** The texts that an object's member must be one of; undefined where it may be absent or anything else. */
function wordsOf(
  name: string,
  { properties = {}, required = [] }: SchemaObject,
): readonly string[] | undefined {
  if (!required.includes(name) || !Object.hasOwn(properties, name)) return undefined;
  const member = properties[name];
  if (typeof member !== 'object') return undefined;
  const values: readonly Json[] = member.const === undefined ? (member.enum ?? [null]) : [member.const];
  return values.every((value) => typeof value === 'string') ? values : undefined;
}
