import type { SourceLocation, Position } from '../diagnostics/source-location.js';
import type { Document } from '../model/document.js';
import type { JsonArray, JsonObject } from '../model/json.js';
import type { Catalog, Event, PayloadType, Product } from '../model/catalog.js';
import { isObject, memberOf } from '../model/pointer.js';

type Thing = Event | PayloadType | Product;

/** What a part of the catalog was read from. */
export interface DocumentNode {
  readonly document: Document;
  readonly at: JsonObject | JsonArray;
  /** Where in it; the whole of it, where it is left out. */
  readonly key?: string | number;
  /** Of an event, where the schema of its payload is. */
  readonly payload?: Pick<DocumentNode, 'at' | 'key'>;
}

/** Kept beside the catalog, which is plain data: a note per event and type costs nothing, and is looked at for what is printed. */
const nodes = new WeakMap<Thing, DocumentNode>();

/** Notes what a part of the catalog was read from. */
export function noteNode<T extends Thing>(thing: T, node: DocumentNode | undefined): T {
  if (node) nodes.set(thing, node);
  return thing;
}

export function nodeOf(thing: Thing): DocumentNode | undefined {
  return nodes.get(thing);
}

/** A part of a catalog, and keys that lead into it. */
interface CatalogPath {
  readonly kind: 'event' | 'product' | 'type';
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** Tells where a part of a catalog was written, or what the keys of a path lead to in it. */
export function locatorOf(catalog: Catalog): (of: CatalogPath) => Position | undefined {
  const locationOf = locationsIn(catalog);
  return (part) => locationOf(part)?.position;
}

/** The same, with the lines around it. */
export function locationsIn({
  events,
  products,
  types,
}: Catalog): (of: CatalogPath) => SourceLocation | undefined {
  const lists: Readonly<Record<CatalogPath['kind'], readonly Thing[]>> = {
    event: events,
    product: products,
    type: types,
  };
  const known = new Map<string, Thing>();
  for (const [kind, list] of Object.entries(lists))
    for (const each of list) known.set(`${kind} ${each.name}`, each);
  return ({ kind, name, path }) => {
    const thing = known.get(`${kind} ${name}`);
    const node = thing && nodes.get(thing);
    return node && locationIn(node, path);
  };
}

/** The place of the deepest part of a path that was written. */
function locationIn(
  { document, at, key }: DocumentNode,
  path: readonly (string | number)[],
): SourceLocation | undefined {
  const { sourceMap } = document;
  let location = sourceMap.of(at, key);
  let value = key === undefined ? at : memberOf(at, key);
  const steps = [...path];
  let branched: unknown;
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    // `nullable` has made a branch of the schema that it stands in.
    if (step === 'anyOf' && isObject(value) && value['nullable'] === true && value !== branched) {
      branched = value;
      steps.shift();
      continue;
    }
    const next = memberOf(value, step);
    if (next === undefined || !(isObject(value) || Array.isArray(value))) break;
    location = sourceMap.of(value as JsonObject | JsonArray, step) ?? location;
    value = next;
  }
  return location;
}
