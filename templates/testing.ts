import { Buffer } from "node:buffer";
import { createHmac, randomUUID, sign as signRsa } from "node:crypto";
import { routes, type EventName, type EventPayloads } from "./events.js";
import type { After, Receiver } from "./runtime/receiver.js";
import { ownPath } from "./runtime/routing.js";
import { checkOf } from "./runtime/standard-schema.js";
import { hasOwn } from "./runtime/validation.js";
import { samples } from "./samples.js";
import { compiled } from "./validators/compiled.js";

/*
 * For tests of your own: payloads, signatures and deliveries. `index.ts` does not export it, so that no bundle carries it.
 */

/** What a payload may be changed by: objects member by member, everything else as a whole. */
export type Overrides<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overrides<T[K]> | undefined }
    : T;

/**
 * A payload of an event, yours to change. A member that is `undefined` in the overrides is left out.
 *
 * @throws TypeError where the payload is not valid, with what is wrong
 */
export function sample<N extends EventName>(
  name: N,
  overrides?: Overrides<EventPayloads[N]>,
): EventPayloads[N] {
  const payload = merged(samples[name], overrides);
  const route = routes.find((each) => each.name === name);
  const { issues } = checkOf(compiled[name], route?.discriminator)(payload);
  if (issues === undefined) return payload as EventPayloads[N];
  const said = issues.map(
    ({ path, message }) => `at /${path.join("/")}: ${message}`,
  );
  throw new TypeError(
    `this sample of ${name} is not valid, ${said.join("; ")}: change it by overrides`,
  );
}

function merged(value: unknown, overrides: unknown): unknown {
  if (overrides === undefined) return structuredClone(value);
  if (!isObject(value) || !isObject(overrides))
    return structuredClone(overrides);
  const names = new Set([...Object.keys(value), ...Object.keys(overrides)]);
  const members = [...names].flatMap((name) => {
    const own = hasOwn(value, name) ? value[name] : undefined;
    if (!hasOwn(overrides, name)) return [[name, merged(own, undefined)]];
    const over = overrides[name];
    return over === undefined ? [] : [[name, merged(own, over)]];
  });
  return Object.fromEntries(members) as unknown;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How a sender authenticates. The secret is given beside it. */
export type Scheme =
  /** An HMAC-SHA256 of the body. */
  | {
      readonly kind: "hmac";
      readonly header: string;
      readonly encoding?: "hex" | "base64" | undefined;
    }
  /** RSA-SHA256 over the body; the secret is the private key in PEM. */
  | {
      readonly kind: "rsa";
      readonly header: string;
      readonly encoding?: "hex" | "base64" | undefined;
    }
  /** Standard Webhooks; the secret is in base64, with or without `whsec_`. */
  | {
      readonly kind: "standard-webhooks";
      readonly id?: string | undefined;
      readonly timestamp?: Date | undefined;
    }
  | { readonly kind: "basic"; readonly username: string }
  /** The secret as it is, in a header. */
  | { readonly kind: "header"; readonly header: string }
  /** The secret as it is, in the query string. */
  | { readonly kind: "query"; readonly parameter: string };

/** What a delivery carries to be taken for authentic. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  /** Without its question mark; empty for most schemes. */
  readonly query: string;
}

/** The scheme of the header `X-Freshworks-Signature`. */
export const freshworks: Scheme = {
  kind: "hmac",
  header: "x-freshworks-signature",
};

/** The scheme of Freshchat: its private key is for you to make, its public key for `freshchatSignature`. */
export const freshchat: Scheme = {
  kind: "rsa",
  header: "x-freshchat-signature",
};

/** Signs a body as a sender does. */
export function sign(
  scheme: Scheme,
  body: string | Uint8Array,
  secret: string,
): Signed {
  const bytes = Buffer.from(body);
  const inHeaders = (headers: Record<string, string>): Signed => ({
    headers,
    query: "",
  });
  switch (scheme.kind) {
    case "hmac": {
      const { header, encoding = "hex" } = scheme;
      const hmac = createHmac("sha256", secret).update(bytes);
      return inHeaders({ [header]: hmac.digest(encoding) });
    }
    case "rsa": {
      const { header, encoding = "base64" } = scheme;
      const signature = signRsa("sha256", bytes, secret);
      return inHeaders({ [header]: signature.toString(encoding) });
    }
    case "standard-webhooks": {
      const { id = `msg_${randomUUID()}`, timestamp = new Date() } = scheme;
      const seconds = String(Math.floor(timestamp.getTime() / 1000));
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      const hmac = createHmac("sha256", key)
        .update(`${id}.${seconds}.`)
        .update(bytes);
      return inHeaders({
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": `v1,${hmac.digest("base64")}`,
      });
    }
    case "basic": {
      const pair = Buffer.from(`${scheme.username}:${secret}`);
      return inHeaders({ authorization: `Basic ${pair.toString("base64")}` });
    }
    case "header":
      return inHeaders({ [scheme.header]: secret });
    case "query": {
      const query = new URLSearchParams({ [scheme.parameter]: secret });
      return { headers: {}, query: query.toString() };
    }
  }
}

export interface DeliverOptions<N extends EventName> {
  /** Changes to the sample. */
  readonly overrides?: Overrides<EventPayloads[N]> | undefined;
  /** In the place of the sample, whatever it is: sent as JSON, and not checked. */
  readonly payload?: unknown;
  /** In the place of a payload: the bytes as they are. */
  readonly body?: string | Uint8Array | undefined;
  readonly scheme?: Scheme | undefined;
  readonly secret?: string | undefined;
  /** Beside those of the scheme, or in their place; `content-type` is JSON by default. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** As the receiver has it. */
  readonly basePath?: string | undefined;
  /** A path of your own, in the place of the event's. */
  readonly path?: string | undefined;
}

export interface Delivered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a delivery as the product does: to a receiver, or to the address of a server.
 *
 * @param target a receiver, or the server's origin: `http://localhost:3000`
 * @throws TypeError for a scheme without its secret
 */
export async function deliver<N extends EventName>(
  target: Receiver | string | URL,
  name: N,
  options: DeliverOptions<N> = {},
): Promise<Delivered> {
  const { scheme, secret, basePath = "/" } = options;
  const body = Buffer.from(
    options.body ?? JSON.stringify(payloadOf(name, options)),
  );
  if (scheme !== undefined && secret === undefined)
    throw new TypeError("the scheme needs its secret");
  const signed =
    scheme === undefined ? undefined : sign(scheme, body, secret ?? "");
  const headers = inPlace(
    { "content-type": "application/json" },
    signed?.headers,
    options.headers,
  );
  const base = basePath.replace(/\/+$/, "");
  const query = signed?.query ? `?${signed.query}` : "";
  const path = `${options.path ?? `${base}${ownPath(name)}`}${query}`;
  if (typeof target === "string" || target instanceof URL) {
    // A path that starts with two slashes would be taken for a host.
    const url = `${new URL(target).origin}${path}`;
    const response = await fetch(url, { method: "POST", headers, body });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }
  return target.receive({ method: "POST", path, headers, body });
}

/** Headers by their names in lower case: of each, the last. */
function inPlace(
  ...all: readonly (Readonly<Record<string, string>> | undefined)[]
): Record<string, string> {
  const entries = all.flatMap((headers) => Object.entries(headers ?? {}));
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function payloadOf<N extends EventName>(
  name: N,
  options: DeliverOptions<N>,
): unknown {
  return "payload" in options
    ? options.payload
    : sample(name, options.overrides);
}

/** A clock that stands still until it is told to go on: `createReceiver({ ...time, … })`. */
export interface Clock {
  readonly now: () => Date;
  readonly after: After;
  /** Lets time pass, and with it what is due by then. */
  readonly advance: (milliseconds: number) => void;
}

export function clock(start: Date = new Date()): Clock {
  let time = start.getTime();
  const due = new Map<() => void, number>();
  return {
    now: () => new Date(time),
    after: (milliseconds, callback) => {
      due.set(callback, time + milliseconds);
      return () => void due.delete(callback);
    },
    advance: (milliseconds) => {
      time += milliseconds;
      for (const [callback, at] of due) {
        if (at > time) continue;
        due.delete(callback);
        callback();
      }
    },
  };
}
