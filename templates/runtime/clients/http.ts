import type { After } from "../callbacks.js";
import { ApiError, fieldErrors, type FieldError } from "./api-error.js";
import { checkedUrl, queryOf, type Query } from "./address.js";
import { Budget } from "./budget.js";
import { keyOf, type Credential } from "./credential.js";
import { abortable, delay, timer } from "./waiting.js";

export type { Credential } from "./credential.js";

/*
 * What the clients share: authentication, waiting, retries and errors. Keys are kept where nothing can print them: in no
 * property of a client, an error or a request that is passed on.
 */

export interface ClientOptions {
  /** Ends every call of the client that is under way, and those that follow. */
  readonly signal?: AbortSignal | undefined;
  /** How long a call may take, waiting and retries included: 120,000 milliseconds by default. */
  readonly deadlineMs?: number | undefined;
  /** In the place of the product's own address: for a proxy, or a server for tests. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** The clock, for tests: `clock()` of `testing.ts`. */
  readonly now?: (() => Date) | undefined;
  readonly after?: After | undefined;
}

export interface CallOptions {
  /** Ends this call. */
  readonly signal?: AbortSignal | undefined;
}

type Method = "DELETE" | "GET" | "POST" | "PUT";

export interface Call extends CallOptions {
  readonly query?: Query | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Calls one product. What it returns is the answer's JSON; undefined where the answer has no body. */
export type Api = (
  method: Method,
  path: string,
  call?: Call,
) => Promise<unknown>;

interface Product {
  readonly product: string;
  /** `https://acme.freshdesk.com`. */
  readonly baseUrl: string;
  readonly credential: Credential;
  /** The value of `authorization`. */
  readonly authorization: (key: string) => string;
}

/** How often a call is repeated that failed on the vendor's side, and the longest wait between. */
const maxFailures = 5;
const firstDelay = 500;
const longestDelay = 30_000;

/** A 429 that does not say how long. */
const defaultRetryAfter = 1_000;

/** @throws TypeError for options that cannot work */
export function api(
  { product, baseUrl, credential, authorization }: Product,
  options: ClientOptions,
): Api {
  const {
    deadlineMs = 120_000,
    fetch: send = fetch,
    now = () => new Date(),
    after = timer,
    signal: whole,
  } = options;
  const origin = checkedUrl(options.baseUrl ?? baseUrl);
  if (!(deadlineMs > 0)) throw new TypeError("deadlineMs must be above 0");
  const time = () => now().getTime();
  const budget = new Budget(time);
  const key = keyOf(credential);

  return async (method, path, { query, body, signal: own } = {}) => {
    const failure = (
      reason: string,
      answer?: { readonly status: number; readonly requestId?: string },
      fields: readonly FieldError[] = [],
    ) => {
      const { status, requestId } = answer ?? {};
      const about = { product, method, path, status, fields, requestId };
      return new ApiError(reason, about);
    };
    const late = new AbortController();
    const stop = after(deadlineMs, () =>
      late.abort(failure(`not done within ${deadlineMs} ms`)),
    );
    const signal = AbortSignal.any(
      [late.signal, whole, own].filter((each) => each !== undefined),
    );
    const until = time() + deadlineMs;
    const url = `${origin}${path}${queryOf(query)}`;
    const content = body === undefined ? undefined : JSON.stringify(body);
    let last: Answered | undefined;
    const soon = <T>(work: Promise<T>) => abortable(work, signal);
    const wait = (milliseconds: number) => {
      if (time() + milliseconds <= until)
        return delay(milliseconds, after, signal);
      const seconds = Math.ceil(milliseconds / 1000);
      throw failure(
        `the next try is due in ${seconds} s, after the deadline`,
        last,
      );
    };

    async function once(secret: string): Promise<Answered | NotAnswered> {
      await budget.start(wait, soon);
      let response: Response | undefined;
      try {
        response = await send(url, {
          method,
          headers: {
            accept: "application/json",
            authorization: authorization(secret),
            ...(content !== undefined && {
              "content-type": "application/json",
            }),
          },
          ...(content !== undefined && { body: content }),
          // The key is for this address alone.
          redirect: "manual",
          signal,
        });
        const { ok, status, statusText, headers } = response;
        const requestId = headers.get("x-request-id") ?? undefined;
        const text = await response.text();
        return {
          ok,
          status,
          statusText,
          headers,
          text,
          ...(requestId !== undefined && { requestId }),
        };
      } catch (error) {
        signal.throwIfAborted();
        // The rest of what such an error holds is for nobody's log.
        return { trouble: codeOf(error) };
      } finally {
        budget.end(response?.headers, retryAfterOf(response, time()));
      }
    }

    try {
      let failures = 0;
      let refused: string | undefined;
      for (let attempt = 1; ; attempt++) {
        const secret = await soon(key(refused));
        const answer = await once(secret);
        // A server that repeats what it was sent does not put it into a log.
        const value = authorization(secret);
        const hide = (text: string) =>
          [value, value.slice(value.lastIndexOf(" ") + 1), secret].reduce(
            (said, each) => said.replaceAll(each, "…"),
            text,
          );
        if ("trouble" in answer) {
          if (method === "POST" || ++failures >= maxFailures)
            throw failure(`no answer, ${hide(answer.trouble)}`);
        } else {
          const { ok, status, statusText, text } = answer;
          if (ok)
            return text === ""
              ? undefined
              : jsonOf(text, () => failure("the answer is not JSON", answer));
          last = answer;
          if (
            status === 401 &&
            typeof credential === "function" &&
            refused === undefined
          ) {
            refused = secret;
            continue;
          }
          const mayWork =
            status === 429 ||
            (status >= 500 && method !== "POST" && ++failures < maxFailures);
          if (!mayWork) {
            const fields = fieldErrors(
              jsonOf(text, () => undefined),
              hide,
            );
            const said = fields.find(({ message }) => message !== "")?.message;
            const reason = [status, statusText, said && `(${said})`]
              .filter(Boolean)
              .join(" ");
            const { requestId } = answer;
            throw failure(
              reason,
              { status, ...(requestId && { requestId: hide(requestId) }) },
              fields,
            );
          }
        }
        // Full jitter: calls that failed together do not come back together.
        await wait(
          Math.random() * Math.min(longestDelay, firstDelay * 2 ** attempt),
        );
      }
    } finally {
      stop();
    }
  };
}

interface Answered {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly text: string;
  readonly requestId?: string;
}

interface NotAnswered {
  readonly trouble: string;
}

/** How long a 429 asks to wait, in milliseconds: in seconds, or until a date (RFC 9110, section 10.2.3). */
function retryAfterOf(
  response: Response | undefined,
  now: number,
): number | undefined {
  if (response?.status !== 429) return undefined;
  const text = response.headers.get("retry-after")?.trim() ?? "";
  const asked = /^\d{1,6}$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now;
  return asked >= 0 ? asked : defaultRetryAfter;
}

function jsonOf(text: string, otherwise: () => unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const instead = otherwise();
    if (instead instanceof Error) throw instead;
    return instead;
  }
}

/** `ECONNREFUSED`, or what kind of error it is. */
function codeOf(error: unknown): string {
  const { cause, name } = error as {
    readonly cause?: { readonly code?: unknown };
    readonly name?: unknown;
  };
  return typeof cause?.code === "string" ? cause.code : String(name);
}
