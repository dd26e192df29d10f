import type { Channel } from './channel.js';
import type { Document } from './document.js';
import { productName } from './names.js';
import { isObject } from './pointer.js';

/** The product that sends a channel's deliveries: the one its `x-event` names, else the document's title. */
export function productOf({ document, node }: Channel): string {
  const extension = node['x-event'];
  const product = isObject(extension) ? extension['product'] : undefined;
  return productName(typeof product === 'string' ? product : titleOf(document));
}

export function titleOf({ data: { info }, name }: Document): string {
  return isObject(info) && typeof info['title'] === 'string' ? info['title'] : name;
}
