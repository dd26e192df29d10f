import { hostOf, segment, type Query } from "./address.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import type { Credential } from "./credential.js";
import type { CustomOf } from "./custom.js";
import {
  freshchatConversation,
  freshchatMessage,
  freshchatUser,
  type FreshchatConversationUpdate,
  type FreshchatConversationRecord,
  type FreshchatMessageFilter,
  type FreshchatMessageRecord,
  type FreshchatUserUpdate,
  type FreshchatUserFilter,
  type FreshchatUserRecord,
  type NewFreshchatConversation,
  type NewFreshchatMessage,
} from "./freshchat-records.js";
import { api, type Method } from "./http.js";
import { pageOf, pages } from "./pages.js";
import { checked, type Kind, type ValueOf } from "./records.js";

export { ApiError } from "./api-error.js";
export type { FieldError } from "./api-error.js";
export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";
export type {
  FreshchatConversationUpdate,
  FreshchatConversationRecord,
  FreshchatMessageFilter,
  FreshchatPart,
  FreshchatMessageRecord,
  FreshchatUserUpdate,
  FreshchatUserFilter,
  FreshchatUserRecord,
  NewFreshchatConversation,
  NewFreshchatMessage,
} from "./freshchat-records.js";
export { fieldsOf } from "./records.js";

export interface FreshchatOptions extends ClientOptions {
  /** The host of your account, as its settings show it: `acme-123` for `acme-123.freshchat.com`. `api` by default. */
  readonly domain?: string | undefined;
  /** The token, or what fetches it. */
  readonly accessToken: Credential;
}

/** @template C the properties that your account has added to conversations */
export interface FreshchatConversations<C> {
  get(
    id: string,
    options?: CallOptions,
  ): Promise<FreshchatConversationRecord<C>>;
  create(
    conversation: NewFreshchatConversation<C>,
    options?: CallOptions,
  ): Promise<FreshchatConversationRecord<C>>;
  update(
    id: string,
    changes: FreshchatConversationUpdate<C>,
    options?: CallOptions,
  ): Promise<FreshchatConversationRecord<C>>;
  /** Assigns it to an agent. */
  assign(
    id: string,
    agentId: string,
    options?: CallOptions,
  ): Promise<FreshchatConversationRecord<C>>;
  resolve(
    id: string,
    options?: CallOptions,
  ): Promise<FreshchatConversationRecord<C>>;
}

/** @template F the properties of your account, by record: `{ conversation: { cf_region: string } }` */
export interface FreshchatClient<F = object> {
  readonly conversations: FreshchatConversations<CustomOf<F, "conversation">>;
  readonly messages: {
    list(
      conversationId: string,
      filter?: FreshchatMessageFilter,
    ): AsyncIterable<FreshchatMessageRecord>;
    send(
      conversationId: string,
      message: NewFreshchatMessage,
      options?: CallOptions,
    ): Promise<FreshchatMessageRecord>;
  };
  readonly users: {
    get(id: string, options?: CallOptions): Promise<FreshchatUserRecord>;
    /** The vendor asks for a filter. */
    list(filter: FreshchatUserFilter): AsyncIterable<FreshchatUserRecord>;
    create(
      user: FreshchatUserUpdate,
      options?: CallOptions,
    ): Promise<FreshchatUserRecord>;
    update(
      id: string,
      changes: FreshchatUserUpdate,
      options?: CallOptions,
    ): Promise<FreshchatUserRecord>;
  };
}

/** How many records a page has at most. */
const perPage = 50;

/** @throws TypeError for options that cannot work */
export function freshchatClient<F = object>(
  options: FreshchatOptions,
): FreshchatClient<F> {
  const call = api(
    {
      product: "freshchat",
      baseUrl: hostOf(options.domain ?? "api", ".freshchat.com"),
      credential: options.accessToken,
      authorization: (token) => `Bearer ${token}`,
    },
    options,
  );

  async function one<const K extends Kind>(
    kind: K,
    method: Method,
    path: string,
    own: CallOptions | undefined,
    body?: object,
  ): Promise<ValueOf<K>> {
    return checked(kind, await call(method, path, { ...own, body }));
  }

  function list<const K extends Kind>(
    kind: K,
    path: string,
    member: string,
    { signal }: CallOptions,
    filter: Query,
  ): AsyncGenerator<ValueOf<K>, void, undefined> {
    return pages(async (page) => {
      const query = { ...filter, page, items_per_page: perPage };
      const answer = await call("GET", path, { signal, query });
      return pageOf(kind, answer, page, member, perPage);
    });
  }

  const conversations = "/v2/conversations";
  const users = "/v2/users";
  const conversationAt = (id: string) => `${conversations}/${segment(id)}`;
  const messagesOf = (id: string) => `${conversationAt(id)}/messages`;
  const userAt = (id: string) => `${users}/${segment(id)}`;

  async function update(id: string, fields: object, own?: CallOptions) {
    return one(freshchatConversation, "PUT", conversationAt(id), own, fields);
  }

  const client: FreshchatClient = {
    conversations: {
      async get(id, own) {
        return one(freshchatConversation, "GET", conversationAt(id), own);
      },
      async create(fields, own) {
        const body = { status: "new", ...fields };
        return one(freshchatConversation, "POST", conversations, own, body);
      },
      update,
      assign: (id, agentId, own) =>
        update(id, { status: "assigned", assigned_agent_id: agentId }, own),
      resolve: (id, own) => update(id, { status: "resolved" }, own),
    },
    messages: {
      list: (id, { signal, ...filter } = {}) =>
        list(freshchatMessage, messagesOf(id), "messages", { signal }, filter),
      async send(id, message, own) {
        const body = { message_type: "normal", ...message };
        return one(freshchatMessage, "POST", messagesOf(id), own, body);
      },
    },
    users: {
      async get(id, own) {
        return one(freshchatUser, "GET", userAt(id), own);
      },
      list: ({ signal, ...filter }) =>
        list(freshchatUser, users, "users", { signal }, filter),
      async create(fields, own) {
        return one(freshchatUser, "POST", users, own, fields);
      },
      async update(id, fields, own) {
        return one(freshchatUser, "PUT", userAt(id), own, fields);
      },
    },
  };
  // What properties hold is as the user says.
  return client as FreshchatClient<F>;
}
