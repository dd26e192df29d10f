import { chunksOf, collect, decodeBody, sizeOf } from "./body.js";
import {
  callbacks,
  failed,
  isPromise,
  late,
  type OnError,
  type Scope,
} from "./callbacks.js";
import {
  routes,
  type ByProduct,
  type EventName,
  type Handlers,
  type Product,
  type Route,
} from "./events.js";
import {
  deliveryKeyReader,
  mediaType,
  pathTable,
  queryOf,
  readHeaders,
  takes,
  tellEvent,
  withoutQuery,
  type DeliveryKeyReader,
  type Target,
} from "./routing.js";
import type { Verifier } from "./signatures.js";
import { validators } from "./validators/index.js";
import {
  ownValue,
  type Issue,
  type StandardResult,
} from "./validators/runtime.js";

export type { ErrorContext, OnError } from "./callbacks.js";

/** A delivery as any server can hand it over. */
export interface Delivery {
  readonly method: string;
  /** The path as the request has it, not decoded. Its query string is for verifiers alone. */
  readonly path: string;
  /** In any case. An array says that the header was repeated: no verifier gets to see it. */
  readonly headers: Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
  /** The raw bytes, or a stream of them: that is read up to the limit, and not before all that needs no body is settled. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  /** Where the platform may stop the process after the answer: keeps it alive for work that outran the deadline. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver {
  /** Answers a delivery. Never rejects. Without `waitUntil` in the delivery, the process is taken to live on. */
  receive(delivery: Delivery): Promise<Answer>;
  /**
   * The same for servers that speak `Request` and `Response`. Without `waitUntil` in the context, the platform is taken to
   * stop after the answer: it waits for work that outran the deadline. Rejects only for a request whose body somebody
   * has read already.
   */
  fetch(request: Request, context?: FetchContext): Promise<Response>;
}

export interface FetchContext {
  waitUntil?(work: Promise<unknown>): void;
}

export interface ReceiverOptions {
  /** A function or `ignore` for every event. */
  readonly handlers: Handlers;
  /** How the deliveries of each product are authenticated. */
  readonly verify: ByProduct<Verifier>;
  /** Where the kit's own paths begin: `<basePath>/<event>`, and `<basePath>/<product>` where the payload names the event. */
  readonly basePath?: string | undefined;
  /** Paths of your own, whole, whatever `basePath` is: `{ '/hooks/new-ticket': 'freshdesk/ticket-created' }`. */
  readonly routes?: Readonly<Record<string, EventName>> | undefined;
  /** 1 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
  /** When an answer is due, handled or not: 4500 by default, because the sender waits for 5 seconds. */
  readonly deadlineMs?: number | undefined;
  readonly now?: (() => Date) | undefined;
  /** Takes authenticated deliveries that are not what they should be. `'accept'` says that it dealt with one: 200. */
  readonly onRejected?:
    | ((rejection: Rejection) => RejectedResult | Promise<RejectedResult>)
    | undefined;
  /** Takes deliveries that name an event which the document does not have: 200, or 500 if this throws. */
  readonly onUnknownEvent?:
    ((delivery: UnknownEvent) => void | Promise<void>) | undefined;
  /** Takes every error of these functions, of handlers, and of verifiers that could not do their work. By default one line on stderr. */
  readonly onError?: OnError | undefined;
}

export type RejectedResult = "accept" | undefined | void;

/** An authenticated delivery, not yet looked into. */
export interface Received {
  readonly product: Product;
  readonly receivedAt: Date;
  /** As in `WebhookEvent`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly rawBody: Uint8Array;
}

export interface Rejection extends Received {
  /** 400 for a body that cannot be read, 422 for a payload that is not valid. */
  readonly status: 400 | 422;
  readonly reason: string;
  readonly issues: readonly Issue[];
  /** Undefined while only the product is known. */
  readonly event: EventName | undefined;
}

export interface UnknownEvent extends Received {
  /** What stands where the payload names its event. */
  readonly discriminator: string;
  readonly payload: unknown;
}

/** An event with all that its deliveries need. */
interface Entry extends Route {
  readonly validate: (payload: unknown) => StandardResult<unknown>;
  readonly keyOf: DeliveryKeyReader;
  readonly handler: ((event: unknown) => unknown) | "ignore" | undefined;
}

const form = "application/x-www-form-urlencoded";

const answers = {
  handled: answer(200, { result: "handled" }),
  ignored: answer(200, { result: "ignored" }),
  unknown: answer(200, { result: "unknown event" }),
  accepted: answer(200, { result: "accepted" }),
  late: answer(200, { result: "received" }),
  brokenOff: answer(400, { error: "the body broke off" }),
  unauthorized: answer(401, { error: "unauthorized" }),
  notFound: answer(404, { error: "not found" }),
  notAllowed: answer(405, { error: "method not allowed" }, { allow: "POST" }),
  tooLarge: answer(413, { error: "body too large" }),
  unsupported: answer(415, { error: "unsupported media type" }),
  failed: answer(500, { error: "internal error" }),
};

/**
 * The way from raw bytes to a typed handler: authenticated, validated, answered in time. What is answered, in this order:
 *
 * - 404 the path names neither an event nor a product whose payloads do
 * - 405 not POST
 * - 413 over `maxBodyBytes`
 * - 415 a content type other than JSON, none, or what the event lists
 * - 401 authentication missing or wrong
 * - 400 not UTF-8, not JSON, a form beyond its limits; `onRejected`
 * - 422 not valid, or another event than the path says; `onRejected`
 * - 200 handled, ignored, unknown to the document (`onUnknownEvent`), or still at work at the deadline
 * - 500 no handler, or something threw: the sender tries again; `onError`
 *
 * @throws TypeError for options that leave a hole, such as a product without its verifier
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { maxBodyBytes = 1_048_576, deadlineMs = 4500, now } = options;
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
  const { run, tell } = callbacks(deadlineMs, options.onError);

  async function receive(delivery: Delivery): Promise<Answer> {
    let scope: Scope = {
      started: Date.now(),
      waitUntil: undefined,
      product: undefined,
      event: undefined,
    };
    try {
      const target = paths.get(withoutQuery(delivery.path));
      if (target === undefined) return answers.notFound;
      if (delivery.method !== "POST") return answers.notAllowed;
      const { product, event } = target;
      scope = {
        started: scope.started,
        waitUntil: delivery.waitUntil,
        product,
        event: event?.name,
      };

      const { headers, single } = readHeaders(delivery.headers);
      if (sizeOf(delivery.body, headers.get("content-length")) > maxBodyBytes)
        return answers.tooLarge;
      const type = mediaType(headers);
      if (!takes(target, type)) return answers.unsupported;
      const rawBody = ArrayBuffer.isView(delivery.body)
        ? delivery.body
        : await collect(delivery.body, maxBodyBytes);
      if (rawBody === "too large") return answers.tooLarge;
      if (rawBody === "broken off") return answers.brokenOff;

      const receivedAt = now === undefined ? new Date() : now();
      const judged = verifiers.get(product)?.({
        headers: single,
        query: queryOf(delivery.path),
        body: rawBody,
        now: receivedAt,
      });
      const verdict = isPromise(judged)
        ? // What a verifier still does after the deadline is nothing to wait for.
          await run(
            () => judged,
            { ...scope, waitUntil: undefined },
            (outcome) => outcome,
          )
        : judged;
      if (verdict === failed) return answers.failed;
      if (verdict === late) {
        tell(new Error("the verifier outran the deadline"), scope);
        return answers.failed;
      }
      if (verdict?.ok !== true) {
        if (verdict === undefined || !("error" in verdict))
          return answers.unauthorized;
        tell(verdict.error, scope);
        return answers.failed;
      }
      return await open(
        target,
        type,
        { product, receivedAt, headers, rawBody },
        scope,
      );
    } catch (error) {
      tell(error, scope);
      return answers.failed;
    }
  }

  /** From an authentic body to a payload and its event. */
  function open(
    target: Target<Entry>,
    type: string,
    received: Received,
    scope: Scope,
  ): Answer | Promise<Answer> {
    const decoded = decodeBody(received.rawBody, type === form);
    if ("reason" in decoded)
      return reject(400, decoded.reason, [], received, scope);
    const { payload } = decoded;
    if (target.event !== undefined)
      return handle(target.event, payload, received, scope);
    const told = tellEvent(target.discriminators, payload);
    if ("event" in told) {
      if (!takes(told.event, type)) return answers.unsupported;
      return handle(told.event, payload, received, {
        ...scope,
        event: told.event.name,
      });
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
    return reject(422, "the payload names no event", [issue], received, scope);
  }

  function handle(
    entry: Entry,
    payload: unknown,
    received: Received,
    scope: Scope,
  ): Answer | Promise<Answer> {
    const { issues } = entry.validate(payload);
    if (issues !== undefined)
      return reject(422, "the payload is not valid", issues, received, scope);
    const { name, handler, keyOf } = entry;
    if (handler === "ignore") return answers.ignored;
    if (handler === undefined) {
      tell(
        new Error("the event has no handler: write one, or ignore it"),
        scope,
      );
      return answers.failed;
    }
    const { product, receivedAt, headers, rawBody } = received;
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
    return run(
      () => handler(event),
      scope,
      (result) =>
        result === failed
          ? answers.failed
          : result === late
            ? answers.late
            : answers.handled,
    );
  }

  function reject(
    status: 400 | 422,
    reason: string,
    issues: readonly Issue[],
    received: Received,
    scope: Scope,
  ): Promise<Answer> {
    const rejection = {
      ...received,
      status,
      reason,
      issues,
      event: scope.event,
    };
    return run(
      () => options.onRejected?.(rejection),
      scope,
      (result) =>
        result === "accept"
          ? answers.accepted
          : answer(
              status,
              status === 422 ? { error: reason, issues } : { error: reason },
            ),
    );
  }

  function passOn(delivery: UnknownEvent, scope: Scope): Promise<Answer> {
    return run(
      () => options.onUnknownEvent?.(delivery),
      scope,
      (result) => (result === failed ? answers.failed : answers.unknown),
    );
  }

  async function fetch(
    request: Request,
    context?: FetchContext,
  ): Promise<Response> {
    if (request.bodyUsed)
      throw new TypeError(
        "the body has been read already: the receiver needs its raw bytes",
      );
    const pending: Promise<unknown>[] = [];
    const { pathname, search } = new URL(request.url);
    const { status, headers, body } = await receive({
      method: request.method,
      path: pathname + search,
      headers: headersOf(request),
      body: request.body === null ? new Uint8Array() : chunksOf(request.body),
      waitUntil: (work) =>
        context?.waitUntil ? context.waitUntil(work) : pending.push(work),
    });
    await Promise.all(pending);
    return new Response(body, { status, headers });
  }

  return { receive, fetch };
}

function entryOf(route: Route, handlers: Handlers): Entry {
  const { name } = route;
  const given = ownValue(handlers, [name]);
  const ignored = ownValue(given, ["handling"]) === "ignore";
  return {
    ...route,
    validate: validators[name]["~standard"].validate,
    keyOf: deliveryKeyReader(route.deliveryKey),
    // The validator of an event and its handler agree on the payload's type: both are looked up by the event's name.
    handler:
      typeof given === "function"
        ? (given as (event: unknown) => unknown)
        : ignored
          ? "ignore"
          : undefined,
  };
}

function verifierOf(
  product: Product,
  verify: ReceiverOptions["verify"],
): Verifier {
  const verifier = ownValue(verify, [product]);
  if (typeof verifier === "function") return verifier as Verifier;
  throw new TypeError(
    `verify.${product} is missing: name a scheme, or dangerouslyUnverified()`,
  );
}

/* @__NO_SIDE_EFFECTS__ */
function answer(
  status: number,
  body: object,
  headers?: Record<string, string>,
): Answer {
  return Object.freeze({
    status,
    headers: Object.freeze({ "content-type": "application/json", ...headers }),
    body: JSON.stringify(body),
  });
}

function headersOf(request: Request): Record<string, string> {
  const entries: [string, string][] = [];
  request.headers.forEach((value, name) => entries.push([name, value]));
  return Object.fromEntries(entries);
}
