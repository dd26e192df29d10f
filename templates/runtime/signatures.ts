import { Buffer } from "node:buffer";
import { timingSafeEqual, verify as verifySignature } from "node:crypto";
import { isPromise } from "./callbacks.js";
import {
  digestKeys,
  headerKeys,
  hmacKeys,
  keySource,
  rsaKeys,
  sha256,
  webhookKeys,
  type Secrets,
} from "./keys.js";

export type { Secrets } from "./keys.js";

/**
 * Tells whether a delivery comes from who it says. It never throws and never rejects: what goes wrong is in the verdict.
 *
 * A verifier of your own is a function like any other; so is one that watches another:
 * `async (request) => { const verdict = await inner(request); if (!verdict.ok) log(verdict.reason); return verdict; }`
 */
export type Verifier = (request: SignedRequest) => Verdict | Promise<Verdict>;

export interface SignedRequest {
  /** By lower-case name. A header that came more than once is left out: nobody could say which of its values counts. */
  readonly headers: ReadonlyMap<string, string>;
  /** The query string as it came, without its question mark; empty where there is none. */
  readonly query: string;
  /** The bytes as they came. */
  readonly body: Uint8Array;
  /** When the delivery was received. */
  readonly now: Date;
}

export type Verdict =
  /** `credential` is the position of what matched in its list, so that you see when an old secret is out of use. */
  | { readonly ok: true; readonly credential: number }
  /** `reason` holds no secret and no header value. `error` is there when the check itself failed: that is answered 500. */
  | { readonly ok: false; readonly reason: string; readonly error?: unknown };

/** An HMAC-SHA256 of the raw body. */
export interface HmacOptions {
  readonly header: string;
  readonly secrets: Secrets;
  /** `hex` in either case by default. */
  readonly encoding?: "hex" | "base64" | undefined;
}

export function hmacSignature({
  header,
  secrets,
  encoding = "hex",
}: HmacOptions): Verifier {
  const name = headerName(header);
  const length = encoding === "hex" ? 64 : 44;
  const sameDigest = digestComparison(length);
  return verifier(secrets, "secrets", hmacKeys, (keys, { headers, body }) => {
    const given = headers.get(name);
    if (given?.length !== length)
      return refused(`no ${encoding} digest in ${name}`);
    const digest = encoding === "hex" ? given.toLowerCase() : given;
    return matching(keys, (hmac) =>
      sameDigest(hmac("", body, encoding), digest),
    );
  });
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over the raw body. */
export interface RsaOptions {
  readonly header: string;
  /**
   * In PEM: `PUBLIC KEY` or `RSA PUBLIC KEY`, whichever of SPKI and PKCS#1 it holds; also on one line, with spaces or a
   * literal `\n` for the line ends, as environment variables have it. A text may hold several keys, which then count one
   * by one. Each has at least 2048 bits.
   */
  readonly publicKeys: Secrets;
  /** `base64` by default. */
  readonly encoding?: "hex" | "base64" | undefined;
}

export function rsaSignature({
  header,
  publicKeys,
  encoding = "base64",
}: RsaOptions): Verifier {
  const name = headerName(header);
  const shape =
    encoding === "hex" ? /^(?:[\da-f]{2})+$/i : /^[A-Za-z\d+/]+={0,2}$/;
  return verifier(
    publicKeys,
    "publicKeys",
    rsaKeys,
    (keys, { headers, body }) => {
      const given = headers.get(name);
      if (given === undefined || !shape.test(given))
        return refused(`no ${encoding} signature in ${name}`);
      const signature = Buffer.from(given, encoding);
      return matching(keys, (key) =>
        verifySignature("sha256", body, key, signature),
      );
    },
  );
}

/** Standard Webhooks (standardwebhooks.com): the HMAC-SHA256 of id, timestamp and body. */
export interface StandardWebhooksOptions {
  /** In base64, with or without `whsec_` before it. */
  readonly secrets: Secrets;
  /** How far the timestamp may lie behind or ahead; 300 by default. */
  readonly toleranceSeconds?: number | undefined;
  /** The length that each secret has at least once it is decoded: 24 by default, as the specification asks. For a sender that issues shorter ones. */
  readonly minKeyBytes?: number | undefined;
}

export function standardWebhooks({
  secrets,
  toleranceSeconds = 300,
  minKeyBytes = 24,
}: StandardWebhooksOptions): Verifier {
  const importKeys = webhookKeys(minKeyBytes);
  const sameDigest = digestComparison(44);
  return verifier(
    secrets,
    "secrets",
    importKeys,
    (keys, { headers, body, now }) => {
      const id = headers.get("webhook-id");
      const timestamp = headers.get("webhook-timestamp") ?? "";
      const signatures = headers.get("webhook-signature");
      if (!id || !signatures || !/^\d{1,12}$/.test(timestamp))
        return refused("the webhook headers are not complete");
      // Put this way round, a tolerance that is not a number refuses.
      if (
        !(
          Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds
        )
      ) {
        return refused("the timestamp is out of tolerance");
      }
      // The list is separated by spaces; a comma and a space join the values of a header that was repeated.
      if (signatures.includes(", "))
        return refused("webhook-signature is repeated");
      const given = signatures
        .split(" ")
        .filter((each) => each.startsWith("v1,") && each.length === 47);
      return matching(keys, (hmac) => {
        const expected = hmac(`${id}.${timestamp}.`, body, "base64");
        return given.some((each) => sameDigest(expected, each.slice(3)));
      });
    },
  );
}

export interface BasicAuthOptions {
  readonly username: string;
  readonly password: Secrets;
}

/** HTTP Basic authentication (RFC 7617, in UTF-8). */
export function basicAuth({ username, password }: BasicAuthOptions): Verifier {
  if (
    typeof username !== "string" ||
    username === "" ||
    username.includes(":")
  ) {
    throw new TypeError(
      "username must be a string that is not empty and holds no colon",
    );
  }
  const tokens = (secret: string): readonly Uint8Array[] =>
    digestKeys(Buffer.from(`${username}:${secret}`).toString("base64"));
  return verifier(password, "password", tokens, (known, { headers }) => {
    const given = /^basic +([^ ].*)$/i.exec(
      headers.get("authorization") ?? "",
    )?.[1];
    if (given === undefined)
      return refused("no Basic credentials in authorization");
    const digest = sha256(given);
    return matching(known, (each) => timingSafeEqual(each, digest));
  });
}

/**
 * Headers that carry a fixed value, each of them: `staticHeaders({ authorization: `Bearer ${token}` })`. The credential
 * is the position in the list of the first header named.
 */
export function staticHeaders(
  values: Readonly<Record<string, Secrets>>,
): Verifier {
  const checks = Object.entries(values).map(([header, secrets]) => {
    const name = headerName(header);
    const option = `staticHeaders[${JSON.stringify(header)}]`;
    return verifier(secrets, option, headerKeys, (digests, { headers }) => {
      const given = headers.get(name);
      if (given === undefined) return refused(`no ${name}`);
      const digest = sha256(given);
      return matching(digests, (each) => timingSafeEqual(each, digest));
    });
  });
  return allOf(...checks);
}

/**
 * Parameters of the query string that carry a fixed value, each of them: `queryParameter({ key: secret })` for
 * `https://example.com/webhooks/freshdesk/ticket-created?key=…`. Prefer a header where the sender can set one: an address
 * with its query is written into the logs of every proxy on the way, and shown wherever it is set up. The credential is
 * the position in the list of the first parameter named.
 */
export function queryParameter(
  values: Readonly<Record<string, Secrets>>,
): Verifier {
  const checks = Object.entries(values).map(([name, secrets]) => {
    const option = `queryParameter[${JSON.stringify(name)}]`;
    return verifier(secrets, option, digestKeys, (digests, { query }) => {
      const valuesIn = (text: string) => new URLSearchParams(text).getAll(name);
      const given = valuesIn(query);
      if (given.length !== 1) return refused(`not one ${name} in the query`);
      // Some senders mean a space by a plus sign, and some a plus sign: a secret in base64 may hold one.
      const plus = valuesIn(query.replace(/\+/g, "%2B"));
      const readings = [...given, ...plus].map(sha256);
      return matching(digests, (each) =>
        readings.some((reading) => timingSafeEqual(each, reading)),
      );
    });
  });
  return allOf(...checks);
}

/** Any of several schemes, while a sender moves from one to another. The credential is the position of the scheme. */
export function anyOf(...verifiers: readonly Verifier[]): Verifier {
  return combined(verifiers, (verdicts) => {
    const credential = verdicts.findIndex(({ ok }) => ok);
    if (credential >= 0) return { ok: true, credential };
    return verdicts.find((verdict) => "error" in verdict) ?? verdicts[0];
  });
}

/**
 * All of several schemes, for a sender that proves itself in more than one way. Each is asked, whatever the others say, so
 * that the time of an answer does not tell which one refused. The credential is that of the first scheme.
 */
export function allOf(...verifiers: readonly Verifier[]): Verifier {
  return combined(
    verifiers,
    (verdicts) =>
      // A delivery that one scheme refuses is refused, whatever the others could not find out.
      verdicts.find((verdict) => !verdict.ok && !("error" in verdict)) ??
      verdicts.find(({ ok }) => !ok) ??
      verdicts[0],
  );
}

/** Takes every delivery, whoever sent it. For a receiver that something else protects already. */
export function dangerouslyUnverified(): Verifier {
  return () => ({ ok: true, credential: 0 });
}

/**
 * The HMAC-SHA256 of the body in `X-Freshworks-Signature`. Unconfirmed: no page of the vendor describes it, and the two
 * third parties that do use hex. Should your deliveries carry base64, say so with `encoding`.
 */
export function freshworksSignature(
  options: Omit<HmacOptions, "header">,
): Verifier {
  return hmacSignature({ ...options, header: "x-freshworks-signature" });
}

/** Freshchat's RSA signature in `X-Freshchat-Signature`, with the public key of Settings > Webhooks (support.freshchat.com, article 239404). */
export function freshchatSignature({
  publicKeys,
}: {
  readonly publicKeys: Secrets;
}): Verifier {
  return rsaSignature({ publicKeys, header: "x-freshchat-signature" });
}

const refused = (reason: string): Verdict => ({ ok: false, reason });

const failed = (error: unknown): Verdict => ({
  ok: false,
  reason: "the check could not be made",
  error,
});

/** A verifier from secrets, the keys that the algorithm makes of them, and the check. Waits only for secrets that are fetched. */
function verifier<Key>(
  secrets: Secrets,
  option: string,
  importKeys: (text: string, name: string) => readonly Key[],
  check: (keys: readonly Key[], request: SignedRequest) => Verdict,
): Verifier {
  const source = keySource(secrets, option, importKeys);
  return (request) => {
    try {
      const keys = source();
      return isPromise(keys)
        ? keys.then((fetched) => check(fetched, request)).catch(failed)
        : check(keys, request);
    } catch (error) {
      return failed(error);
    }
  };
}

function headerName(header: string): string {
  if (/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(header)) return header.toLowerCase();
  throw new TypeError("a header must have a name that a header can have");
}

function matching<Key>(
  keys: readonly Key[],
  matches: (key: Key) => boolean,
): Verdict {
  const credential = keys.findIndex(matches);
  return credential < 0 ? refused("no match") : { ok: true, credential };
}

function combined(
  verifiers: readonly Verifier[],
  judge: (verdicts: readonly Verdict[]) => Verdict | undefined,
): Verifier {
  if (verifiers.length === 0)
    throw new TypeError("nothing to verify with: name at least one");
  if (!verifiers.every((each) => typeof each === "function"))
    throw new TypeError("each verifier must be a function");
  return async (request) => {
    const verdicts = verifiers.map((each) => verdictOf(each, request));
    return judge(await Promise.all(verdicts)) ?? refused("no match");
  };
}

/** The verdict of any function: what is neither a yes nor a no is a failure. */
async function verdictOf(
  verifier: Verifier,
  request: SignedRequest,
): Promise<Verdict> {
  try {
    const verdict = (await verifier(request)) as Verdict | undefined;
    if (typeof verdict?.ok === "boolean") return verdict;
    throw new TypeError("a verifier returned no verdict");
  } catch (error) {
    return failed(error);
  }
}

/**
 * Compares digests in constant time as the texts they are, in two buffers made once: making them would cost more than
 * the comparison. What is given has the length of the other. Latin-1 is written in half the time of UTF-8 and keeps one
 * byte of each character; that no other character was there is asked of texts whose bytes are the same.
 */
function digestComparison(
  length: number,
): (expected: string, given: string) => boolean {
  const left = Buffer.alloc(length);
  const right = Buffer.alloc(length);
  return (expected, given) => {
    left.write(expected, "latin1");
    right.write(given, "latin1");
    return timingSafeEqual(left, right) && given === expected;
  };
}
