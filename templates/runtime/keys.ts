import { Buffer } from "node:buffer";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
} from "node:crypto";
import { isPromise } from "./callbacks.js";
import { hmacSha256, type Hmac } from "./hmac.js";

type Given = string | readonly string[];

/**
 * A secret or key, several of them while one replaces another, or a function that returns or fetches them. The function
 * is called for each delivery and never before the first one, so that a module can be loaded where the secrets are not
 * there yet, as in a build; cache in it what is slow to fetch. A bad secret is a `TypeError`: at once where it is given,
 * as the `error` of the verdict where a function returns it or throws.
 */
export type Secrets = Given | (() => Given | Promise<Given>);

/**
 * Makes of one secret the keys of an algorithm: one, or several where a text can hold several.
 *
 * @param name what the user calls the secret: errors say it, and never the secret itself
 * @throws TypeError for a secret that the algorithm should not be used with
 */
type ImportKeys<Key> = (text: string, name: string) => readonly Key[];

/**
 * Imports keys once: now where the secrets are given, else when a delivery needs them, and again only when the function
 * returns others.
 *
 * @param option the name of the option that holds the secrets
 * @returns the keys at the moment of the call
 */
export function keySource<Key>(
  secrets: Secrets,
  option: string,
  importKeys: ImportKeys<Key>,
): () => readonly Key[] | Promise<readonly Key[]> {
  let known: readonly string[] = [];
  let keys: readonly Key[] = [];
  const keysOf = (given: Given): readonly Key[] => {
    const isList = Array.isArray(given);
    // A copy, so that the caller's array may change, and without the holes that an array may have.
    const list: readonly unknown[] = isList ? Array.from(given) : [given];
    if (list.length === 0)
      throw new TypeError(`${option} is an empty list: name at least one`);
    const names = list.map((_, at) => (isList ? `${option}[${at}]` : option));
    const texts = list.map((each, at) => secretText(each, names[at] ?? option));
    if (
      texts.length !== known.length ||
      texts.some((text, at) => text !== known[at])
    ) {
      keys = texts.flatMap((text, at) => importKeys(text, names[at] ?? option));
      known = texts;
    }
    return keys;
  };
  if (typeof secrets !== "function") {
    const given = keysOf(secrets);
    return () => given;
  }
  return () => {
    const given = secrets();
    return isPromise(given)
      ? Promise.resolve(given).then(keysOf)
      : keysOf(given);
  };
}

/** What is left of a template such as `Bearer ${token}` when there is no token. */
const unset = /(?:^|[\s=:])(?:undefined|null|NaN|\[object \w+\])$/;

function secretText(value: unknown, name: string): string {
  if (typeof value !== "string" || !/[^\s\p{C}\p{Z}]/u.test(value))
    throw new TypeError(
      `${name} is missing or blank: is its environment variable set?`,
    );
  if (unset.test(value))
    throw new TypeError(
      `${name} was made from a value that is missing: is its environment variable set?`,
    );
  return value;
}

export function hmacKeys(secret: string): readonly Hmac[] {
  return [hmacSha256(Buffer.from(secret))];
}

/** For a secret that is sent as it is: what is compared are digests of one length. */
export function digestKeys(secret: string): readonly Uint8Array[] {
  return [sha256(secret)];
}

/** A header's value: with white space at its ends or a line break in it, no sender could ever send it. */
export function headerKeys(value: string, name: string): readonly Uint8Array[] {
  if (value !== value.trim() || /[\r\n\0]/.test(value))
    throw new TypeError(
      `${name} has white space at its ends or a line break, which no header has`,
    );
  return digestKeys(value);
}

const base64 =
  /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}(?:==)?|[A-Za-z\d+/]{3}=?)?$/;

/** The keys of Standard Webhooks, which are judged by their bytes: of an empty one, anybody could make the signatures. */
export function webhookKeys(minKeyBytes: number): ImportKeys<Hmac> {
  return (secret, name) => {
    const text = secret.replace(/^whsec_/, "");
    if (!base64.test(text))
      throw new TypeError(`${name} is not base64, with or without whsec_`);
    const bytes = Buffer.from(text, "base64");
    // Put this way round, a minimum that is not a number refuses.
    if (!(bytes.length >= Math.max(minKeyBytes, 1)))
      throw new TypeError(
        `${name} holds fewer than ${minKeyBytes} bytes once it is decoded`,
      );
    return [hmacSha256(bytes)];
  };
}

/** Every key of a text in PEM: there may be several, and none is passed over. */
export function rsaKeys(text: string, name: string): readonly KeyObject[] {
  const pem = text.replace(/\\[nr]/g, "\n");
  if (/PRIVATE KEY/.test(pem)) throw isPrivate(name);
  const block = /-----BEGIN [^-]*-----([^-]*)-----END [^-]*-----/g;
  const blocks = Array.from(pem.matchAll(block), ([, content]) => content);
  if (blocks.length > 0 && pem.replace(block, "").trim() !== "")
    throw new TypeError(`${name} holds text outside of its PEM blocks`);
  return (blocks.length > 0 ? blocks : [pem]).map((content = "") =>
    rsaKey(content.replace(/\s/g, ""), name),
  );
}

/** Freshchat labels an SPKI key `RSA PUBLIC KEY`, so the label is ignored and both structures are tried. */
function rsaKey(content: string, name: string): KeyObject {
  const der = Buffer.from(base64.test(content) ? content : "", "base64");
  if (imported(createPrivateKey, der, ["pkcs8", "pkcs1", "sec1"]))
    throw isPrivate(name);
  const key = imported(createPublicKey, der, ["spki", "pkcs1"]);
  if (key?.asymmetricKeyType !== "rsa")
    throw new TypeError(`${name} is not an RSA public key in PEM`);
  const { modulusLength = 0, publicExponent = 0n } =
    key.asymmetricKeyDetails ?? {};
  if (modulusLength < 2048)
    throw new TypeError(`${name} is an RSA key of fewer than 2048 bits`);
  // With 1 for the exponent, every signature is as good as another: anybody can make one.
  if (publicExponent < 3n)
    throw new TypeError(`${name} is an RSA key that protects nothing`);
  // At this size, the length of the structure always takes two bytes. What came behind it would be passed over.
  if (der.length !== 4 + der.readUInt16BE(2))
    throw new TypeError(`${name} holds more than one key, or a key cut short`);
  return key;
}

function imported<Type>(
  importKey: (key: { key: Buffer; format: "der"; type: Type }) => KeyObject,
  key: Buffer,
  types: readonly Type[],
): KeyObject | undefined {
  for (const type of types) {
    try {
      return importKey({ key, format: "der", type });
    } catch {
      // The next structure, or none.
    }
  }
  return undefined;
}

function isPrivate(name: string): TypeError {
  return new TypeError(
    `${name} is a private key: replace it, and give its public key`,
  );
}

export function sha256(given: string | Uint8Array): Uint8Array {
  return createHash("sha256").update(given).digest();
}
