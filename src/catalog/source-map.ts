import type { Place, Position } from '../diagnostics/place.js';
import type { Document } from '../model/document.js';
import type { JsonArray, JsonObject } from '../model/json.js';
import type { Catalog, Event, PayloadType, Product } from '../model/catalog.js';
import { isObject, memberOf } from '../model/pointer.js';

type Thing = Event | PayloadType | Product;

/** What a part of the catalog was read from. */
export interface Origin {
  readonly document: Document;
  readonly at: JsonObject | JsonArray;
  /** Where in it; the whole of it, where it is left out. */
  readonly key?: string | number;
}

/** Kept beside the catalog, which is plain data: a note per event and type costs nothing, and is looked at for what is printed. */
const origins = new WeakMap<Thing, Origin>();

/** Notes what a part of the catalog was read from. */
export function noteOrigin<T extends Thing>(thing: T, origin: Origin | undefined): T {
  if (origin) origins.set(thing, origin);
  return thing;
}

export function originOf(thing: Thing): Origin | undefined {
  return origins.get(thing);
}

/** A part of a catalog, and keys that lead into it. */
interface Part {
  readonly kind: 'event' | 'product' | 'type';
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** Tells where a part of a catalog was written, or what the keys of a path lead to in it. */
export function locatorOf(catalog: Catalog): (of: Part) => Position | undefined {
  const placeOf = placesIn(catalog);
  return (part) => placeOf(part)?.position;
}

/** The same, with the lines around it. */
export function placesIn({ events, products, types }: Catalog): (of: Part) => Place | undefined {
  const lists: Readonly<Record<Part['kind'], readonly Thing[]>> = {
    event: events,
    product: products,
    type: types,
  };
  const known = new Map<string, Thing>();
  for (const [kind, list] of Object.entries(lists))
    for (const each of list) known.set(`${kind} ${each.name}`, each);
  return ({ kind, name, path }) => {
    const thing = known.get(`${kind} ${name}`);
    const origin = thing && origins.get(thing);
    return origin && placeIn(origin, path);
  };
}

/** The place of the deepest part of a path that was written. */
function placeIn({ document, at, key }: Origin, path: readonly (string | number)[]): Place | undefined {
  const { places } = document;
  let place = places.of(at, key);
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
    place = places.of(value as JsonObject | JsonArray, step) ?? place;
    value = next;
  }
  return place;
}
