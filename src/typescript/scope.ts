import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { admittedBy, everyType, type Admitted } from '../model/simple-types.js';

/** What is known of a value where a schema is a branch of another. */
export interface Scope {
  /** What a reference leads to. */
  readonly target: (name: string) => Schema | undefined;
  readonly admitted: Admitted;
  /** The kinds of value that are left. */
  readonly within: ReadonlySet<SimpleType>;
  /** What a schema around says of a member. */
  readonly declared: (name: string) => Schema | undefined;
  /** The types that are being written out in place of their names. */
  readonly written: ReadonlySet<string>;
}

/** The scope of types that refer to each other. */
export function scopeOf(types: ReadonlyMap<string, { readonly schema: Schema }>): Scope {
  const target = (name: string) => types.get(name)?.schema;
  return { target, admitted: admittedBy(target), within, declared, written: new Set() };
}

const within = new Set(everyType);
const declared = () => undefined;

/** Where nothing is known of a value: at the root of a type, at a member, at an item. */
export function outermost(scope: Scope = scopeOf(new Map())): Scope {
  const { target, admitted, written } = scope;
  return { target, admitted, within, declared, written };
}

/** The scope of a schema's branches. */
export function inside(scope: Scope, schema: SchemaObject, kinds: readonly SimpleType[]): Scope {
  return {
    ...scope,
    within: new Set(kinds),
    declared: (name) => declaredIn(schema, name, scope, new Set()) ?? scope.declared(name),
  };
}

/** What a schema, the type it refers to or what it is put together from says of a member. */
function declaredIn(schema: Schema, name: string, scope: Scope, seen: Set<string>): Schema | undefined {
  if (typeof schema === 'boolean') return undefined;
  const { properties = {}, $ref, allOf = [] } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  if ($ref !== undefined && !seen.has($ref)) {
    seen.add($ref);
    const found = declaredIn(scope.target($ref) ?? true, name, scope, seen);
    if (found !== undefined) return found;
  }
  for (const each of allOf) {
    const found = declaredIn(each, name, scope, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
