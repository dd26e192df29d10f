import { Buffer } from "node:buffer";
import * as crypto from "node:crypto";

/** The HMAC-SHA256 of a text and the bytes after it, with one secret. */
export type Hmac = (
  text: string,
  bytes: Uint8Array,
  encoding: "hex" | "base64",
) => string;

type Hash = (
  algorithm: string,
  data: Uint8Array,
  encoding: "hex" | "base64" | "binary",
) => string;

/** What hashes in one call is not in every version of Node, nor in every type of it. */
interface Crypto {
  readonly hash?: Hash;
  readonly createHmac: typeof crypto.createHmac;
}

/** Of SHA-256. */
const blockBytes = 64;
const digestBytes = 32;

/** To copy more takes longer than what is saved. */
const maxCopied = 16_384;

/**
 * Imports a secret once. HMAC is two hashes (RFC 2104, section 2). Where Node computes a hash in one call, two of those
 * take half the time of an `Hmac` object, which is made anew for each message.
 */
export function hmacSha256(
  secret: Uint8Array,
  { hash }: Pick<Crypto, "hash"> = crypto as Crypto,
): Hmac {
  const key = crypto.createSecretKey(secret);
  const streamed: Hmac = (text, bytes, encoding) =>
    crypto
      .createHmac("sha256", key)
      .update(text)
      .update(bytes)
      .digest(encoding);
  if (typeof hash !== "function") return streamed;
  const block =
    secret.length > blockBytes
      ? crypto.createHash("sha256").update(secret).digest()
      : secret;
  const inner = Buffer.alloc(blockBytes, 0x36);
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);
  for (const [at, byte] of block.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (text, bytes, encoding) => {
    // A character takes three bytes of UTF-8 at most. What are no bytes, `streamed` refuses.
    const length = 3 * text.length + bytes.length;
    if (!(bytes instanceof Uint8Array) || length > maxCopied)
      return streamed(text, bytes, encoding);
    message.set(inner);
    const start =
      text === "" ? blockBytes : blockBytes + message.write(text, blockBytes);
    message.set(bytes, start);
    const digest = hash(
      "sha256",
      message.subarray(0, start + bytes.length),
      "binary",
    );
    outer.write(digest, blockBytes, "latin1");
    return hash("sha256", outer, encoding);
  };
}

/** One for all secrets: nothing waits between its filling and its hashing. It holds a block and `maxCopied` bytes. */
const message = /* @__PURE__ */ Buffer.alloc(16_448);
