import { unhandled, type Unhandled } from "../events.js";

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with `ignore`: both are imported from "../events.js".

/**
 * Triggered when a conversation is assigned or reassigned to an agent or group in Freshchat.
 *
 * ```ts
 * export const onFreshchatConversationAssignment: Handler<"freshchat/conversation-assignment"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshchatConversationAssignment: Unhandled<"freshchat/conversation-assignment"> =
  unhandled("freshchat/conversation-assignment");

/**
 * Triggered when a previously resolved conversation is reopened in Freshchat.
 *
 * ```ts
 * export const onFreshchatConversationReopen: Handler<"freshchat/conversation-reopen"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshchatConversationReopen: Unhandled<"freshchat/conversation-reopen"> =
  unhandled("freshchat/conversation-reopen");

/**
 * Triggered when a conversation is resolved in Freshchat.
 *
 * ```ts
 * export const onFreshchatConversationResolution: Handler<"freshchat/conversation-resolution"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshchatConversationResolution: Unhandled<"freshchat/conversation-resolution"> =
  unhandled("freshchat/conversation-resolution");

/**
 * Triggered when a new message is sent in a Freshchat conversation, whether by a user, agent, or bot.
 *
 * ```ts
 * export const onFreshchatMessageCreate: Handler<"freshchat/message-create"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onFreshchatMessageCreate: Unhandled<"freshchat/message-create"> =
  unhandled("freshchat/message-create");
