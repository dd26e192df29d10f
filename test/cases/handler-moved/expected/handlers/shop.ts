import type { Handler } from '../events.js';

export const onOrderPlaced: Handler<'shop/order-placed'> = () => undefined;

// onOrderPaid lives in ../../billing.ts now.
