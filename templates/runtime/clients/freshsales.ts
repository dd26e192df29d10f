import { hostOf, segment } from "./address.js";
import { oneByOne, type BulkResult } from "./bulk.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import type { Credential } from "./credential.js";
import type { CustomOf } from "./custom.js";
import {
  freshsalesContact,
  freshsalesDeal,
  freshsalesView,
  type FreshsalesContactUpdate,
  type FreshsalesContactRecord,
  type FreshsalesDealUpdate,
  type FreshsalesDealRecord,
  type FreshsalesListOptions,
  type FreshsalesView,
  type NewFreshsalesDeal,
} from "./freshsales-records.js";
import { api } from "./http.js";
import { pageOf, pages } from "./pages.js";
import { checked, type Kind, type ValueOf } from "./records.js";

export { ApiError } from "./api-error.js";
export type { FieldError } from "./api-error.js";
export type { BulkFailure, BulkResult } from "./bulk.js";
export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";
export type {
  FreshsalesContactUpdate,
  FreshsalesContactRecord,
  FreshsalesDealUpdate,
  FreshsalesDealRecord,
  FreshsalesListOptions,
  FreshsalesView,
  NewFreshsalesDeal,
} from "./freshsales-records.js";
export { fieldsOf } from "./records.js";

export interface FreshsalesOptions extends ClientOptions {
  /** The name of the account: `acme` for `acme.myfreshworks.com`. */
  readonly domain: string;
  readonly apiKey: Credential;
}

type Id = number | string;

/**
 * What contacts and deals have in common.
 *
 * @template R the record
 * @template N what a new one needs
 * @template W what can be changed
 */
export interface FreshsalesRecords<R, N, W> {
  /** The saved filters, one of which each list is read by: "All Contacts", say. */
  views(options?: CallOptions): Promise<readonly FreshsalesView[]>;
  list(viewId: Id, options?: FreshsalesListOptions): AsyncIterable<R>;
  get(
    id: Id,
    options?: Pick<FreshsalesListOptions, "include" | "signal">,
  ): Promise<R>;
  create(fields: N, options?: CallOptions): Promise<R>;
  update(id: Id, changes: W, options?: CallOptions): Promise<R>;
  delete(id: Id, options?: CallOptions): Promise<void>;
  /** Those whose field has a value: `lookup("email", "jane@example.com")`. */
  lookup(
    field: string,
    value: string,
    options?: CallOptions,
  ): Promise<readonly R[]>;
  /**
   * Changes up to 100 records alike, one by one. The vendor has a call for many, `bulk_upsert`, and documents no way to
   * learn which records it has changed.
   *
   * @throws RangeError for more than 100
   */
  updateMany(
    ids: readonly number[],
    changes: W,
    options?: CallOptions,
  ): Promise<BulkResult<R>>;
}

/** @template F the custom fields of your account, by record: `{ contact: { cf_region: string | null } }` */
export interface FreshsalesClient<F = object> {
  readonly contacts: FreshsalesRecords<
    FreshsalesContactRecord<CustomOf<F, "contact">>,
    FreshsalesContactUpdate<CustomOf<F, "contact">>,
    FreshsalesContactUpdate<CustomOf<F, "contact">>
  >;
  readonly deals: FreshsalesRecords<
    FreshsalesDealRecord<CustomOf<F, "deal">>,
    NewFreshsalesDeal<CustomOf<F, "deal">>,
    FreshsalesDealUpdate<CustomOf<F, "deal">>
  >;
}

const root = "/crm/sales/api";

/** @throws TypeError for options that cannot work */
export function freshsalesClient<F = object>(
  options: FreshsalesOptions,
): FreshsalesClient<F> {
  const call = api(
    {
      product: "freshsales",
      baseUrl: hostOf(options.domain, ".myfreshworks.com"),
      credential: options.apiKey,
      authorization: (key) => `Token token=${key}`,
    },
    options,
  );

  function records<const K extends Kind>(
    kind: K,
    one: "contact" | "deal",
  ): FreshsalesRecords<ValueOf<K>, object, object> {
    const many = `${one}s`;
    const path = `${root}/${many}`;
    const at = (id: Id) => `${path}/${segment(id)}`;
    async function update(id: Id, fields: object, own?: CallOptions) {
      const body = { [one]: fields };
      return checked(kind, await call("PUT", at(id), { ...own, body }), one);
    }
    return {
      async views(own) {
        const answer = await call("GET", `${path}/filters`, own);
        return checked([freshsalesView], answer, "filters");
      },
      list: (viewId, { signal, ...order } = {}) =>
        pages(async (page) => {
          const query = { ...order, page };
          const view = `${path}/view/${segment(viewId)}`;
          const answer = await call("GET", view, { signal, query });
          // How many records a page has is the vendor's matter: where nothing is said, the last page is the empty one.
          return pageOf(kind, answer, page, many, 1);
        }),
      async get(id, { signal, ...query } = {}) {
        const answer = await call("GET", at(id), { signal, query });
        return checked(kind, answer, one);
      },
      async create(fields, own) {
        const body = { [one]: fields };
        return checked(kind, await call("POST", path, { ...own, body }), one);
      },
      update,
      async delete(id, own) {
        await call("DELETE", at(id), own);
      },
      async lookup(field, value, own) {
        const query = { q: value, f: field, entities: one };
        const answer = await call("GET", `${root}/lookup`, { ...own, query });
        const { value: found } = answer;
        const inner = Object(found) as Readonly<Record<string, unknown>>;
        return checked(
          [kind],
          { ...answer, value: inner[many] },
          many,
        ) as ValueOf<K>[];
      },
      async updateMany(ids, fields, own) {
        return oneByOne(ids, (id) => update(id, fields, own));
      },
    };
  }

  const client = {
    contacts: records(freshsalesContact, "contact"),
    deals: records(freshsalesDeal, "deal"),
  };
  // What custom fields hold is as the user says.
  return client as FreshsalesClient<F>;
}
