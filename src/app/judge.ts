import { titleOf } from '../catalog/product.js';
import { nodeOf } from '../catalog/source-map.js';
import type { LiveKit } from '../delivery/live-kit.js';
import type { Judge, KnownEvent } from '../infer/inference.js';
import { placeAt, type SchemaDocument, type Steps } from '../infer/schema-place.js';
import type { Document } from '../model/document.js';
import type { Json } from '../model/json.js';

/** What a kit says of deliveries, and where in its documents the payload of each event is described. */
export function judgeOf(kit: LiveKit): Judge & { readonly documents: readonly SchemaDocument[] } {
  const known = new Map<
    Document,
    { readonly schemas: SchemaDocument; readonly steps: ReadonlyMap<Json, Steps> }
  >();
  const events = new Map<string, KnownEvent>();
  for (const event of kit.catalog.events) {
    const node = nodeOf(event);
    if (node?.payload === undefined) continue;
    const { document, payload } = node;
    const { name, data } = document;
    const own = known.get(document) ?? {
      schemas: { name, title: titleOf(document), data },
      steps: stepsIn(data),
    };
    known.set(document, own);
    const holder = own.steps.get(payload.at);
    const place = holder && placeAt(own.schemas, [...holder, payload.key ?? '']);
    if (place)
      events.set(event.name, { name: event.name, payload: place, telling: event.discriminator?.path });
  }
  return {
    events,
    documents: [...known.values()].map(({ schemas }) => schemas),
    findings: (event, payload) => kit.findings(event, payload),
  };
}

/** The steps to every object of a document: the way that comes first among the shortest. */
function stepsIn(data: Json): ReadonlyMap<Json, Steps> {
  const found = new Map<Json, Steps>();
  const pending: (readonly [Json, Steps])[] = [[data, []]];
  for (let at = 0; at < pending.length; at += 1) {
    const [value, steps] = pending[at] as (typeof pending)[number];
    if (typeof value !== 'object' || value === null || found.has(value)) continue;
    found.set(value, steps);
    const isList = Array.isArray(value);
    for (const [key, inner] of Object.entries(value) as [string, Json][])
      pending.push([inner, [...steps, isList ? Number(key) : key]]);
  }
  return found;
}
