import type { CallOptions } from "./client-options.js";
import type { CustomSent, Unknown, WithCustom } from "./custom.js";
import type { RecordOf } from "./records.js";

/*
 * What Freshdesk's API has and takes. Paths, fields and parameters stand in the vendor's reference
 * (developers.freshdesk.com/api): grade V.
 */

const ticket = {
  id: "number!",
  subject: "string",
  /** As HTML. Lists leave it out, unless it is included. */
  description: "string",
  /** The same as plain text. */
  description_text: "string",
  /** 2 open, 3 pending, 4 resolved, 5 closed; others are your account's own. */
  status: "number",
  /** 1 low, 2 medium, 3 high, 4 urgent. */
  priority: "number",
  /** How it came: 1 email, 2 portal, 3 phone, 7 chat, 9 feedback widget, 10 outbound email. */
  source: "number",
  type: "string",
  requester_id: "number",
  /** The agent whom it is assigned to. */
  responder_id: "number",
  group_id: "number",
  company_id: "number",
  product_id: "number",
  email_config_id: "number",
  to_emails: ["string"],
  cc_emails: ["string"],
  fwd_emails: ["string"],
  reply_cc_emails: ["string"],
  tags: ["string"],
  /** When it is due to be resolved: ISO 8601, in UTC. */
  due_by: "string",
  /** When the first answer is due. */
  fr_due_by: "string",
  is_escalated: "boolean",
  fr_escalated: "boolean",
  spam: "boolean",
  /** Only there for those that are deleted. */
  deleted: "boolean",
  /** Not in lists. */
  attachments: ["object"],
  created_at: "string!",
  updated_at: "string!",
} as const;

const contact = {
  id: "number!",
  name: "string",
  email: "string",
  other_emails: ["string"],
  phone: "string",
  mobile: "string",
  twitter_id: "string",
  unique_external_id: "string",
  company_id: "number",
  view_all_tickets: "boolean",
  other_companies: ["object"],
  job_title: "string",
  address: "string",
  description: "string",
  language: "string",
  time_zone: "string",
  tags: ["string"],
  /** Whether the contact has been verified. */
  active: "boolean",
  /** Only there for those that are deleted. */
  deleted: "boolean",
  created_at: "string!",
  updated_at: "string!",
} as const;

/** A reply, a note or a forwarded message. */
const conversation = {
  id: "number!",
  ticket_id: "number",
  /** Who wrote it. */
  user_id: "number",
  /** As HTML. */
  body: "string",
  /** The same as plain text. */
  body_text: "string",
  /** Whether it came from outside. */
  incoming: "boolean",
  /** Whether agents alone see it. */
  private: "boolean",
  source: "number",
  support_email: "string",
  from_email: "string",
  to_emails: ["string"],
  cc_emails: ["string"],
  bcc_emails: ["string"],
  attachments: ["object"],
  created_at: "string!",
  updated_at: "string!",
} as const;

const custom = { custom_fields: "object" } as const;

/** What answers are checked by. */
export const freshdeskTicket: typeof ticket & typeof custom = {
  ...ticket,
  ...custom,
};
export const freshdeskContact: typeof contact & typeof custom = {
  ...contact,
  ...custom,
};
export const freshdeskConversation: typeof conversation = conversation;

/** @template C the custom fields of your account */
export type FreshdeskTicketRecord<C = Unknown> = WithCustom<
  RecordOf<typeof ticket>,
  C
>;

/** @template C the custom fields of your account */
export type FreshdeskContactRecord<C = Unknown> = WithCustom<
  RecordOf<typeof contact>,
  C
>;

export type FreshdeskConversationRecord = RecordOf<typeof conversation>;

type TicketField =
  | "cc_emails"
  | "company_id"
  | "description"
  | "due_by"
  | "email_config_id"
  | "fr_due_by"
  | "group_id"
  | "priority"
  | "product_id"
  | "requester_id"
  | "responder_id"
  | "source"
  | "status"
  | "subject"
  | "tags"
  | "type";

/** What can be changed of a ticket. */
export type FreshdeskTicketUpdate<C = Unknown> = Pick<
  RecordOf<typeof ticket>,
  TicketField
> &
  CustomSent<C>;

/** A new ticket. Its requester is named in one of these ways. */
export type NewFreshdeskTicket<C = Unknown> = FreshdeskTicketUpdate<C> &
  (
    | { readonly requester_id: number }
    | { readonly email: string; readonly name?: string | undefined }
    | { readonly phone: string; readonly name: string }
    | { readonly unique_external_id: string }
  );

/** What can be changed of a contact. */
export type FreshdeskContactUpdate<C = Unknown> = Omit<
  RecordOf<typeof contact>,
  "active" | "created_at" | "deleted" | "id" | "updated_at"
> &
  CustomSent<C>;

export interface FreshdeskNote {
  /** As HTML. */
  readonly body: string;
  /** Whether agents alone see it: true by default. */
  readonly private?: boolean | undefined;
  /** The agents who are told of it. */
  readonly notify_emails?: readonly string[] | undefined;
  /** Who wrote it; whom the key belongs to by default. */
  readonly user_id?: number | undefined;
  readonly incoming?: boolean | undefined;
}

export interface FreshdeskReply {
  /** As HTML. */
  readonly body: string;
  readonly from_email?: string | undefined;
  readonly user_id?: number | undefined;
  readonly cc_emails?: readonly string[] | undefined;
  readonly bcc_emails?: readonly string[] | undefined;
}

type TicketView = "deleted" | "new_and_my_open" | "spam" | "watching";
type TicketOrder = "created_at" | "due_by" | "status" | "updated_at";
type ContactState = "blocked" | "deleted" | "unverified" | "verified";

/** By the names of the vendor's parameters. Without one, a list has what was created in the last 30 days. */
export interface FreshdeskTicketFilter extends CallOptions {
  readonly filter?: TicketView | undefined;
  readonly requester_id?: number | undefined;
  readonly email?: string | undefined;
  readonly unique_external_id?: string | undefined;
  readonly company_id?: number | undefined;
  readonly updated_since?: string | undefined;
  readonly order_by?: TicketOrder | undefined;
  readonly order_type?: "asc" | "desc" | undefined;
  /** What a list has beside, for more calls of your limit; `fieldsOf` reads it. */
  readonly include?: "description" | "requester" | "stats" | undefined;
}

/** By the names of the vendor's parameters. */
export interface FreshdeskContactFilter extends CallOptions {
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;
  readonly phone?: string | undefined;
  readonly unique_external_id?: string | undefined;
  readonly company_id?: number | undefined;
  readonly state?: ContactState | undefined;
}

export interface FreshdeskChanges extends CallOptions {
  readonly updatedSince: Date | string;
}
