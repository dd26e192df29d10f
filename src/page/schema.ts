/** A JSON Schema, draft-07, as far as completion reads it. */
interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly patternProperties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly allOf?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly then?: unknown;
  readonly else?: unknown;
}

/** A property that may stand in an object. */
export interface PropertyHint {
  readonly name: string;
  /** As JSON: what to begin its value with. */
  readonly start: string;
  readonly type: string;
  readonly description?: string;
}

/** A value that may stand somewhere, as JSON. */
export interface ValueHint {
  readonly json: string;
  readonly detail: string;
}

/** What may be reached by references and branches in one place; more is a schema made to be large. */
const mostBranches = 200;

/** The properties that the schema knows at a place. */
export function propertiesAt(root: unknown, path: readonly (string | number)[]): readonly PropertyHint[] {
  const hints = new Map<string, PropertyHint>();
  for (const { properties } of schemasAt(root, path)) {
    if (!isObject(properties)) continue;
    for (const [name, property] of Object.entries(properties)) {
      if (hints.has(name)) continue;
      const all = spread(root, [property]);
      const description = all.find((each) => typeof each.description === 'string')?.description;
      const type = typesOf(all).join(' or ') || 'any';
      hints.set(name, { name, type, start: startOf(all), ...(description && { description }) });
    }
  }
  return [...hints.values()];
}

/** The values that the schema names for a place. */
export function valuesAt(root: unknown, path: readonly (string | number)[]): readonly ValueHint[] {
  const hints = new Map<string, string>();
  const add = (value: unknown, detail: string): void => {
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined && json.length < 200 && !hints.has(json)) hints.set(json, detail);
  };
  const schemas = schemasAt(root, path);
  for (const schema of schemas) {
    if ('const' in schema) add(schema.const, 'the only value');
    if (Array.isArray(schema.enum)) for (const each of schema.enum) add(each, 'allowed');
    if (Array.isArray(schema.examples)) for (const each of schema.examples) add(each, 'example');
    if ('default' in schema) add(schema.default, 'default');
  }
  const types = typesOf(schemas);
  if (types.includes('boolean')) for (const each of [true, false]) add(each, 'boolean');
  if (types.includes('null')) add(null, 'null');
  return Array.from(hints, ([json, detail]) => ({ json, detail }));
}

/** Every schema that says something about a place. */
function schemasAt(root: unknown, path: readonly (string | number)[]): readonly Schema[] {
  let schemas = spread(root, [root]);
  for (const step of path) {
    schemas = spread(
      root,
      schemas.flatMap((schema) => (typeof step === 'number' ? itemOf(schema, step) : memberOf(schema, step))),
    );
  }
  return schemas;
}

function memberOf(schema: Schema, name: string): readonly unknown[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const found: unknown[] = [];
  if (isObject(properties) && Object.hasOwn(properties, name)) found.push(properties[name]);
  if (isObject(patternProperties))
    for (const [pattern, each] of Object.entries(patternProperties)) {
      // Only what begins or contains plain words: a pattern is not run on what somebody types.
      const plain = /^\^?([\w-]+)$/.exec(pattern)?.[1];
      if (plain !== undefined && (pattern.startsWith('^') ? name.startsWith(plain) : name.includes(plain)))
        found.push(each);
    }
  return found.length > 0 || additionalProperties === undefined ? found : [additionalProperties];
}

function itemOf({ items }: Schema, index: number): readonly unknown[] {
  return Array.isArray(items) ? [items[index] as unknown] : [items];
}

/** Schemas with what they refer to and what their branches say. */
function spread(root: unknown, schemas: readonly unknown[]): readonly Schema[] {
  const found = new Set<Schema>();
  const waiting = [...schemas];
  // The list grows while it is walked.
  for (const each of waiting) {
    if (found.size >= mostBranches) break;
    if (!isObject(each) || found.has(each as Schema)) continue;
    const schema = each as Schema;
    found.add(schema);
    if (typeof schema.$ref === 'string') waiting.push(referred(root, schema.$ref));
    for (const branches of [schema.allOf, schema.anyOf, schema.oneOf])
      if (Array.isArray(branches)) waiting.push(...(branches as unknown[]));
    waiting.push(schema.then, schema.else);
  }
  return [...found];
}

/** What a reference within the schema points to. */
function referred(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let at = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const name = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function typesOf(schemas: readonly Schema[]): readonly string[] {
  return [...new Set(schemas.flatMap(({ type }) => type ?? []))];
}

/** What the value of a new property is begun with: of its named values the first, else by its type. */
function startOf(schemas: readonly Schema[]): string {
  for (const { const: only, enum: values } of schemas) {
    const value = only ?? (Array.isArray(values) ? (values as unknown[])[0] : undefined);
    if (value !== undefined) return JSON.stringify(value);
  }
  const type = typesOf(schemas)[0];
  const starts: Readonly<Record<string, string>> = {
    string: '""',
    object: '{}',
    array: '[]',
    integer: '0',
    number: '0',
    boolean: 'false',
  };
  return (type !== undefined && Object.hasOwn(starts, type) && starts[type]) || 'null';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
