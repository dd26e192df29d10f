import { answers, refusal, type Answer } from "./answers.js";
import { chunksOf, collect, decodeBody, sizeOf, stop } from "./body.js";
import {
  callbacks,
  failed,
  isPromise,
  late,
  nothing,
  type Scope,
} from "./callbacks.js";
import { routes } from "../events.js";
import type {
  Delivery,
  LateWork,
  Received,
  Receiver,
  ReceiverOptions,
  UnknownEvent,
} from "./options.js";
import { printable, printablePointer, type Refusal } from "./refusals.js";
import { entryOf, verifierOf, type Entry } from "./entries.js";
import {
  mediaType,
  pathTable,
  readHeaders,
  requestTarget,
  takes,
  tellEvent,
  type Target,
} from "./routing.js";
import type { Verdict } from "./signatures.js";
import { charsetOf, isKnownCharset } from "./text.js";
import { ownValue, type Issue } from "./standard-schema.js";

export type { Answer } from "./answers.js";
export type { ErrorContext, OnError } from "./callbacks.js";
export type * from "./options.js";
export type { ReceiverEvent, Refusal } from "./refusals.js";

/** An authentic delivery on its way. */
interface Journey {
  readonly scope: Progress;
  readonly target: Target<Entry>;
  readonly type: string;
  readonly received: Received;
  /** Whether its payload is what `onRejected` made of it. */
  readonly repaired: boolean;
}

/** A scope that is filled in on the way: a copy for each step would cost as much as all else that is done here. */
type Progress = { -readonly [K in keyof Scope]: Scope[K] };

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

const form = "application/x-www-form-urlencoded";

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
 * - 200 handled, ignored, unknown to the document (`onUnknownEvent`), or still at work at the deadline
 * - 500 no handler, or something threw: the sender tries again; `onError`
 *
 * @throws TypeError for options that leave a hole, such as a product without its verifier
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { maxBodyBytes = 1_048_576, deadlineMs = 4500 } = options;
  if (!(maxBodyBytes >= 0 && deadlineMs >= 0))
    throw new TypeError("maxBodyBytes and deadlineMs must be numbers");
  const entries = routes.map((route) => entryOf(route, options.handlers));
  const paths = pathTable(
    entries,
    options.basePath ?? "/",
    options.routes ?? {},
  );
  const verifiers = new Map(
    routes.map(({ product }) => [product, verifierOf(product, options.verify)]),
  );
  const { run, tell, observe } = callbacks(
    deadlineMs,
    options.onError,
    options.on,
  );

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

      const receivedAt = timeOf(options.now);
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
      const received = { product, receivedAt, headers, rawBody };
      const journey = { scope, target, type, received, repaired: false };
      const decoded = decodeBody(rawBody, type === form, charset);
      return await ("reason" in decoded
        ? reject(400, decoded.reason, [], undefined, journey)
        : open(decoded.payload, journey));
    } catch (error) {
      tell(error, scope);
      return answers.failed;
    } finally {
      // For `awaitLate`. More may be added meanwhile.
      for (const work of pending) await work;
    }
  }

  function refuse(
    status: Refusal["status"],
    reason: string,
    scope: Scope,
    issues: readonly Issue[] = [],
    detail: string = reason,
  ): Answer {
    const { path, product, event } = scope;
    const [issue] = issues;
    observe(
      {
        type: "refused",
        status,
        path: printable(path),
        product,
        event,
        reason: printable(detail),
        issue: issue && printablePointer(issue.path),
      },
      scope,
    );
    return refusal(status, reason, issues);
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
      "dropped",
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
      "dropped",
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

  /** From the payload to its event. */
  function open(payload: unknown, journey: Journey): Answer | Promise<Answer> {
    const { scope, target, type, received } = journey;
    if (target.event !== undefined)
      return handle(target.event, payload, journey);
    const told = tellEvent(target.discriminators, payload);
    if ("event" in told) {
      scope.event = told.event.name;
      if (!takes(told.event, type))
        return refuse(415, "unsupported media type", scope);
      return handle(told.event, payload, journey);
    }
    if ("unknown" in told)
      return passOn(
        { ...received, discriminator: told.unknown, payload },
        scope,
      );
    const issue = {
      message: "must be a string that names the event",
      path: told.missing,
    };
    const reason = "the payload names no event";
    return reject(422, reason, [issue], payload, journey);
  }

  function handle(
    entry: Entry,
    payload: unknown,
    journey: Journey,
  ): Answer | Promise<Answer> {
    const { issues } = entry.validate(payload);
    if (issues !== undefined)
      return reject(422, "the payload is not valid", issues, payload, journey);
    const { name, handler, keyOf } = entry;
    if (handler === "ignore") return answers.ignored;
    if (handler === undefined) {
      tell(
        new Error("the event has no handler: write one, or ignore it"),
        journey.scope,
      );
      return answers.failed;
    }
    const { product, receivedAt, headers, rawBody } = journey.received;
    const deliveryKey = keyOf(headers, payload);
    const event = {
      name,
      product,
      payload,
      deliveryKey,
      receivedAt,
      headers,
      rawBody,
    };
    return run(() => handler(event), journey.scope, handledAnswer);
  }

  function reject(
    status: 400 | 422,
    reason: string,
    issues: readonly Issue[],
    payload: unknown,
    journey: Journey,
  ): Answer | Promise<Answer> {
    const { scope, received, repaired } = journey;
    if (repaired) return refuse(status, reason, scope, issues);
    const { event } = scope;
    const rejection = { ...received, status, reason, issues, payload, event };
    return run(
      () => options.onRejected?.(rejection),
      scope,
      (result) => {
        if (result === "accept") return answers.accepted;
        return typeof result === "object" && "payload" in result
          ? open(result.payload, { ...journey, repaired: true })
          : refuse(status, reason, scope, issues);
      },
    );
  }

  function passOn(
    delivery: UnknownEvent,
    scope: Scope,
  ): Answer | Promise<Answer> {
    return run(
      () => options.onUnknownEvent?.(delivery),
      scope,
      (result) => (result === failed ? answers.failed : answers.unknown),
    );
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

function handledAnswer(outcome: unknown): Answer {
  if (outcome === failed) return answers.failed;
  return outcome === late ? answers.late : answers.handled;
}

/** @throws TypeError where the clock has no time to tell */
function timeOf(now: ReceiverOptions["now"]): Date {
  if (now === undefined) return new Date();
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
