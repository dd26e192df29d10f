import { isPromise, nothing } from "./callbacks.js";
import { decodeForm } from "./form.js";
import { textOf } from "./text.js";

/** The raw bytes of a delivery, or a stream of them. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

export const form = "application/x-www-form-urlencoded";

export type Decoded = Payload | NoPayload;

interface Payload {
  readonly payload: unknown;
}

interface NoPayload {
  readonly reason: string;
}

/**
 * What is known of a body's size before it is read.
 *
 * @throws TypeError for what is neither bytes nor a stream of them
 */
export function sizeOf(body: Body, contentLength: string | undefined): number {
  if (ArrayBuffer.isView(body)) return body.byteLength;
  const stream = body as Partial<AsyncIterable<Uint8Array>> | undefined;
  if (typeof stream?.[Symbol.asyncIterator] === "function")
    return Number(contentLength ?? 0);
  throw new TypeError(
    "body must be the raw bytes, or a stream of them, and not what a parser made of them",
  );
}

/** In the place of a body whose bytes are gone: an error that says so, once the body is asked for. */
export const alreadyRead: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]() {
    throw new TypeError(
      "something read the body before the receiver, which needs its raw bytes: mount the receiver in front of body parsers, or have them keep the bytes in request.rawBody",
    );
  },
};

/** A request's body, by its reader: not on every platform is a stream iterable. */
export function chunksOf({
  body,
  bodyUsed,
}: Pick<Request, "body" | "bodyUsed">): Body {
  if (body === null) return new Uint8Array();
  if (bodyUsed || body.locked) return alreadyRead;
  return {
    [Symbol.asyncIterator]() {
      const reader = body.getReader();
      return {
        next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
        // After the limit, or the deadline, the rest is not wanted.
        return: async () => {
          await reader.cancel();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** The bytes of a stream. What exceeds the limit is not read. */
export async function collect(
  chunks: AsyncIterator<Uint8Array>,
  limit: number,
): Promise<Uint8Array | "too large" | "broken off"> {
  // One buffer that grows: a list of a million one-byte chunks would take a hundred times their size. A body that comes in
  // one chunk is that chunk, which is copied before anything is written behind it.
  let bytes: Uint8Array = new Uint8Array();
  let length = 0;
  let room = Math.min(limit, 16_384);
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await chunks.next();
    } catch {
      return "broken off";
    }
    if (next.done === true) return bytes.subarray(0, length);
    const chunk = next.value;
    if (!ArrayBuffer.isView(chunk)) {
      stop(chunks);
      throw new TypeError(
        "the body must be a stream of bytes, not of text or objects",
      );
    }
    const end = length + chunk.byteLength;
    if (end > limit) {
      stop(chunks);
      return "too large";
    }
    if (length === 0) {
      bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      room = Math.max(room, end);
    } else {
      if (end > room) room = Math.min(limit, Math.max(end, 2 * room));
      if (room > bytes.byteLength) {
        const grown = new Uint8Array(room);
        grown.set(bytes);
        bytes = grown;
      }
      bytes.set(chunk, length);
    }
    length = end;
  }
}

/** Tells a stream that nobody wants the rest. Whether it can stop, and when, is nothing to wait for. */
export function stop(chunks: AsyncIterator<unknown>): void {
  try {
    const stopped: unknown = chunks.return?.();
    if (isPromise(stopped)) Promise.resolve(stopped).catch(nothing);
  } catch {
    // It could not be stopped.
  }
}

/**
 * The payload that a body holds. A byte order mark is dropped; a member named `__proto__` is a member like any other.
 *
 * @param form whether it is `application/x-www-form-urlencoded` with bracket keys instead of JSON
 * @param charset what the content type names, for bytes that are no Unicode
 */
export function decodeBody(
  bytes: Uint8Array,
  form: boolean,
  charset?: string,
): Decoded {
  if (bytes.byteLength === 0) return { reason: "the body is empty" };
  const decoded = textOf(bytes, charset);
  if ("reason" in decoded) return decoded;
  if (form) return decodeForm(decoded.text);
  let payload: unknown;
  try {
    payload = JSON.parse(decoded.text) as unknown;
  } catch {
    // The message of the parser quotes the payload.
    return { reason: "the body is not JSON" };
  }
  return isFinite(payload)
    ? { payload }
    : { reason: "the body holds a number that is too large" };
}

/** Whether every number of a payload is one: `1e999` is read as Infinity. Without recursion, however deep it is nested. */
function isFinite(payload: unknown): boolean {
  const open: object[] = [[payload]];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const member of value as readonly unknown[])
        if (!isFiniteOrOpen(member, open)) return false;
    } else {
      // What was just parsed inherits nothing that this loop shows, and a list of the values would take twice the time.
      for (const name in value)
        if (!isFiniteOrOpen((value as Record<string, unknown>)[name], open))
          return false;
    }
  }
  return true;
}

/** False for an infinite number; what holds other values is left open. */
function isFiniteOrOpen(value: unknown, open: object[]): boolean {
  if (typeof value === "object" && value !== null) open.push(value);
  return value !== Infinity && value !== -Infinity;
}
