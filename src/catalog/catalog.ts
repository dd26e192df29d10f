import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import type { Channel } from '../model/channel.js';
import type { Document } from '../model/document.js';
import { nameApart } from './document-names.js';
import { readEvents } from './events.js';
import type { Catalog, Event, Product, Requirement } from '../model/catalog.js';
import { isObject } from '../model/pointer.js';
import { productOf, reportProductNames, titleOf } from './product.js';
import { authenticationOf, distinct } from './security.js';
import { collectTypes } from './types.js';
import { noteNode, nodeOf, type DocumentNode } from './source-map.js';

export interface CatalogOptions {
  /** Only these products; all where it is undefined. */
  readonly products?: readonly string[] | undefined;
  /** The documents that the channels are from, with those that have none. */
  readonly documents?: readonly Document[] | undefined;
}

/**
 * Builds the model that everything is emitted from.
 *
 * @throws Rejected for a schema, an extension or a filter that cannot be taken, at its position.
 */
export function buildCatalog(
  given: readonly Channel[],
  { products: wanted, documents: inputs = [] }: CatalogOptions,
  report: Report,
): Catalog {
  const channels = nameApart(given);
  const kept =
    wanted === undefined ? channels : channels.filter((channel) => wanted.includes(productOf(channel)));
  if (wanted !== undefined) refuseUnknown(wanted, channels);
  reportProductNames(kept, report);
  const types = collectTypes(report);
  const drafts = readEvents(kept, types, report);
  const finished = types.finish();
  if (drafts.length === 0) throw new Rejected(empty(given, inputs));
  const events = drafts
    .map((event): Event => noteNode({ ...event, payload: finished.nameOf(event.payload) }, nodeOf(event)))
    .sort(byName);
  const documents = [...new Set(kept.map(({ document }) => document))];
  return {
    documents: documents.map((document) => ({ name: document.name, title: titleOf(document) })),
    products: readProducts(kept, events),
    events,
    types: finished.types,
  };
}

function readProducts(channels: readonly Channel[], events: readonly Event[]): readonly Product[] {
  const authentication = new Map<string, Requirement[]>();
  for (const channel of channels) {
    const product = productOf(channel);
    const known = authentication.get(product) ?? [];
    known.push(...authenticationOf(channel));
    authentication.set(product, known);
  }
  return [...new Set(events.map(({ product }) => product))].sort().map((name) => {
    const sent = events.filter(({ product }) => product === name);
    const product: Product = {
      name,
      authentication: distinct(authentication.get(name) ?? []),
      documents: [...new Set(sent.map(({ document }) => document))].sort(),
    };
    return noteNode(product, sent[0] && securityOf(nodeOf(sent[0])));
  });
}

/** Where the document of an event says how deliveries authenticate; the event, where it does not. */
function securityOf(origin: DocumentNode | undefined): DocumentNode | undefined {
  const components = origin?.document.data['components'];
  const at = isObject(components) ? components : undefined;
  return origin && at && Object.hasOwn(at, 'securitySchemes')
    ? { document: origin.document, at, key: 'securitySchemes' }
    : origin;
}

function refuseUnknown(wanted: readonly string[], channels: readonly Channel[]): void {
  const known = new Set(channels.map(productOf));
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const list = [...known].sort().join(', ');
  throw new Rejected(
    diagnostic('product-unknown', `no document describes ${unknown.join(', ')}; there are ${list}`),
  );
}

function empty([channel]: readonly Channel[], [first]: readonly Document[]): Diagnostic {
  const document = channel?.document ?? first;
  const location =
    document && (document.sourceMap.of(document.data, 'channels') ?? document.sourceMap.of(document.data));
  return diagnostic('catalog-empty', 'the documents describe no event', location);
}

/** Puts the reasons why there is no event before the finding that there is none. */
export function withReasons(error: unknown, found: readonly Diagnostic[]): unknown {
  if (!(error instanceof Rejected) || !error.diagnostics.some(({ code }) => code === 'catalog-empty'))
    return error;
  return new Rejected(...found.filter(({ code }) => reasons.has(code)), ...error.diagnostics);
}

const reasons: ReadonlySet<string> = new Set([
  'channel-empty',
  'message-unused',
  'payload-missing',
  'payload-not-json',
  'reply-outside-channel',
]);

function byName(a: Event, b: Event): number {
  return a.name < b.name ? -1 : 1;
}
