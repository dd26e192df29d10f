import { hostOf, type Query } from "./address.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import type { Credential } from "./credential.js";
import { api, type Api, type Method } from "./http.js";
import { ApiError } from "./api-error.js";
import { pageOf, pages, perPage } from "./pages.js";
import type { SearchQuery } from "./query.js";
import { checked, type Kind, type ValueOf } from "./records.js";

/** The account that is called, and a key or an access token of OAuth 2.0. */
export type AccountOptions = ClientOptions & {
  /** The name of the account: `acme` for `acme.freshdesk.com`. */
  readonly domain: string;
} & (
    | { readonly apiKey: Credential; readonly accessToken?: undefined }
    | { readonly accessToken: Credential; readonly apiKey?: undefined }
  );

/** A kind of record, and what answers wrap one, or a list of them, in. */
export interface Entity<K extends Kind> {
  readonly kind: K;
  readonly one?: string | undefined;
  readonly many?: string | undefined;
}

type Records<K extends Kind> = AsyncGenerator<ValueOf<K>, void, undefined>;

/** What Freshdesk's and Freshservice's API do alike. */
export interface Account {
  readonly call: Api;
  readonly one: <const K extends Kind>(
    entity: Entity<K>,
    method: Method,
    path: string,
    options: CallOptions | undefined,
    body?: object,
  ) => Promise<ValueOf<K>>;
  readonly list: <const K extends Kind>(
    entity: Entity<K>,
    path: string,
    options: CallOptions | undefined,
    filter?: Query,
  ) => Records<K>;
  /** @param last the last page that the vendor gives out of a search */
  readonly search: <const K extends Kind>(
    entity: Entity<K>,
    path: string,
    query: SearchQuery,
    options: CallOptions | undefined,
    last?: number,
  ) => Records<K>;
}

/** How many records a search has on a page; no parameter changes it. */
const perSearchPage = 30;

const counted = { total: "number" } as const;

/**
 * Basic authentication with the key as user name and any password, or an access token.
 *
 * @throws TypeError for options that cannot work
 */
export function account(product: string, options: AccountOptions): Account {
  const { domain, apiKey, accessToken } = options;
  const baseUrl = hostOf(domain, `.${product}.com`);
  const call = api(
    {
      product,
      baseUrl,
      ...(accessToken === undefined
        ? {
            credential: apiKey,
            authorization: (key) => `Basic ${btoa(`${key}:X`)}`,
          }
        : {
            credential: accessToken,
            authorization: (token) => `Bearer ${token}`,
          }),
    },
    options,
  );

  return {
    call,
    async one({ kind, one }, method, path, options, body) {
      const answer = await call(method, path, { ...options, body });
      return checked(kind, answer, one);
    },
    list({ kind, many }, path, options, filter) {
      return pages(async (page) => {
        const query = { ...filter, page, per_page: perPage };
        const answer = await call("GET", path, { ...options, query });
        return pageOf(kind, answer, page, many);
      });
    },
    search({ kind, many }, path, { text }, options, last = Infinity) {
      return pages(async (page) => {
        // The vendor asks for the quotes.
        const query = { query: `"${text}"`, page };
        const answer = await call("GET", path, { ...options, query });
        const read = pageOf(kind, answer, page, many, perSearchPage);
        const { total } = checked(counted, answer);
        const hasNext =
          typeof total === "number"
            ? page * perSearchPage < total
            : read.hasNext;
        if (!hasNext || page < last) return { ...read, hasNext };
        throw new ApiError(
          `a search gives out ${last * perSearchPage} records, and there may be more: narrow it`,
          answer.where,
        );
      });
    },
  };
}
