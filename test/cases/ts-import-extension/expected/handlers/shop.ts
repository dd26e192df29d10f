import { unhandled, type Unhandled } from '../events.ts'

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.ts".

/**
 * ```ts
 * export const onOrderPlaced: Handler<'shop/order-placed'> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onOrderPlaced: Unhandled<'shop/order-placed'> =
    unhandled('shop/order-placed')
