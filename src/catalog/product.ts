import type { Channel } from '../model/channel.js';
import type { Document } from '../model/document.js';
import { productName } from './names.js';
import { isObject } from '../model/pointer.js';

/**
 * The product that sends a channel's deliveries: the one its `x-event` names; else the one that its address begins with,
 * `/freshdesk/ticket-merged`, where another channel of the document names that, so that a newer copy of a document brings
 * its new events to the products that are there; else the document's title.
 */
export function productOf({ address, document, node }: Channel): string {
  const own = named(node);
  if (own !== undefined) return own;
  const first = productName(address?.replace(/^\//, '').split('/', 1)[0] ?? '');
  return namedIn(document).has(first) ? first : productName(titleOf(document));
}

const namedBefore = new WeakMap<Document, ReadonlySet<string | undefined>>();

/** The products that the channels of a document name, looked up once for all of them. */
function namedIn(document: Document): ReadonlySet<string | undefined> {
  const { channels } = document.data;
  const products =
    namedBefore.get(document) ?? new Set(isObject(channels) ? Object.values(channels).map(named) : []);
  namedBefore.set(document, products);
  return products;
}

/** The product that a channel's `x-event` names. */
function named(channel: unknown): string | undefined {
  const extension = isObject(channel) ? channel['x-event'] : undefined;
  const product = isObject(extension) ? extension['product'] : undefined;
  return typeof product === 'string' ? productName(product) : undefined;
}

export function titleOf({ data: { info }, name }: Document): string {
  return isObject(info) && typeof info['title'] === 'string' ? info['title'] : name;
}
