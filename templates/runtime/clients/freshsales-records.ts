import type { CallOptions } from "./client-options.js";
import type { Unknown } from "./custom.js";
import type { RecordOf } from "./records.js";

/*
 * What Freshsales' API has and takes. Paths, authentication and what wraps a record stand in the vendor's reference
 * (developers.freshworks.com/crm/api): grade V. Fields: 1, from a description by a third party
 * (github.com/api-evangelist/freshworks), unless a comment says otherwise. `custom_field` is one word in this product.
 */

const contact = {
  id: "number!",
  first_name: "string",
  last_name: "string",
  display_name: "string",
  email: "string",
  /** `{ value, is_primary }` each, as clients read it. */
  emails: ["object"],
  work_number: "string",
  mobile_number: "string",
  address: "string",
  city: "string",
  state: "string",
  zipcode: "string",
  country: "string",
  job_title: "string",
  department: "string",
  lead_score: "number",
  sales_account_id: "number",
  owner_id: "number",
  lifecycle_stage_id: "number",
  /** As clients read it. */
  contact_status_id: "number",
  /** ISO 8601. */
  created_at: "string",
  updated_at: "string",
} as const;

const deal = {
  id: "number!",
  name: "string",
  /** A number, or a text that holds one: both have been seen. */
  amount: "unknown",
  /** A day: `2025-01-31`. */
  expected_close: "string",
  deal_stage_id: "number",
  deal_pipeline_id: "number",
  probability: "number",
  sales_account_id: "number",
  owner_id: "number",
  currency_id: "number",
  created_at: "string",
  updated_at: "string",
} as const;

/** A saved filter, which lists are read by. */
const view = { id: "number!", name: "string!" } as const;

const custom = { custom_field: "object" } as const;

/** What answers are checked by. */
export const freshsalesContact: typeof contact & typeof custom = {
  ...contact,
  ...custom,
};
export const freshsalesDeal: typeof deal & typeof custom = {
  ...deal,
  ...custom,
};
export const freshsalesView: typeof view = view;

interface Custom<C> {
  readonly custom_field?: C | null | undefined;
}

/** @template C the custom fields of your account */
export type FreshsalesContactRecord<C = Unknown> = RecordOf<typeof contact> &
  Custom<C>;

/** @template C the custom fields of your account */
export type FreshsalesDealRecord<C = Unknown> = RecordOf<typeof deal> &
  Custom<C>;

export type FreshsalesView = RecordOf<typeof view>;

interface CustomFieldsSent<C> {
  readonly custom_field?: { readonly [F in keyof C]?: C[F] } | undefined;
}

/** What can be changed of a contact. */
export type FreshsalesContactUpdate<C = Unknown> = Omit<
  RecordOf<typeof contact>,
  "created_at" | "display_name" | "emails" | "id" | "lead_score" | "updated_at"
> &
  CustomFieldsSent<C>;

/** What can be changed of a deal. */
export type FreshsalesDealUpdate<C = Unknown> = Omit<
  RecordOf<typeof deal>,
  "amount" | "created_at" | "id" | "updated_at"
> & { readonly amount?: number | undefined } & CustomFieldsSent<C>;

/** A new deal. */
export type NewFreshsalesDeal<C = Unknown> = FreshsalesDealUpdate<C> & {
  readonly name: string;
  readonly amount: number;
};

/** By the names of the vendor's parameters. */
export interface FreshsalesListOptions extends CallOptions {
  readonly sort?: string | undefined;
  readonly sort_type?: "asc" | "desc" | undefined;
  /** What a record has beside, such as `owner,sales_accounts`; `fieldsOf` reads it. */
  readonly include?: string | undefined;
}
