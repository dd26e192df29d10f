import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * Triggered when the assignee of a ticket changes.
 *
 * ```ts
 * export const onHelpdeskTicketAssignmentChanged: Handler<"helpdesk/ticket.assignment.changed"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onHelpdeskTicketAssignmentChanged: Unhandled<"helpdesk/ticket.assignment.changed"> =
  unhandled("helpdesk/ticket.assignment.changed");

/**
 * Triggered when a new ticket is created.
 *
 * ```ts
 * export const onHelpdeskTicketCreated: Handler<"helpdesk/ticket.created"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onHelpdeskTicketCreated: Unhandled<"helpdesk/ticket.created"> =
  unhandled("helpdesk/ticket.created");

/**
 * Triggered when a ticket is deleted.
 *
 * ```ts
 * export const onHelpdeskTicketDeleted: Handler<"helpdesk/ticket.deleted"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onHelpdeskTicketDeleted: Unhandled<"helpdesk/ticket.deleted"> =
  unhandled("helpdesk/ticket.deleted");

/**
 * Triggered when the status of a ticket changes to resolved.
 *
 * ```ts
 * export const onHelpdeskTicketResolved: Handler<"helpdesk/ticket.resolved"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onHelpdeskTicketResolved: Unhandled<"helpdesk/ticket.resolved"> =
  unhandled("helpdesk/ticket.resolved");

/**
 * Triggered when a ticket is updated: its status, priority, custom fields and so on.
 *
 * ```ts
 * export const onHelpdeskTicketUpdated: Handler<"helpdesk/ticket.updated"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onHelpdeskTicketUpdated: Unhandled<"helpdesk/ticket.updated"> =
  unhandled("helpdesk/ticket.updated");
