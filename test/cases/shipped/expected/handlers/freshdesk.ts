import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * Triggered when a new ticket is created in Freshdesk. Configured through ticket creation automation rules.
 *
 * ```ts
 * export const onFreshdeskTicketCreated: Handler<"freshdesk/ticket-created"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshdeskTicketCreated: Unhandled<"freshdesk/ticket-created"> =
  unhandled("freshdesk/ticket-created");

/**
 * Triggered when an existing ticket is updated in Freshdesk. This includes status changes, assignment changes, priority updates, and custom field modifications.
 *
 * ```ts
 * export const onFreshdeskTicketUpdated: Handler<"freshdesk/ticket-updated"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshdeskTicketUpdated: Unhandled<"freshdesk/ticket-updated"> =
  unhandled("freshdesk/ticket-updated");
