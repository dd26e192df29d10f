import { account, type AccountOptions } from "./account.js";
import { segment, timeOf } from "./address.js";
import { oneByOne, type BulkResult } from "./bulk.js";
import type { CallOptions } from "./client-options.js";
import type { CustomOf } from "./custom.js";
import {
  freshserviceRequester,
  freshserviceConversation,
  freshserviceTicket,
  type FreshserviceChanges,
  type FreshserviceRequesterUpdate,
  type FreshserviceRequesterFilter,
  type FreshserviceRequesterRecord,
  type FreshserviceConversationRecord,
  type FreshserviceNote,
  type FreshserviceReply,
  type FreshserviceTicketUpdate,
  type FreshserviceTicketFilter,
  type FreshserviceTicketRecord,
  type NewFreshserviceTicket,
} from "./freshservice-records.js";
import { changes, pageOf, perPage } from "./pages.js";
import type { SearchQuery } from "./query.js";

export type { AccountOptions } from "./account.js";
export { ApiError } from "./api-error.js";
export type { FieldError } from "./api-error.js";
export type { BulkFailure, BulkResult } from "./bulk.js";
export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";
export type {
  FreshserviceChanges,
  FreshserviceRequesterUpdate,
  FreshserviceRequesterFilter,
  FreshserviceRequesterRecord,
  FreshserviceConversationRecord,
  FreshserviceNote,
  FreshserviceReply,
  FreshserviceTicketUpdate,
  FreshserviceTicketFilter,
  FreshserviceTicketRecord,
  NewFreshserviceTicket,
} from "./freshservice-records.js";
export { query, SearchQuery } from "./query.js";
export type { SearchValue } from "./query.js";
export { fieldsOf } from "./records.js";

/** What a webhook's payload gives as a text is one too. */
type Id = number | string;

/** @template C the custom fields of tickets */
export interface FreshserviceTickets<C> {
  get(id: Id, options?: CallOptions): Promise<FreshserviceTicketRecord<C>>;
  list(
    filter?: FreshserviceTicketFilter,
  ): AsyncIterable<FreshserviceTicketRecord<C>>;
  /**
   * Tickets in the order of their last change, however many there are. One that changes meanwhile comes again.
   *
   * The order is asked for by `order_by`, which stands in no description of the vendor's. Where your account does not heed
   * it, this throws an ApiError rather than leave tickets out.
   */
  changes(
    options: FreshserviceChanges,
  ): AsyncIterable<FreshserviceTicketRecord<C>>;
  create(
    ticket: NewFreshserviceTicket<C>,
    options?: CallOptions,
  ): Promise<FreshserviceTicketRecord<C>>;
  update(
    id: Id,
    changes: FreshserviceTicketUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshserviceTicketRecord<C>>;
  /** Moves it to the bin. */
  delete(id: Id, options?: CallOptions): Promise<void>;
  addNote(
    id: Id,
    note: FreshserviceNote,
    options?: CallOptions,
  ): Promise<FreshserviceConversationRecord>;
  reply(
    id: Id,
    reply: FreshserviceReply,
    options?: CallOptions,
  ): Promise<FreshserviceConversationRecord>;
  conversations(
    id: Id,
    options?: CallOptions,
  ): AsyncIterable<FreshserviceConversationRecord>;
  search(
    query: SearchQuery,
    options?: CallOptions,
  ): AsyncIterable<FreshserviceTicketRecord<C>>;
  /**
   * Changes up to 100 tickets alike, one by one: the vendor documents no call for many.
   *
   * @throws RangeError for more than 100
   */
  updateMany(
    ids: readonly number[],
    changes: FreshserviceTicketUpdate<C>,
    options?: CallOptions,
  ): Promise<BulkResult<FreshserviceTicketRecord<C>>>;
}

/** @template C the custom fields of requesters */
export interface FreshserviceRequesters<C> {
  get(id: Id, options?: CallOptions): Promise<FreshserviceRequesterRecord<C>>;
  list(
    filter?: FreshserviceRequesterFilter,
  ): AsyncIterable<FreshserviceRequesterRecord<C>>;
  create(
    requester: FreshserviceRequesterUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshserviceRequesterRecord<C>>;
  update(
    id: Id,
    changes: FreshserviceRequesterUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshserviceRequesterRecord<C>>;
  search(
    query: SearchQuery,
    options?: CallOptions,
  ): AsyncIterable<FreshserviceRequesterRecord<C>>;
  /**
   * Changes up to 100 requesters alike, one by one: the vendor documents no call for many.
   *
   * @throws RangeError for more than 100
   */
  updateMany(
    ids: readonly number[],
    changes: FreshserviceRequesterUpdate<C>,
    options?: CallOptions,
  ): Promise<BulkResult<FreshserviceRequesterRecord<C>>>;
}

/** @template F the custom fields of your account, by record: `{ ticket: { cf_region: string | null } }` */
export interface FreshserviceClient<F = object> {
  readonly tickets: FreshserviceTickets<CustomOf<F, "ticket">>;
  readonly requesters: FreshserviceRequesters<CustomOf<F, "requester">>;
}

const root = "/api/v2";
const ticket = {
  kind: freshserviceTicket,
  one: "ticket",
  many: "tickets",
} as const;
const requester = {
  kind: freshserviceRequester,
  one: "requester",
  many: "requesters",
} as const;
const conversation = {
  kind: freshserviceConversation,
  one: "conversation",
  many: "conversations",
} as const;

/** @throws TypeError for options that cannot work */
export function freshserviceClient<F = object>(
  options: AccountOptions,
): FreshserviceClient<F> {
  const { call, one, list, search } = account("freshservice", options);

  const tickets = `${root}/tickets`;
  const requesters = `${root}/requesters`;
  const ticketAt = (id: Id) => `${tickets}/${segment(id)}`;
  const requesterAt = (id: Id) => `${requesters}/${segment(id)}`;

  const client: FreshserviceClient = {
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
          return pageOf(ticket.kind, answer, page, ticket.many);
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
      search: (query, own) => search(ticket, `${tickets}/filter`, query, own),
      async updateMany(ids, fields, own) {
        return oneByOne(ids, (id) =>
          one(ticket, "PUT", ticketAt(id), own, fields),
        );
      },
    },
    requesters: {
      async get(id, own) {
        return one(requester, "GET", requesterAt(id), own);
      },
      list: ({ signal, ...filter } = {}) =>
        list(requester, requesters, { signal }, filter),
      async create(fields, own) {
        return one(requester, "POST", requesters, own, fields);
      },
      async update(id, fields, own) {
        return one(requester, "PUT", requesterAt(id), own, fields);
      },
      search: (query, own) => search(requester, requesters, query, own),
      async updateMany(ids, fields, own) {
        return oneByOne(ids, (id) =>
          one(requester, "PUT", requesterAt(id), own, fields),
        );
      },
    },
  };
  // What custom fields hold is as the user says.
  return client as FreshserviceClient<F>;
}
