import { statuses, type Filter, type Status } from './filter.js';

/** What the address of the page keeps, so that a reload shows the same. */
export interface AddressState {
  readonly delivery?: string;
  readonly filter: Filter;
}

/** What a query says, as in `?delivery=…&product=…`. What it does not know is left out. */
export function stateIn(query: string): AddressState {
  const given = new URLSearchParams(query);
  const delivery = given.get('delivery');
  const product = given.get('product');
  const event = given.get('event');
  const status = given.get('status');
  const text = given.get('text');
  return {
    ...(delivery && { delivery }),
    filter: {
      ...(product && { product }),
      ...(event && { event }),
      ...(status && Object.hasOwn(statuses, status) && { status: status as Status }),
      ...(text && { text }),
    },
  };
}

/** The query of a state; empty where there is nothing to keep. */
export function queryOf({ delivery, filter }: AddressState): string {
  const query = new URLSearchParams();
  const { product, event, status, text } = filter;
  for (const [name, value] of Object.entries({ delivery, product, event, status, text }))
    if (value !== undefined && value !== '') query.set(name, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
}
