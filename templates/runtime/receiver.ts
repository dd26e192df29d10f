import { answers, type Answer } from "./answers.js";
import { chunksOf, collect, decodeBody, form, sizeOf, stop } from "./body.js";
import {
  callbacks,
  failed,
  isPromise,
  late,
  nothing,
  type Scope,
} from "./callbacks.js";
import { routes } from "../events.js";
import { entryOf, verifierOf } from "./entries.js";
import { handling, type Progress } from "./handling.js";
import type { Delivery, LateWork } from "./options.js";
import type { Receiver, ReceiverOptions } from "./options.js";
import {
  mediaType,
  pathTable,
  readHeaders,
  requestTarget,
  takes,
} from "./routing.js";
import type { Verdict } from "./signatures.js";
import { ownValue } from "./standard-schema.js";
import { storing } from "./storing.js";
import { charsetOf, isKnownCharset } from "./text.js";

export type { Answer } from "./answers.js";
export type { After, ErrorContext, OnError } from "./callbacks.js";
export type * from "./options.js";
export { memory } from "./deduplicate.js";
export type { Claim, DeliveryStore, MemoryOptions } from "./deduplicate.js";
export type * from "./hooks.js";
export type { Refusal } from "./refusals.js";

/** Before anything is known. */
function beginning(started: number): Progress {
  return {
    started,
    path: "",
    waitUntil: undefined,
    product: undefined,
    event: undefined,
  };
}

/**
 * The way from raw bytes to a typed handler: authenticated, validated, answered in time. What is answered, in this order:
 *
 * - 404 the path names neither an event nor a product whose payloads do
 * - 405 not POST
 * - 413 over `maxBodyBytes`
 * - 415 a content type other than JSON, none, or what the event lists; a charset that nobody knows
 * - 408 a body that did not come before the deadline
 * - 401 authentication missing or wrong
 * - 400 not text, not JSON, a form beyond its limits; `onRejected`
 * - 422 not valid, or another event than the path says; `onRejected`
 * - 200 handled, ignored, unknown to the document (`onUnknownEvent`), or still at work at the deadline; with an inbox, stored
 * - 500 no handler, or something threw: the sender tries again; `onError`
 * - 503 the inbox, or the store that deduplicates, did not take the delivery in time; or another process is at work on it
 *
 * @throws TypeError for options that leave a hole, such as a product without its verifier
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { maxBodyBytes = 1_048_576, deadlineMs = 4500 } = options;
  if (!(maxBodyBytes >= 0 && deadlineMs >= 0))
    throw new TypeError("maxBodyBytes and deadlineMs must be numbers");
  const entries = routes.map((route) =>
    entryOf(route, options.handlers, options.deliveryKeys),
  );
  const paths = pathTable(
    entries,
    options.basePath ?? "/",
    options.routes ?? {},
  );
  const verifiers = new Map(
    routes.map(({ product }) => [product, verifierOf(product, options.verify)]),
  );
  const calls = callbacks(
    deadlineMs,
    options.onError,
    options.on,
    options.after,
  );
  const { run, tell, hooks, observe } = calls;
  const { refuse, handle, done } = handling(options, calls);
  const process =
    options.inbox === undefined ? handle : storing(options, calls, done);

  async function receive(delivery: Delivery): Promise<Answer> {
    const pending: Promise<unknown>[] = [];
    const scope = beginning(Date.now());
    try {
      const { path, query } = requestTarget(delivery.path);
      scope.path = path;
      const target = paths.get(path);
      if (target === undefined) return refuse(404, "not found", scope);
      const { product, event } = target;
      scope.waitUntil =
        delivery.waitUntil ??
        (delivery.awaitLate === true
          ? (work: Promise<unknown>) => void pending.push(work)
          : undefined);
      scope.product = product;
      scope.event = event?.name;
      if (delivery.method !== "POST")
        return refuse(405, "method not allowed", scope);

      const { headers, single } = readHeaders(delivery.headers);
      if (sizeOf(delivery.body, headers.get("content-length")) > maxBodyBytes)
        return refuse(413, "body too large", scope);
      const type = mediaType(headers);
      if (!takes(target, type))
        return refuse(415, "unsupported media type", scope);
      const contentType = headers.get("content-type") ?? "";
      const charset = contentType === type ? undefined : charsetOf(contentType);
      if (charset !== undefined && !isKnownCharset(charset))
        return refuse(415, "unsupported charset", scope);
      const rawBody = ArrayBuffer.isView(delivery.body)
        ? delivery.body
        : await read(delivery.body, scope);
      if ("status" in rawBody) return rawBody;

      const receivedAt = timeOf(options.now, scope);
      const request = {
        headers: single,
        query,
        body: rawBody,
        now: receivedAt,
      };
      const judged = verifiers.get(product)?.(request);
      const refused = isPromise(judged)
        ? await authenticateLater(judged, scope)
        : authenticated(judged, scope);
      if (refused !== undefined) return refused;
      if (hooks.received !== undefined)
        observe(hooks.received, { bytes: rawBody.byteLength }, scope);
      return await process(decodeBody(rawBody, type === form, charset), {
        scope,
        target,
        type,
        product,
        receivedAt,
        headers,
        rawBody,
        repaired: false,
      });
    } catch (error) {
      tell(error, scope);
      return answers.failed;
    } finally {
      // For `awaitLate`. More may be added meanwhile.
      for (const work of pending) await work;
    }
  }

  /** The bytes of a stream, or the answer where they cannot be had. */
  async function read(
    body: AsyncIterable<Uint8Array>,
    scope: Scope,
  ): Promise<Uint8Array | Answer> {
    const chunks = body[Symbol.asyncIterator]();
    return run(
      () => collect(chunks, maxBodyBytes),
      scope,
      (outcome) => {
        if (outcome === failed) return answers.failed;
        if (outcome === "too large")
          return refuse(413, "body too large", scope);
        if (outcome === "broken off")
          return refuse(400, "the body broke off", scope);
        if (outcome !== late) return outcome;
        stop(chunks);
        return refuse(408, "the body did not come in time", scope);
      },
      { isDropped: true },
    );
  }

  /** What a verifier still does after the deadline is nothing to wait for. */
  async function authenticateLater(
    judged: Promise<Verdict>,
    scope: Scope,
  ): Promise<Answer | undefined> {
    const verdict = await run(
      () => judged,
      scope,
      (outcome) => outcome,
      { isDropped: true },
    );
    if (verdict === failed) return answers.failed;
    if (verdict !== late) return authenticated(verdict, scope);
    tell(new Error("the verifier outran the deadline"), scope);
    return answers.failed;
  }

  /** Nothing for a delivery that is authentic, else the answer. */
  function authenticated(
    verdict: Verdict | undefined,
    scope: Scope,
  ): Answer | undefined {
    if (verdict?.ok === true) return undefined;
    if (verdict === undefined || !("error" in verdict))
      return refuse(401, "unauthorized", scope, [], reasonOf(verdict));
    tell(verdict.error, scope);
    return answers.failed;
  }

  async function fetch(
    request: Request,
    context?: LateWork,
  ): Promise<Response> {
    const { status, headers, body } = await responding(request, context);
    return new Response(body, { status, headers });
  }

  async function responding(
    request: Request,
    context: LateWork | undefined,
  ): Promise<Answer> {
    try {
      return await receive({
        method: request.method,
        path: request.url,
        headers: headersOf(request),
        body: chunksOf(request),
        waitUntil:
          typeof context?.waitUntil === "function"
            ? (work) => context.waitUntil?.(work)
            : undefined,
        awaitLate: context?.awaitLate,
      });
    } catch (error) {
      report(error);
      return answers.failed;
    }
  }

  function report(error: unknown): void {
    tell(error, beginning(0));
  }

  return { receive, fetch, report };
}

/** @throws TypeError where the clock has no time to tell */
function timeOf(now: ReceiverOptions["now"], { started }: Scope): Date {
  if (now === undefined) return new Date(started);
  const time: unknown = now();
  if (time instanceof Date && !Number.isNaN(time.getTime())) return time;
  if (isPromise(time)) Promise.resolve(time).catch(nothing);
  throw new TypeError("now must return a Date");
}

/** Why a verifier refused, in its own words: they are for the log, not for the answer. */
function reasonOf(verdict: Verdict | undefined): string {
  const reason: unknown = ownValue(verdict, ["reason"]);
  return typeof reason === "string"
    ? `unauthorized: ${reason}`
    : "unauthorized";
}

function headersOf(request: Request): Record<string, string> {
  const entries: [string, string][] = [];
  request.headers.forEach((value, name) => entries.push([name, value]));
  return Object.fromEntries(entries);
}
