import type { Json } from '../../model/json.js';
import type { Schema, SchemaObject } from '../../model/catalog.js';

/** A union whose branches a member tells apart, each with the texts that the member may be there. */
export interface Discriminated {
  readonly name: string;
  readonly branches: readonly { readonly values: readonly string[]; readonly schema: Schema }[];
  /** The branch of every text that no other names. */
  readonly otherwise: Schema | undefined;
}

/**
 * Finds the member that tells the branches of a union apart: every branch is an object that requires it to be one of some
 * texts, and no two branches share a text; one branch may take every text that the others do not name. A validator then
 * looks at one branch instead of all, and its findings are about that one.
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
    const found = toldApartBy(name, branches, objects);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toldApartBy(
  name: string,
  branches: readonly Schema[],
  objects: readonly SchemaObject[],
): Discriminated | undefined {
  const values = objects.map((object) => valuesOf(memberOf(name, object)));
  const others = values.flatMap((each, index) => (each === undefined ? [index] : []));
  const all = values.flatMap((each) => each ?? []);
  if (others.length > 1 || new Set(all).size < all.length) return undefined;
  const [other] = others;
  if (other !== undefined && !isAnyOther(memberOf(name, objects[other] as SchemaObject), all))
    return undefined;
  return {
    name,
    branches: branches.flatMap((schema, index) => {
      const own = values[index];
      return own === undefined ? [] : [{ values: own, schema }];
    }),
    otherwise: other === undefined ? undefined : branches[other],
  };
}

function objectOf(branch: Schema, target: (name: string) => Schema | undefined): SchemaObject | undefined {
  if (typeof branch === 'boolean') return undefined;
  const schema = Object.keys(branch).join() === '$ref' ? target(branch.$ref as string) : branch;
  return typeof schema === 'object' && schema.type === 'object' ? schema : undefined;
}

/** A member that an object requires. */
function memberOf(name: string, { properties = {}, required = [] }: SchemaObject): SchemaObject | undefined {
  if (!required.includes(name) || !Object.hasOwn(properties, name)) return undefined;
  const member = properties[name];
  return typeof member === 'object' ? member : undefined;
}

/** The texts that a member must be one of; undefined where it may be absent or anything else. */
function valuesOf(member: SchemaObject | undefined): readonly string[] | undefined {
  const values: readonly Json[] = member?.const === undefined ? (member?.enum ?? [null]) : [member.const];
  return values.every((value) => typeof value === 'string') ? values : undefined;
}

/** Whether a member takes texts alone, and none of those that are named elsewhere. */
function isAnyOther(member: SchemaObject | undefined, named: readonly string[]): boolean {
  if (member?.type !== 'string' || typeof member.not !== 'object') return false;
  const { enum: excluded = [] } = member.not;
  return Object.keys(member.not).join() === 'enum' && named.every((value) => excluded.includes(value));
}
