'use strict';
// Ours.
import { ignore, type Handler } from '../events.js';


export const onOrderPlaced: Handler<'shop/order-placed'> = ({ payload }) => {
	console.log(payload.id)   // kept as it is
}
export const onOrderPaid = ignore
