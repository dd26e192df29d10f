import type { Body } from "./body.js";
import type { NodeRequest } from "./node-http.js";

/**
 * A request's body: its bytes where they are here, its stream, or the bytes that a parser before has kept.
 *
 * @param mounting what to do where the bytes are gone, as the end of a sentence
 */
export function bodyOf(request: NodeRequest, mounting: string): Body {
  if (!request.readableDidRead)
    return (
      whole(request) ?? { [Symbol.asyncIterator]: () => chunksOf(request) }
    );
  const { rawBody, body } = request as { rawBody?: unknown; body?: unknown };
  const kept = [rawBody, body].find((each) => ArrayBuffer.isView(each));
  return (kept as Uint8Array | undefined) ?? alreadyRead(mounting);
}

/**
 * A body that came in the same packet as its headers, as most deliveries do: it takes no events, and no timer to wait for it.
 * Undefined where somebody else listens, or there is more to come.
 */
function whole(request: NodeRequest): Uint8Array | undefined {
  if (
    !request.complete ||
    request.readableLength === 0 ||
    request.readableFlowing !== null ||
    request.readableEncoding !== null ||
    request.listenerCount("readable") > 0
  )
    return undefined;
  const { buffer, byteOffset, byteLength } = request.read() as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** In the place of a body whose bytes are gone: an error that says so, once the body is asked for. */
function alreadyRead(mounting: string): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      throw new TypeError(
        `something read the body before the receiver, which needs its raw bytes: ${mounting}`,
      );
    },
  };
}

type Result = IteratorResult<Uint8Array, undefined>;

const end: Result = { done: true, value: undefined };

/**
 * The chunks of a body, by its events: the request's own iterator takes twice as long, and its `return` would destroy the
 * connection together with the answer. What is not asked for stays with the sender.
 */
function chunksOf(request: NodeRequest): AsyncIterator<Uint8Array, undefined> {
  // The other events come late, and not at all where nobody reads.
  if (request.listenerCount("readable") > 0) {
    const chunks = request[Symbol.asyncIterator]();
    return { next: () => chunks.next() as Promise<Result> };
  }
  const waiting: Uint8Array[] = [];
  let state: "open" | "ended" | "broken" = "open";
  let answer: ((result: Result | Promise<Result>) => void) | undefined;
  const next = (): Result | Promise<Result> | undefined => {
    const value = waiting.shift();
    if (value !== undefined) return { done: false, value };
    if (state === "open") return undefined;
    return state === "ended" ? end : Promise.reject(new Error("broken off"));
  };
  const tell = (): void => {
    const given = answer && next();
    if (given === undefined) return;
    answer?.(given);
    answer = undefined;
  };
  const take = (chunk: Uint8Array): void => {
    waiting.push(chunk);
    if (answer === undefined) request.pause();
    tell();
  };
  const finish = (): void => {
    if (state === "open") state = request.readableEnded ? "ended" : "broken";
    tell();
  };
  request.on("data", take).on("end", finish).on("close", finish);
  if (request.readableEnded || request.destroyed) finish();
  return {
    next() {
      const given = next();
      if (given !== undefined) return Promise.resolve(given);
      request.resume();
      return new Promise((resolve) => (answer = resolve));
    },
    return() {
      request.off("data", take).pause();
      state = "broken";
      return Promise.resolve(end);
    },
  };
}
