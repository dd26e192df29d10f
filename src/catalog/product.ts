import type { Channel } from '../model/channel.js';
import type { Document } from '../model/document.js';
import { productName } from './names.js';
import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { quoted } from '../diagnostics/printable.js';
import { lettersOf } from '../model/identifier.js';
import { isObject } from '../model/pointer.js';

/**
 * The product that sends a channel's deliveries: the one its `x-event` names; else the one that its address begins with,
 * `/freshdesk/ticket-merged`, where another channel of the document names that, so that a newer copy of a document brings
 * its new events to the products that are there; else the document's title.
 */
export function productOf({ address, document, node }: Channel): string {
  const own = named(node);
  if (own !== undefined) return productName(own);
  const first = productName(address?.replace(/^\//, '').split('/', 1)[0] ?? '');
  return namedIn(document).has(first) ? first : productName(titleOf(document));
}

/** Says which products have another name than their `x-event` gives them, and where two of them have become one. */
export function reportProductNames(channels: readonly Channel[], report: Report): void {
  const byProduct = new Map<string, Set<string>>();
  for (const { document, node } of channels) {
    const own = named(node);
    if (own === undefined) continue;
    const product = productName(own);
    const known = byProduct.get(product) ?? new Set<string>();
    byProduct.set(product, known);
    if (known.has(own)) continue;
    const [first] = known.add(own);
    const at = document.sourceMap.of(node, 'x-event') ?? document.sourceMap.of(node);
    if (isAnother(own, product))
      report(diagnostic('name-sanitised', `the product ${quoted(own)} becomes ${product}`, at));
    if (first === undefined || first === own) continue;
    const message = `the products ${quoted(first)} and ${quoted(own)} are one, ${product}, with one entry in \`verify\``;
    report(diagnostic('name-changed', message, at));
  }
}

/** Whether a name is more than the same letters in another case, parted in another way. */
function isAnother(own: string, product: string): boolean {
  const letters = (text: string) =>
    lettersOf(
      text
        .toUpperCase()
        .toLowerCase()
        .replace(/[\s_-]+/g, ''),
    );
  return letters(own) !== letters(product);
}

const namedBefore = new WeakMap<Document, ReadonlySet<string | undefined>>();

/** The products that the channels of a document name, looked up once for all of them. */
function namedIn(document: Document): ReadonlySet<string | undefined> {
  const { channels } = document.data;
  const products =
    namedBefore.get(document) ??
    new Set(
      (isObject(channels) ? Object.values(channels).map(named) : []).map((each) => each && productName(each)),
    );
  namedBefore.set(document, products);
  return products;
}

/** The product that a channel's `x-event` names. */
function named(channel: unknown): string | undefined {
  const extension = isObject(channel) ? channel['x-event'] : undefined;
  const product = isObject(extension) ? extension['product'] : undefined;
  return typeof product === 'string' ? product : undefined;
}

export function titleOf({ data: { info }, name }: Document): string {
  return isObject(info) && typeof info['title'] === 'string' ? info['title'] : name;
}
