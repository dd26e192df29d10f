import { printable } from "../refusals.js";
import { checkedUrl, queryOf, type Query } from "./address.js";
import { ApiError, fieldErrors } from "./api-error.js";
import { Budget } from "./budget.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import { hiderOf, keyOf, type Credential } from "./credential.js";
import { exchange, retryAfterOf } from "./exchange.js";
import type { Received, Where } from "./exchange.js";
import type { Answered } from "./records.js";
import { clockOf, patience } from "./waiting.js";

export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";

/*
 * What the clients share: authentication, waiting, retries and errors. Keys are kept where nothing can print them: in no
 * property of a client, an error or a request that is passed on.
 */

export type Method = "DELETE" | "GET" | "POST" | "PUT";

export interface Call extends CallOptions {
  readonly query?: Query | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** An answer that says yes. Its value is undefined where it has no body. */
export interface Answer extends Answered {
  /** Whether its `link` header names a next page. */
  readonly hasNext: boolean;
  /** Takes out of a text of the answer the key that the call was made with. */
  readonly hide: (text: string) => string;
}

/** Calls one product. */
export type Api = (
  method: Method,
  path: string,
  call?: Call,
) => Promise<Answer>;

export interface Product {
  readonly product: string;
  /** `https://acme.freshdesk.com`. */
  readonly baseUrl: string;
  readonly credential: Credential;
  /** The value of the header `authorization`. */
  readonly authorization: (key: string) => string;
  /** Others that each call has. No secret stands in them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** How often a call is made that fails on the vendor's side, and the longest waits in between. */
const maxFailures = 5;
const firstPause = 500;
const longestPause = 30_000;

/** @throws TypeError for options that cannot work */
export function api(
  { product, baseUrl, credential, authorization, headers: own }: Product,
  options: ClientOptions,
): Api {
  const { deadlineMs = 120_000, fetch: send = fetch } = options;
  const origin = checkedUrl(options.baseUrl ?? baseUrl);
  if (!(deadlineMs > 0)) throw new TypeError("deadlineMs must be above 0");
  const clock = clockOf(options.now, options.after);
  const budget = new Budget(clock.now);
  const keyFor = keyOf(credential);
  const canRefresh = typeof credential === "function";

  return async (method, path, { query, body, signal } = {}) => {
    const url = `${origin}${path}${queryOf(query)}`;
    const content = body === undefined ? undefined : JSON.stringify(body);
    let where: Where = about(product, method, path);
    const failed = (reason: string) => new ApiError(reason, where);
    const signals = [options.signal, signal];
    const life = patience(deadlineMs, clock, signals, failed);
    try {
      let refused: string | undefined;
      let failures = 0;
      for (let attempt = 1; ; attempt++) {
        const key = await life.soon(keyFor(refused));
        const value = authorization(key);
        const over = await budget.start(life);
        const request = requestOf(
          method,
          { ...own, authorization: value },
          content,
          life.signal,
        );
        const received = await life.soon(exchange(send, url, request, over));
        const hide = hiderOf(key, value);
        const { status = 0, headers } = received;
        where = about(product, method, path, received, hide);
        if (status >= 200 && status < 300)
          return answerOf(received, where, hide);
        if (status === 401 && canRefresh && refused === undefined) {
          refused = key;
          continue;
        }
        const mayFail = status === 0 || status >= 500;
        const mayWork =
          status === 429 ||
          (mayFail && method !== "POST" && ++failures < maxFailures);
        if (!mayWork) throw refusal(received, where, hide);
        const asked = retryAfterOf(headers, clock.now()) ?? 0;
        await life.wait(asked + jitter(attempt));
      }
    } finally {
      life.end();
    }
  };
}

function requestOf(
  method: Method,
  own: Readonly<Record<string, string>>,
  content: string | undefined,
  signal: AbortSignal,
): RequestInit & { readonly signal: AbortSignal } {
  const accepted = { accept: "application/json", ...own };
  // The key is for this address alone.
  const request = { method, redirect: "manual", signal } as const;
  if (content === undefined) return { ...request, headers: accepted };
  const headers = { ...accepted, "content-type": "application/json" };
  return { ...request, headers, body: content };
}

function about(
  product: string,
  method: Method,
  path: string,
  received?: Received,
  hide: (text: string) => string = String,
): Where {
  const id = received?.headers?.get("x-request-id");
  const requestId = id ? printable(hide(id)) : undefined;
  return { product, method, path, status: received?.status, requestId };
}

function answerOf(
  { text, headers }: Received,
  where: Where,
  hide: (text: string) => string,
): Answer {
  if (text === undefined)
    throw new ApiError("the answer is larger than 32 MiB", where);
  const value = text === "" ? undefined : jsonOf(text);
  if (text !== "" && value === undefined)
    throw new ApiError("the answer is not JSON", where);
  const hasNext = /;\s*rel="?next\b/i.test(headers?.get("link") ?? "");
  return { value, where, hasNext, hide };
}

function refusal(
  { words, text = "" }: Received,
  where: Where,
  hide: (text: string) => string,
): ApiError {
  const fields = fieldErrors(jsonOf(text), hide);
  const said = fields.find(({ message }) => message !== "")?.message;
  const reason = [
    where.status ?? "no answer:",
    printable(hide(words)),
    said && `(${said})`,
  ];
  return new ApiError(reason.filter(Boolean).join(" "), where, fields);
}

/** Full jitter: calls that failed together do not come back together. */
function jitter(attempt: number): number {
  return Math.random() * Math.min(longestPause, firstPause * 2 ** attempt);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
