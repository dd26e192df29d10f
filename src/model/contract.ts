import type { Catalog, Event, PayloadType, Product, Schema } from './catalog.js';
import { inside } from './subschemas.js';

/**
 * What those who receive the events rely on, and nothing else: no position and no description, so that it stays the same
 * while a document is only moved about or worded better. The manifest of a kit keeps it.
 */
export interface Contract {
  /** By name, as everything here. */
  readonly products: readonly PromisedProduct[];
  readonly events: readonly PromisedEvent[];
  readonly types: readonly PayloadType[];
}

export type PromisedProduct = Pick<Product, 'name' | 'authentication'>;

export type PromisedEvent = Pick<
  Event,
  'name' | 'product' | 'handler' | 'payload' | 'discriminator' | 'deliveryKey' | 'contentTypes'
>;

export function contractOf({ products, events, types }: Catalog): Contract {
  return {
    products: products.map(({ name, authentication }) => ({ name, authentication })),
    events: events.map(({ name, product, handler, payload, discriminator, deliveryKey, contentTypes }) => ({
      name,
      product,
      handler,
      payload,
      ...(discriminator && { discriminator }),
      deliveryKey,
      contentTypes,
    })),
    types: types.map((type) => ({ ...type, schema: promised(type.schema) })),
  };
}

/** Whether something is deprecated is part of what is relied on. */
function promised(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema;
  const { title: _, description: __, default: ___, examples: ____, ...rest } = schema;
  return inside(rest, promised);
}
