import { linearPattern } from '../../templates/runtime/patterns.js';
import type { Catalog, Schema, SchemaObject } from '../model/catalog.js';
import { patternCode } from '../model/pattern.js';
import type { FieldPath } from './field-path.js';

/** A member or an item of a payload, as the documents see it. */
export interface Field {
  readonly path: FieldPath;
  readonly value: unknown;
  /** Whether any branch of the schema declares it, be it one that the payload does not satisfy. */
  readonly isKnown: boolean;
  /** The schemas that may stand for it, references followed and unions taken apart; none where it is not known. */
  readonly schemas: readonly SchemaObject[];
}

/**
 * Is called with every field below the payload in its order; below a field that is not known, with none.
 *
 * @returns false to see no more
 */
export type Visit = (field: Field) => boolean | undefined;

/**
 * What the documents know of payloads.
 *
 * @returns visits the fields of a payload, in time linear in its size. Below 256 levels it looks at nothing: no document
 *   describes more, unless it describes itself
 */
export function fieldVisitor(
  catalog: Pick<Catalog, 'events' | 'types'>,
): (event: string, payload: unknown, visit: Visit) => void {
  const nodeOf = nodesOf(catalog);
  const roots = new Map(catalog.events.map(({ name, payload }) => [name, payload]));

  return (event, payload, visit) => {
    const root = roots.get(event);
    if (root === undefined) return;
    // A stack of its own: payloads may be deeper than the one of the engine.
    const open: Iterator<Step>[] = [stepsInto(payload, nodeOf([{ $ref: root }]), undefined)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.next();
      if (next.done === true) {
        open.pop();
        continue;
      }
      const { path, value, node } = next.value;
      const schemas = node?.schemas ?? [];
      if (visit({ path, value, isKnown: node !== undefined, schemas }) === false) return;
      if (node !== undefined && path.depth < deepest) open.push(stepsInto(value, node, path));
    }
  };
}

/** What the documents say about a field: the nearest description. */
export function descriptionOf({ schemas }: Field): string | undefined {
  return schemas.find(({ description }) => description !== undefined)?.description;
}

const deepest = 256;

interface Step {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly node: Node | undefined;
}

function* stepsInto(value: unknown, node: Node, above: FieldPath | undefined): Iterator<Step> {
  const depth = (above?.depth ?? 0) + 1;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1)
      yield { path: { above, name: at, depth }, value: value[at], node: node.item(at) };
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      const held = (value as Readonly<Record<string, unknown>>)[name];
      yield { path: { above, name, depth }, value: held, node: node.member(name) };
    }
  }
}

/** Schemas that stand for one value, and those of what is in it; undefined for what none of them declares. */
interface Node {
  readonly schemas: readonly SchemaObject[];
  member(name: string): Node | undefined;
  item(at: number): Node | undefined;
}

/** Makes the node of some schemas, the same one for the same schemas. */
function nodesOf({ types }: Pick<Catalog, 'types'>): (schemas: readonly Schema[]) => Node {
  const byName = new Map(types.map(({ name, schema }) => [name, schema]));
  const numbers = new Map<SchemaObject, number>();
  const nodes = new Map<string, Node>();

  function nodeOf(given: readonly Schema[]): Node {
    const schemas = allOf(given, byName);
    const key = schemas.map((each) => numberOf(each)).join();
    let node = nodes.get(key);
    if (node === undefined) nodes.set(key, (node = newNode(schemas, nodeOf)));
    return node;
  }

  function numberOf(schema: SchemaObject): number {
    const number = numbers.get(schema) ?? numbers.size;
    numbers.set(schema, number);
    return number;
  }

  return nodeOf;
}

/** The schemas, those they refer to and those of their branches, each once. */
function allOf(given: readonly Schema[], byName: ReadonlyMap<string, Schema>): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const pending: Schema[] = [...given];
  for (let schema = pending.shift(); schema !== undefined; schema = pending.shift()) {
    if (typeof schema === 'boolean' || found.has(schema)) continue;
    found.add(schema);
    const target = schema.$ref === undefined ? undefined : byName.get(schema.$ref);
    if (target !== undefined) pending.push(target);
    // What is under `if` and `not` asks, and declares nothing.
    for (const each of [schema.then, schema.else]) if (each !== undefined) pending.push(each);
    for (const each of [schema.allOf, schema.anyOf, schema.oneOf]) pending.push(...(each ?? []));
    for (const each of Object.values(schema.dependencies ?? {}))
      if (!Array.isArray(each)) pending.push(each as Schema);
  }
  return [...found];
}

function newNode(schemas: readonly SchemaObject[], nodeOf: (schemas: readonly Schema[]) => Node): Node {
  const readers = schemas.map(memberReader);
  const named = new Map<string, Node | undefined>();
  const names = new Set(schemas.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const tuple = Math.max(0, ...schemas.map(({ items }) => (Array.isArray(items) ? items.length : 0)));
  const items = new Map<number, Node | undefined>();
  const orNone = (found: readonly Schema[]) => (found.length === 0 ? undefined : nodeOf(found));

  return {
    schemas,
    member(name) {
      const known = named.get(name);
      if (known !== undefined) return known;
      const found = orNone(readers.flatMap((read) => read(name)));
      // Only names of the documents are remembered: a payload could bring any number of others.
      if (names.has(name)) named.set(name, found);
      return found;
    },
    item(at) {
      const key = Math.min(at, tuple);
      if (!items.has(key)) items.set(key, orNone(schemas.flatMap((each) => itemsIn(each, key))));
      return items.get(key);
    },
  };
}

/** The schemas that a schema has for a member. That any other may be there, `true`, declares none. */
function memberReader(schema: SchemaObject): (name: string) => readonly Schema[] {
  const { properties, patternProperties, additionalProperties: rest } = schema;
  if (properties === undefined && patternProperties === undefined && typeof rest !== 'object')
    return () => [];
  const byName = new Map(Object.entries(properties ?? {}));
  const byPattern = Object.entries(patternProperties ?? {}).map(
    ([pattern, each]) => [testerOf(pattern), each] as const,
  );
  return (name) => {
    const own = byName.get(name);
    const matching = byPattern.flatMap(([tester, each]) => (tester.test(name) ? [each] : []));
    const found = own === undefined ? matching : [own, ...matching];
    return found.length === 0 && typeof rest === 'object' && Object.keys(rest).length > 0 ? [rest] : found;
  };
}

function itemsIn({ items, additionalItems }: SchemaObject, at: number): readonly Schema[] {
  const found = Array.isArray(items) ? ((items as readonly Schema[])[at] ?? additionalItems) : items;
  return found === undefined || found === true ? [] : [found as Schema];
}

/** In time linear in the name, as the kit itself checks it. */
function testerOf(pattern: string): { test(text: string): boolean } {
  const code = patternCode(pattern);
  return code.kind === 'automaton' ? linearPattern(code.data) : new RegExp(pattern, 'u');
}
