import { account, type AccountOptions } from "./account.js";
import { segment, timeOf } from "./address.js";
import { checkedIds, oneByOne, resultsIn, type BulkResult } from "./bulk.js";
import type { CallOptions } from "./client-options.js";
import type { CustomOf } from "./custom.js";
import {
  freshdeskContact,
  freshdeskConversation,
  freshdeskTicket,
  type FreshdeskChanges,
  type FreshdeskContactUpdate,
  type FreshdeskContactFilter,
  type FreshdeskContactRecord,
  type FreshdeskConversationRecord,
  type FreshdeskNote,
  type FreshdeskReply,
  type FreshdeskTicketUpdate,
  type FreshdeskTicketFilter,
  type FreshdeskTicketRecord,
  type NewFreshdeskTicket,
} from "./freshdesk-records.js";
import { finished } from "./jobs.js";
import { changes, pageOf, perPage } from "./pages.js";
import type { SearchQuery } from "./query.js";

export type { AccountOptions } from "./account.js";
export { ApiError } from "./api-error.js";
export type { FieldError } from "./api-error.js";
export type { BulkFailure, BulkResult } from "./bulk.js";
export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";
export type {
  FreshdeskChanges,
  FreshdeskContactUpdate,
  FreshdeskContactFilter,
  FreshdeskContactRecord,
  FreshdeskConversationRecord,
  FreshdeskNote,
  FreshdeskReply,
  FreshdeskTicketUpdate,
  FreshdeskTicketFilter,
  FreshdeskTicketRecord,
  NewFreshdeskTicket,
} from "./freshdesk-records.js";
export { query, SearchQuery } from "./query.js";
export type { SearchValue } from "./query.js";
export { fieldsOf } from "./records.js";

/** What a webhook's payload gives as a text is one too. */
type Id = number | string;

/** @template C the custom fields of tickets */
export interface FreshdeskTickets<C> {
  get(id: Id, options?: CallOptions): Promise<FreshdeskTicketRecord<C>>;
  list(filter?: FreshdeskTicketFilter): AsyncIterable<FreshdeskTicketRecord<C>>;
  /** Tickets in the order of their last change, however many there are. One that changes meanwhile comes again. */
  changes(options: FreshdeskChanges): AsyncIterable<FreshdeskTicketRecord<C>>;
  create(
    ticket: NewFreshdeskTicket<C>,
    options?: CallOptions,
  ): Promise<FreshdeskTicketRecord<C>>;
  update(
    id: Id,
    changes: FreshdeskTicketUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshdeskTicketRecord<C>>;
  /** Moves it to the bin. */
  delete(id: Id, options?: CallOptions): Promise<void>;
  addNote(
    id: Id,
    note: FreshdeskNote,
    options?: CallOptions,
  ): Promise<FreshdeskConversationRecord>;
  reply(
    id: Id,
    reply: FreshdeskReply,
    options?: CallOptions,
  ): Promise<FreshdeskConversationRecord>;
  conversations(
    id: Id,
    options?: CallOptions,
  ): AsyncIterable<FreshdeskConversationRecord>;
  /** At most 300: the vendor gives out 10 pages of 30. */
  search(
    query: SearchQuery,
    options?: CallOptions,
  ): AsyncIterable<FreshdeskTicketRecord<C>>;
  /**
   * Changes up to 100 tickets alike. The vendor makes a job of it, and this waits until it is done.
   *
   * No page of the vendor's shows what a job says of each ticket. Lists of `{ id, success }` are read; a ticket that no
   * list names is `unknown`.
   *
   * @throws RangeError for more than 100
   */
  updateMany(
    ids: readonly number[],
    changes: FreshdeskTicketUpdate<C>,
    options?: CallOptions,
  ): Promise<BulkResult<{ readonly id: number }>>;
}

/** @template C the custom fields of contacts */
export interface FreshdeskContacts<C> {
  get(id: Id, options?: CallOptions): Promise<FreshdeskContactRecord<C>>;
  list(
    filter?: FreshdeskContactFilter,
  ): AsyncIterable<FreshdeskContactRecord<C>>;
  create(
    contact: FreshdeskContactUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshdeskContactRecord<C>>;
  update(
    id: Id,
    changes: FreshdeskContactUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshdeskContactRecord<C>>;
  /** At most 300: the vendor gives out 10 pages of 30. */
  search(
    query: SearchQuery,
    options?: CallOptions,
  ): AsyncIterable<FreshdeskContactRecord<C>>;
  /**
   * Changes up to 100 contacts alike, one by one: the vendor documents no call for many.
   *
   * @throws RangeError for more than 100
   */
  updateMany(
    ids: readonly number[],
    changes: FreshdeskContactUpdate<C>,
    options?: CallOptions,
  ): Promise<BulkResult<FreshdeskContactRecord<C>>>;
}

/** @template F the custom fields of your account, by record: `{ ticket: { cf_region: string | null } }` */
export interface FreshdeskClient<F = object> {
  readonly tickets: FreshdeskTickets<CustomOf<F, "ticket">>;
  readonly contacts: FreshdeskContacts<CustomOf<F, "contact">>;
}

const root = "/api/v2";
const ticket = { kind: freshdeskTicket } as const;
const contact = { kind: freshdeskContact } as const;
const conversation = { kind: freshdeskConversation } as const;
const foundTicket = { kind: freshdeskTicket, many: "results" } as const;
const foundContact = { kind: freshdeskContact, many: "results" } as const;

/** Of a search. */
const lastPage = 10;

/** @throws TypeError for options that cannot work */
export function freshdeskClient<F = object>(
  options: AccountOptions,
): FreshdeskClient<F> {
  const { call, one, list, search } = account("freshdesk", options);

  const tickets = `${root}/tickets`;
  const contacts = `${root}/contacts`;
  const ticketAt = (id: Id) => `${tickets}/${segment(id)}`;
  const contactAt = (id: Id) => `${contacts}/${segment(id)}`;

  const client: FreshdeskClient = {
    tickets: {
      async get(id, own) {
        return one(ticket, "GET", ticketAt(id), own);
      },
      list: ({ signal, ...filter } = {}) =>
        list(ticket, tickets, { signal }, filter),
      changes({ updatedSince, ...own }) {
        const order = { order_by: "updated_at", order_type: "asc" };
        return changes(async (updated_since, page) => {
          const query = { ...order, updated_since, page, per_page: perPage };
          const answer = await call("GET", tickets, { ...own, query });
          return pageOf(ticket.kind, answer, page);
        }, timeOf(updatedSince));
      },
      async create(fields, own) {
        return one(ticket, "POST", tickets, own, fields);
      },
      async update(id, fields, own) {
        return one(ticket, "PUT", ticketAt(id), own, fields);
      },
      async delete(id, own) {
        await call("DELETE", ticketAt(id), own);
      },
      async addNote(id, note, own) {
        const path = `${ticketAt(id)}/notes`;
        return one(conversation, "POST", path, own, {
          private: true,
          ...note,
        });
      },
      async reply(id, reply, own) {
        const path = `${ticketAt(id)}/reply`;
        return one(conversation, "POST", path, own, reply);
      },
      conversations: (id, own) =>
        list(conversation, `${ticketAt(id)}/conversations`, own),
      search: (query, own) =>
        search(foundTicket, `${root}/search/tickets`, query, own, lastPage),
      async updateMany(given, properties, own) {
        const ids = checkedIds(given);
        const answer = await call("POST", `${tickets}/bulk_update`, {
          ...own,
          body: { bulk_action: { ids, properties } },
        });
        const { job_id: id } = Object(answer.value) as {
          readonly job_id?: unknown;
        };
        // The path of a job stands in errors: an id that holds the key is none.
        if (typeof id !== "string" || answer.hide(id) !== id)
          return resultsIn(answer.value, ids, answer.hide);
        const path = `${root}/jobs/${segment(id)}`;
        const done = await finished(call, answer, path, options, own);
        // The job was begun with a key that may have been renewed since.
        return resultsIn(done.value, ids, (text) =>
          done.hide(answer.hide(text)),
        );
      },
    },
    contacts: {
      async get(id, own) {
        return one(contact, "GET", contactAt(id), own);
      },
      list: ({ signal, ...filter } = {}) =>
        list(contact, contacts, { signal }, filter),
      async create(fields, own) {
        return one(contact, "POST", contacts, own, fields);
      },
      async update(id, fields, own) {
        return one(contact, "PUT", contactAt(id), own, fields);
      },
      search: (query, own) =>
        search(foundContact, `${root}/search/contacts`, query, own, lastPage),
      async updateMany(ids, fields, own) {
        return oneByOne(ids, (id) =>
          one(contact, "PUT", contactAt(id), own, fields),
        );
      },
    },
  };
  // What custom fields hold is as the user says.
  return client as FreshdeskClient<F>;
}
