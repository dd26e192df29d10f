import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * Triggered when a new ticket is created in Freshservice. Configured through the Workflow Automator.
 *
 * ```ts
 * export const onFreshserviceTicketCreated: Handler<"freshservice/ticket-created"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshserviceTicketCreated: Unhandled<"freshservice/ticket-created"> =
  unhandled("freshservice/ticket-created");

/**
 * Triggered when an existing ticket is updated in Freshservice, including status changes, assignment updates, and field modifications.
 *
 * ```ts
 * export const onFreshserviceTicketUpdated: Handler<"freshservice/ticket-updated"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshserviceTicketUpdated: Unhandled<"freshservice/ticket-updated"> =
  unhandled("freshservice/ticket-updated");
