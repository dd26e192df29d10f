import { unhandled, type Unhandled } from "../events.js";

// Nothing here yet, and no line end.

/**
 * ```ts
 * export const onParcelReceived: Handler<"returns/parcel-received"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onParcelReceived: Unhandled<"returns/parcel-received"> = unhandled(
  "returns/parcel-received",
);