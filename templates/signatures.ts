import { Buffer } from "node:buffer";
import {
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  timingSafeEqual,
  verify as verifySignature,
  type KeyObject,
} from "node:crypto";

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

type Given = string | readonly string[];

/**
 * A secret or key, several of them while one replaces another, or a function that fetches them for each delivery (cache
 * in it what is slow to fetch). A list that is empty, and an empty string, is a `TypeError`: at once where the list is
 * given, as the `error` of the verdict where a function returns it or throws.
 */
export type Secrets = Given | (() => Given | Promise<Given>);

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
  const name = header.toLowerCase();
  const length = encoding === "hex" ? 64 : 44;
  return verifier(secrets, hmacKey, (keys, { headers, body }) => {
    const given = headers.get(name);
    if (given?.length !== length)
      return refused(`no ${encoding} digest in ${name}`);
    const digest = encoding === "hex" ? given.toLowerCase() : given;
    return matching(keys, (key) =>
      sameDigest(
        createHmac("sha256", key).update(body).digest(encoding),
        digest,
      ),
    );
  });
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over the raw body. */
export interface RsaOptions {
  readonly header: string;
  /**
   * In PEM: `PUBLIC KEY` or `RSA PUBLIC KEY`, whichever of SPKI and PKCS#1 it holds; also on one line, with spaces or a
   * literal `\n` for the line ends, as environment variables have it.
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
  const name = header.toLowerCase();
  const shape =
    encoding === "hex" ? /^(?:[\da-f]{2})+$/i : /^[A-Za-z\d+/]+={0,2}$/;
  return verifier(publicKeys, rsaKey, (keys, { headers, body }) => {
    const given = headers.get(name);
    if (given === undefined || !shape.test(given))
      return refused(`no ${encoding} signature in ${name}`);
    const signature = Buffer.from(given, encoding);
    return matching(keys, (key) =>
      verifySignature("sha256", body, key, signature),
    );
  });
}

/** Standard Webhooks (standardwebhooks.com): the HMAC-SHA256 of id, timestamp and body. */
export interface StandardWebhooksOptions {
  /** In base64, with or without `whsec_` before it. */
  readonly secrets: Secrets;
  /** How far the timestamp may lie behind or ahead; 300 by default. */
  readonly toleranceSeconds?: number | undefined;
}

export function standardWebhooks({
  secrets,
  toleranceSeconds = 300,
}: StandardWebhooksOptions): Verifier {
  return verifier(secrets, webhookKey, (keys, { headers, body, now }) => {
    const id = headers.get("webhook-id");
    const timestamp = headers.get("webhook-timestamp") ?? "";
    const signatures = headers.get("webhook-signature");
    if (!id || !signatures || !/^\d{1,12}$/.test(timestamp))
      return refused("the webhook headers are not complete");
    // Put this way round, a tolerance that is not a number refuses.
    if (
      !(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds)
    ) {
      return refused("the timestamp is out of tolerance");
    }
    // The list is separated by spaces; a comma and a space join the values of a header that was repeated.
    if (signatures.includes(", "))
      return refused("webhook-signature is repeated");
    const given = signatures
      .split(" ")
      .filter((each) => each.startsWith("v1,") && each.length === 47);
    return matching(keys, (key) => {
      const expected = createHmac("sha256", key)
        .update(`${id}.${timestamp}.`)
        .update(body)
        .digest("base64");
      return given.some((each) => sameDigest(expected, each.slice(3)));
    });
  });
}

export interface BasicAuthOptions {
  readonly username: string;
  /** Not empty, or a list while one replaces another. */
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
  const token = (secret: string) =>
    sha256(Buffer.from(`${username}:${secret}`).toString("base64"));
  return verifier(password, token, (tokens, { headers }) => {
    const given = /^basic +([^ ].*)$/i.exec(
      headers.get("authorization") ?? "",
    )?.[1];
    if (given === undefined)
      return refused("no Basic credentials in authorization");
    const digest = sha256(given);
    return matching(tokens, (each) => timingSafeEqual(each, digest));
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
    const name = header.toLowerCase();
    return verifier(secrets, sha256, (digests, { headers }) => {
      const given = headers.get(name);
      if (given === undefined) return refused(`no ${name}`);
      const digest = sha256(given);
      return matching(digests, (each) => timingSafeEqual(each, digest));
    });
  });
  return combined(
    checks,
    (verdicts) => verdicts.find(({ ok }) => !ok) ?? verdicts[0],
  );
}

/** Any of several schemes, while a sender moves from one to another. The credential is the position of the scheme. */
export function anyOf(...verifiers: readonly Verifier[]): Verifier {
  return combined(verifiers, (verdicts) => {
    const credential = verdicts.findIndex(({ ok }) => ok);
    if (credential >= 0) return { ok: true, credential };
    return verdicts.find((verdict) => "error" in verdict) ?? verdicts[0];
  });
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

/** A verifier from secrets, what one of them is for the algorithm, and the check. Waits only for secrets that are fetched. */
function verifier<Key>(
  secrets: Secrets,
  importKey: (text: string, index: number) => Key,
  check: (keys: readonly Key[], request: SignedRequest) => Verdict,
): Verifier {
  if (typeof secrets !== "function") {
    const keys = secretList(secrets).map(importKey);
    return (request) => {
      try {
        return check(keys, request);
      } catch (error) {
        return failed(error);
      }
    };
  }
  let known: readonly string[] = [];
  let keys: readonly Key[] = [];
  return async (request) => {
    try {
      const list = secretList(await secrets());
      if (
        list.length !== known.length ||
        list.some((text, index) => text !== known[index])
      ) {
        keys = list.map(importKey);
        known = list;
      }
      return check(keys, request);
    } catch (error) {
      return failed(error);
    }
  };
}

/** A copy, so that the caller's array may change. */
function secretList(given: Given): string[] {
  const list: readonly unknown[] =
    typeof given === "string"
      ? [given]
      : Array.isArray(given)
        ? [...(given as readonly unknown[])]
        : [];
  const texts = list.filter(
    (each) => typeof each === "string" && each !== "",
  ) as string[];
  if (texts.length === 0 || texts.length < list.length) {
    throw new TypeError(
      "a secret or key is missing or empty (is its environment variable set?)",
    );
  }
  return texts;
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
  return async (request) => {
    const verdicts = verifiers.map(async (each) => {
      try {
        return await each(request);
      } catch (error) {
        return failed(error);
      }
    });
    return judge(await Promise.all(verdicts)) ?? refused("no match");
  };
}

function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

const left = /* @__PURE__ */ Buffer.alloc(64);
const right = /* @__PURE__ */ Buffer.alloc(64);

/**
 * Compares digests in constant time as the texts they are, in two buffers made once: making them would cost more than
 * the comparison. What is given has the length of the other; text that is not ASCII does not fit or differs.
 */
function sameDigest(expected: string, given: string): boolean {
  left.write(expected.padEnd(64));
  return right.write(given.padEnd(64)) === 64 && timingSafeEqual(left, right);
}

function hmacKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret));
}

function webhookKey(secret: string, index: number): KeyObject {
  const text = secret.replace(/^whsec_/, "");
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(text))
    throw new TypeError(
      `secret ${index} is not base64, with or without whsec_`,
    );
  return createSecretKey(Buffer.from(text, "base64"));
}

/** Freshchat labels an SPKI key `RSA PUBLIC KEY`, so the label is ignored and both structures are tried. */
function rsaKey(pem: string, index: number): KeyObject {
  const key = Buffer.from(
    pem.replace(/\\[nr]/g, "").replace(/-----[^-]*-----/g, ""),
    "base64",
  );
  for (const type of ["spki", "pkcs1"] as const) {
    try {
      const imported = createPublicKey({ key, format: "der", type });
      if (imported.asymmetricKeyType === "rsa") return imported;
    } catch {
      // The next structure, or the error below.
    }
  }
  throw new TypeError(`public key ${index} is not an RSA public key in PEM`);
}
