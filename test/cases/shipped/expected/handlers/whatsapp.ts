import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * Triggered whenever the status of an outbound WhatsApp message changes: it was queued, sent, delivered, read, or it failed.
 *
 * ```ts
 * export const onWhatsappOutboundMessage: Handler<"whatsapp/outbound-message"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onWhatsappOutboundMessage: Unhandled<"whatsapp/outbound-message"> =
  unhandled("whatsapp/outbound-message");
