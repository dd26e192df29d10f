import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * ```ts
 * export const onCreated: Handler<"parcel#created"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onCreated: Unhandled<"parcel#created"> =
  unhandled("parcel#created");

/**
 * ```ts
 * export const onUpdated: Handler<"parcel#updated"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onUpdated: Unhandled<"parcel#updated"> =
  unhandled("parcel#updated");
