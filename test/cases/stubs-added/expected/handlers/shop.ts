'use strict';
// Ours.
import { ignore, type Handler } from '../events.js';
import { unhandled } from "../events.js";


export const onOrderPlaced: Handler<'shop/order-placed'> = ({ payload }) => {
	console.log(payload.id)   // kept as it is
}
export const onOrderPaid = ignore

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
export const onOrderRefunded = unhandled("shop/order-refunded");
