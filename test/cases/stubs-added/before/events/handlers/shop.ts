'use strict';
// Ours.
import { ignore, type Handler, type Ignore } from '../events.js';


export const onOrderPlaced: Handler<'shop/order-placed'> = ({ payload }) => {
	console.log(payload.id)   // kept as it is
}
export const onOrderPaid: Ignore = ignore
