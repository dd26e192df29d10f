import type { CallOptions } from "./client-options.js";
import type { CustomSent, Unknown, WithCustom } from "./custom.js";
import type { RecordOf } from "./records.js";

/*
 * What Freshservice's API has and takes. V: it stands in the Swagger description that the vendor has published
 * (github.com/freshworks/freshworks-api-sdk, codegen/freshservice). 1: it is in the models of one client that works with
 * it (github.com/askasoft/pango), and not in that description.
 */

const ticket = {
  id: "number!",
  subject: "string",
  /** As HTML. */
  description: "string",
  /** The same as plain text. */
  description_text: "string",
  /** 2 open, 3 pending, 4 resolved, 5 closed; others are your account's own. */
  status: "number",
  /** 1 low, 2 medium, 3 high, 4 urgent. */
  priority: "number",
  source: "number",
  /** `Incident` or `Service Request`. */
  type: "string",
  requester_id: "number",
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
  attachments: ["object"],
  created_at: "string!",
  updated_at: "string!",
  /** The agent whom it is assigned to. Grade 1, like all that follow. */
  responder_id: "number",
  group_id: "number",
  department_id: "number",
  workspace_id: "number",
  email_config_id: "number",
  to_emails: ["string"],
  category: "string",
  sub_category: "string",
  item_category: "string",
  /** 1 low, 2 medium, 3 high. */
  urgency: "number",
  /** 1 low, 2 medium, 3 high. */
  impact: "number",
  deleted: "boolean",
} as const;

const requester = {
  id: "number!",
  first_name: "string",
  last_name: "string",
  job_title: "string",
  primary_email: "string",
  secondary_emails: ["string"],
  work_phone_number: "string",
  mobile_phone_number: "string",
  department_ids: ["number"],
  can_see_all_tickets_from_associated_departments: "boolean",
  reporting_manager_id: "number",
  address: "string",
  time_zone: "string",
  language: "string",
  location_id: "number",
  background_information: "string",
  active: "boolean",
  has_logged_in: "boolean",
  /** The description says `created_time`, and clients read `created_at` (1). */
  created_time: "string",
  created_at: "string",
  /** The description says `updated_time`, and clients read `updated_at` (1). */
  updated_time: "string",
  updated_at: "string",
} as const;

/** A reply or a note. */
const conversation = {
  id: "number!",
  ticket_id: "number",
  /** Who wrote it. */
  user_id: "number",
  /** As HTML. */
  body: "string",
  /** The same as plain text. */
  body_text: "string",
  incoming: "boolean",
  /** Whether agents alone see it. */
  private: "boolean",
  source: "number",
  from_email: "string",
  to_emails: ["string"],
  cc_emails: ["string"],
  bcc_emails: ["string"],
  attachments: ["object"],
  created_at: "string",
  updated_at: "string",
} as const;

const custom = { custom_fields: "object" } as const;

/** What answers are checked by. */
export const freshserviceTicket: typeof ticket & typeof custom = {
  ...ticket,
  ...custom,
};
export const freshserviceRequester: typeof requester & typeof custom = {
  ...requester,
  ...custom,
};
export const freshserviceConversation: typeof conversation = conversation;

/** @template C the custom fields of your account */
export type FreshserviceTicketRecord<C = Unknown> = WithCustom<
  RecordOf<typeof ticket>,
  C
>;

/** @template C the custom fields of your account */
export type FreshserviceRequesterRecord<C = Unknown> = WithCustom<
  RecordOf<typeof requester>,
  C
>;

export type FreshserviceConversationRecord = RecordOf<typeof conversation>;

type TicketField =
  | "category"
  | "cc_emails"
  | "department_id"
  | "description"
  | "due_by"
  | "email_config_id"
  | "fr_due_by"
  | "group_id"
  | "impact"
  | "item_category"
  | "priority"
  | "requester_id"
  | "responder_id"
  | "source"
  | "status"
  | "sub_category"
  | "subject"
  | "tags"
  | "type"
  | "urgency"
  | "workspace_id";

/** What can be changed of a ticket. */
export type FreshserviceTicketUpdate<C = Unknown> = Pick<
  RecordOf<typeof ticket>,
  TicketField
> &
  CustomSent<C>;

/** A new ticket. Its requester is named in one of these ways. */
export type NewFreshserviceTicket<C = Unknown> = FreshserviceTicketUpdate<C> &
  (
    | { readonly requester_id: number }
    | { readonly email: string; readonly name?: string | undefined }
    | { readonly phone: string; readonly name: string }
  );

type RequesterField =
  | "address"
  | "background_information"
  | "can_see_all_tickets_from_associated_departments"
  | "department_ids"
  | "first_name"
  | "job_title"
  | "language"
  | "last_name"
  | "location_id"
  | "mobile_phone_number"
  | "primary_email"
  | "reporting_manager_id"
  | "secondary_emails"
  | "time_zone"
  | "work_phone_number";

/** What can be changed of a requester. */
export type FreshserviceRequesterUpdate<C = Unknown> = Pick<
  RecordOf<typeof requester>,
  RequesterField
> &
  CustomSent<C>;

export interface FreshserviceNote {
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

export interface FreshserviceReply {
  /** As HTML. */
  readonly body: string;
  readonly from_email?: string | undefined;
  readonly user_id?: number | undefined;
  readonly cc_emails?: readonly string[] | undefined;
  readonly bcc_emails?: readonly string[] | undefined;
}

type TicketView = "deleted" | "new_and_my_open" | "spam" | "watching";

/** By the names of the vendor's parameters. */
export interface FreshserviceTicketFilter extends CallOptions {
  readonly filter?: TicketView | undefined;
  readonly requester_id?: number | undefined;
  readonly email?: string | undefined;
  readonly updated_since?: string | undefined;
  readonly order_type?: "asc" | "desc" | undefined;
  /** What a list has beside; `fieldsOf` reads it. */
  readonly include?: "requester" | "stats" | undefined;
  /** Grade 1. */
  readonly workspace_id?: number | undefined;
  /** Grade 1. */
  readonly type?: string | undefined;
}

/** By the names of the vendor's parameters. */
export interface FreshserviceRequesterFilter extends CallOptions {
  readonly email?: string | undefined;
  readonly mobile_phone_number?: string | undefined;
  readonly work_phone_number?: string | undefined;
  readonly active?: boolean | undefined;
}

export interface FreshserviceChanges extends CallOptions {
  readonly updatedSince: Date | string;
}
