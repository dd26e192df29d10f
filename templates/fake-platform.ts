import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerTo, type FakeAnswer } from "./runtime/fake/products.js";
import {
  FakeCollection,
  forms,
  type FakeProduct,
  type FakeRecord,
} from "./runtime/fake/store.js";
import type { After } from "./runtime/callbacks.js";

export type { FakeAnswer } from "./runtime/fake/products.js";
export type {
  FakeCollection,
  FakeProduct,
  FakeRecord,
} from "./runtime/fake/store.js";

/*
 * For tests of code that calls a product: a small server on 127.0.0.1 that keeps records and behaves as the vendor's does,
 * as far as that is known: authentication, limits by the minute, pages, searches, failures inside a 200. `index.ts` does not
 * export it, so that no bundle carries it.
 */

/** What there is from the start, by collection. */
export type FakeCollections = Readonly<Record<string, readonly FakeRecord[]>>;

export interface FakePlatformOptions {
  readonly product: FakeProduct;
  /** The only key that it takes: `KEY` by default. */
  readonly apiKey?: string | undefined;
  /** 1,000,000 by default. */
  readonly limitPerMinute?: number | undefined;
  /** By collection: `{ tickets: [{ id: 1, … }] }`. Those without times are of now. */
  readonly records?: FakeCollections | undefined;
  /** Its clock. */
  readonly now?: (() => Date) | undefined;
}

/** A request that came, without its headers. */
export interface FakeRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Its JSON; a text where it is none, undefined without one. */
  readonly body: unknown;
  /** What it was answered; undefined where it was not. */
  readonly status: number | undefined;
}

/** An answer in the place of the platform's own; `drop` ends the connection, `hang` lets the caller wait. */
export type FakeTrouble = FakeAnswer | "drop" | "hang";

export interface FakePlatform {
  /** For the client's option `baseUrl`. */
  readonly baseUrl: string;
  /** For the client's option `apiKey`. */
  readonly apiKey: string;
  /** All requests, in the order in which they were answered. */
  readonly requests: readonly FakeRequest[];
  /** The records of a collection, to be looked at and changed. */
  records(collection: string): FakeCollection;
  /** What the next requests get, one each. */
  trouble(...next: readonly FakeTrouble[]): void;
  /** These records are never changed by a bulk update. */
  refuse(...ids: readonly number[]): void;
  close(): Promise<void>;
}

const minute = 60_000;

/** Starts a platform. It has to be closed. */
export async function fakePlatform({
  product,
  apiKey = "KEY",
  limitPerMinute = 1_000_000,
  records = {},
  now = () => new Date(),
}: FakePlatformOptions): Promise<FakePlatform> {
  const collections = new Map<string, FakeCollection>();
  const collection = (name: string): FakeCollection => {
    const found =
      collections.get(name) ?? new FakeCollection(name, now, forms[product]);
    collections.set(name, found);
    return found;
  };
  for (const [name, each] of Object.entries(records))
    for (const record of each) collection(name).add(record);
  const requests: FakeRequest[] = [];
  const troubles: FakeTrouble[] = [];
  const refused = new Set<number>();
  const count = countingFrom(now(), limitPerMinute);

  function answer(message: IncomingMessage, body: unknown): FakeTrouble {
    const trouble = troubles.shift();
    if (trouble !== undefined) return trouble;
    if (!isAuthentic(product, apiKey, message.headers.authorization))
      return {
        status: 401,
        body: { code: "invalid_credentials", message: "Who are you?" },
      };
    const limits = count(now());
    if (limits.retryAfter !== undefined)
      return {
        status: 429,
        headers: { ...limits.headers, "retry-after": limits.retryAfter },
        body: { message: "Too many requests." },
      };
    const url = new URL(message.url ?? "/", "http://127.0.0.1");
    const { method = "GET" } = message;
    const call = { method, url, body, collection, refused };
    const own = answerTo(product, call);
    return { ...own, headers: { ...limits.headers, ...own.headers } };
  }

  const server = createServer((message, response) => {
    void (async () => {
      const body = await bodyOf(message).catch(() => aborted);
      if (body === aborted) return;
      const given = answer(message, body);
      const { method = "GET", url = "/" } = message;
      const status = typeof given === "string" ? undefined : given.status;
      requests.push({ method, path: url, body, status });
      if (given === "drop") message.socket.destroy();
      if (typeof given === "string") return;
      const text =
        given.body === undefined || typeof given.body === "string"
          ? given.body
          : JSON.stringify(given.body);
      response.writeHead(given.status, {
        "content-type": "application/json",
        ...given.headers,
      });
      response.end(text);
    })();
  });
  const { port } = await listening(server);

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey,
    requests,
    records: collection,
    trouble: (...next) => void troubles.push(...next),
    refuse: (...ids) => ids.forEach((id) => refused.add(id)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A clock that goes faster than the world's: `freshdeskClient({ ...time, … })`. */
export interface FastClock {
  readonly now: () => Date;
  readonly after: After;
}

/** @param times how much faster */
export function fastClock(times: number): FastClock {
  const started = performance.now();
  const start = Date.now();
  return {
    now: () => new Date(start + (performance.now() - started) * times),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds / times);
      return () => clearTimeout(timer);
    },
  };
}

interface Limits {
  readonly headers: Readonly<Record<string, string>>;
  /** In seconds, where nothing is left. */
  readonly retryAfter: string | undefined;
}

/** Counts calls by the minute, the first of which begins at once. */
function countingFrom(start: Date, total: number): (now: Date) => Limits {
  let begun = start.getTime();
  let used = 0;
  return (now) => {
    const minutes = Math.floor((now.getTime() - begun) / minute);
    if (minutes > 0) used = 0;
    begun += minutes * minute;
    const isFull = used >= total;
    if (!isFull) used += 1;
    const left = begun + minute - now.getTime();
    return {
      headers: {
        "x-ratelimit-total": String(total),
        "x-ratelimit-remaining": String(total - used),
        "x-ratelimit-used-currentrequest": isFull ? "0" : "1",
      },
      retryAfter: isFull ? String(Math.ceil(left / 1000)) : undefined,
    };
  };
}

function isAuthentic(
  product: FakeProduct,
  apiKey: string,
  authorization: string | undefined,
): boolean {
  const [scheme, given] = (authorization ?? "").split(/ (.*)/s);
  switch (product) {
    case "freshdesk":
    case "freshservice":
      return (
        scheme === "Basic" &&
        Buffer.from(given ?? "", "base64")
          .toString()
          .startsWith(`${apiKey}:`)
      );
    case "freshsales":
      return scheme === "Token" && given === `token=${apiKey}`;
    default:
      return scheme === "Bearer" && given === apiKey;
  }
}

/** In the place of the body of a caller that is gone. */
const aborted = Symbol();

async function bodyOf(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function listening(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server.address() as AddressInfo;
}
