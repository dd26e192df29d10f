'use strict';
// Ours.
import { ignore, type Handler, type Ignore } from '../events.js';
import { unhandled, type Unhandled } from "../events.js";


export const onOrderPlaced: Handler<'shop/order-placed'> = ({ payload }) => {
	console.log(payload.id)   // kept as it is
}
export const onOrderPaid: Ignore = ignore

/**
 * An order was refunded.
 * The money is on its way *\/ and this is still the comment.
 *
 * ```ts
 * export const onOrderRefunded: Handler<"shop/order-refunded"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onOrderRefunded: Unhandled<"shop/order-refunded"> = unhandled(
  "shop/order-refunded",
);
