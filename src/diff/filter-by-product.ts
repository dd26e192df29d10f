import type { Contract } from '../model/contract.js';
import { eventsByType } from './events-by-type.js';

/** What a contract says of some products, as it would have been recorded for them alone. */
export function filterByProduct(contract: Contract, products: readonly string[] | undefined): Contract {
  if (products === undefined) return contract;
  const wanted = new Set(products);
  const events = contract.events.filter(({ product }) => wanted.has(product));
  const productOf = new Map(events.map(({ name, product }) => [name, product]));
  const carried = eventsByType({ ...contract, events });
  const roots = new Set(events.map(({ payload }) => payload));
  return {
    products: contract.products.filter(({ name }) => wanted.has(name)),
    events,
    types: contract.types.flatMap((type) => {
      const users = [...new Set(carried(type.name).map((name) => productOf.get(name)))];
      const [module = ''] = users;
      return users.length === 0
        ? []
        : [{ ...type, module: users.length === 1 ? module : 'shared', root: roots.has(type.name) }];
    }),
  };
}
