import type { CallOptions } from "./client-options.js";
import type { Unknown } from "./custom.js";
import type { RecordOf } from "./records.js";

/*
 * What Freshchat's API has and takes. Paths, errors and authentication stand in the vendor's reference
 * (developers.freshchat.com/api): grade V. Fields of messages and conversations: V, as in the payloads of its webhooks.
 * Fields of users: 1, from a description by a third party (github.com/api-evangelist/freshworks).
 */

const conversation = {
  conversation_id: "string!",
  app_id: "string",
  channel_id: "string",
  /** `new`, `assigned`, `resolved` or `reopened`. */
  status: "string",
  assigned_agent_id: "string",
  assigned_org_agent_id: "string",
  assigned_group_id: "string",
  assigned_org_group_id: "string",
  users: ["object"],
  messages: ["object"],
  /** ISO 8601, in UTC. */
  created_time: "string",
  updated_time: "string",
} as const;

const message = {
  id: "string!",
  app_id: "string",
  channel_id: "string",
  conversation_id: "string",
  interaction_id: "string",
  /** `user`, `agent`, `bot` or `system`. */
  actor_type: "string",
  actor_id: "string",
  org_actor_id: "string",
  user_id: "string",
  /** `normal`, `private` or `system`. */
  message_type: "string",
  message_source: "string",
  /** `{ text: { content } }` each, or an image, a file, a button. */
  message_parts: ["object"],
  reply_parts: ["object"],
  /** ISO 8601, in UTC. */
  created_time: "string",
} as const;

const user = {
  id: "string!",
  email: "string",
  first_name: "string",
  last_name: "string",
  phone: "string",
  reference_id: "string",
  restore_id: "string",
  avatar: "object",
  /** `{ name, value }` each. */
  properties: ["object"],
  created_time: "string",
  updated_time: "string",
} as const;

const custom = { properties: "object" } as const;

/** What answers are checked by. */
export const freshchatConversation: typeof conversation & typeof custom = {
  ...conversation,
  ...custom,
};
export const freshchatMessage: typeof message = message;
export const freshchatUser: typeof user = user;

/** @template C the properties that your account has added: `{ cf_region: string }` */
export type FreshchatConversationRecord<C = Unknown> = RecordOf<
  typeof conversation
> & { readonly properties?: C | null | undefined };

export type FreshchatMessageRecord = RecordOf<typeof message>;

export type FreshchatUserRecord = RecordOf<typeof user>;

/** Part of a message. */
export type FreshchatPart =
  | { readonly text: { readonly content: string } }
  | { readonly image: { readonly url: string } }
  | {
      readonly url_button: {
        readonly label: string;
        readonly url: string;
        readonly target?: string | undefined;
      };
    };

export interface NewFreshchatMessage {
  readonly message_parts: readonly FreshchatPart[];
  /** `normal` by default; agents alone see what is `private`. */
  readonly message_type?: "normal" | "private" | undefined;
  readonly actor_type: "agent" | "user";
  /** Of the agent or of the user. */
  readonly actor_id: string;
  readonly user_id?: string | undefined;
}

/** Properties that are sent. */
type Properties<C> = { readonly [P in keyof C]?: C[P] };

export interface NewFreshchatConversation<C = Unknown> {
  readonly app_id?: string | undefined;
  readonly channel_id: string;
  readonly status?: "assigned" | "new" | undefined;
  readonly assigned_agent_id?: string | undefined;
  readonly users: readonly { readonly id: string }[];
  readonly messages: readonly NewFreshchatMessage[];
  readonly properties?: Properties<C> | undefined;
}

/** What can be changed of a conversation. */
export interface FreshchatConversationUpdate<C = Unknown> {
  readonly status?: "assigned" | "new" | "reopened" | "resolved" | undefined;
  /** Needed where the status is `assigned`. */
  readonly assigned_agent_id?: string | undefined;
  readonly assigned_group_id?: string | undefined;
  readonly channel_id?: string | undefined;
  readonly properties?: Properties<C> | undefined;
}

/** What can be changed of a user. */
export interface FreshchatUserUpdate {
  readonly email?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly phone?: string | undefined;
  readonly reference_id?: string | undefined;
  readonly properties?: readonly FreshchatProperty[] | undefined;
}

export interface FreshchatProperty {
  readonly name: string;
  readonly value: string;
}

/** By the names of the vendor's parameters. One of them has to be given. */
export interface FreshchatUserFilter extends CallOptions {
  readonly email?: string | undefined;
  readonly phone_no?: string | undefined;
  readonly reference_id?: string | undefined;
  /** ISO 8601, like the others. */
  readonly created_from?: string | undefined;
  readonly created_to?: string | undefined;
  readonly updated_from?: string | undefined;
  readonly updated_to?: string | undefined;
}

export interface FreshchatMessageFilter extends CallOptions {
  /** ISO 8601: what was sent after. */
  readonly from_time?: string | undefined;
}
