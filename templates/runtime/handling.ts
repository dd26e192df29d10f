import { answers, refusal, type Answer } from "./answers.js";
import type { Decoded } from "./body.js";
import { failed, late, nothing } from "./callbacks.js";
import type { Callbacks, Scope } from "./callbacks.js";
import { settled, type Claim, type DeliveryStore } from "./deduplicate.js";
import type { Entry } from "./entries.js";
import type { Handled } from "./hooks.js";
import type { Received, ReceiverOptions, Rejection } from "./options.js";
import { printable, printablePointer, type Refusal } from "./refusals.js";
import { identify, takes, type Target } from "./routing.js";
import type { Issue } from "./standard-schema.js";

/** An authentic delivery on its way. */
export interface Journey extends Received {
  readonly scope: Progress;
  readonly target: Target<Entry>;
  readonly type: string;
  /** Whether its payload is what `onRejected` made of it. */
  readonly repaired: boolean;
}

/** A scope that is filled in on the way: a copy for each step would cost as much as all else that is done here. */
export type Progress = { -readonly [K in keyof Scope]: Scope[K] };

/** The way of an authentic delivery to its handler, and the answers on it. */
export interface Handling {
  readonly refuse: (
    status: Refusal["status"],
    reason: string,
    scope: Scope,
    issues?: readonly Issue[],
    detail?: string,
  ) => Answer;
  readonly handle: (
    decoded: Decoded,
    journey: Journey,
  ) => Answer | Promise<Answer>;
  readonly done: (result: Handled["result"], scope: Scope) => Answer;
}

export function handling(
  options: ReceiverOptions,
  { run, tell, hooks, observe }: Callbacks,
): Handling {
  const { deduplicate } = options;

  function refuse(
    status: Refusal["status"],
    reason: string,
    scope: Scope,
    issues: readonly Issue[] = [],
    detail: string = reason,
  ): Answer {
    const [issue] = issues;
    const details = {
      status,
      reason: printable(detail),
      issue: issue && printablePointer(issue.path),
      issues: issues.length,
    };
    observe(hooks.rejected, details, scope);
    return refusal(status, reason, issues);
  }

  function done(result: Handled["result"], scope: Scope): Answer {
    if (hooks.handled !== undefined)
      observe(hooks.handled, { result, attempt: 1 }, scope);
    return answers[result];
  }

  function handle(
    decoded: Decoded,
    journey: Journey,
  ): Answer | Promise<Answer> {
    return "reason" in decoded
      ? reject(400, decoded.reason, [], undefined, journey)
      : open(decoded.payload, journey);
  }

  /** From the payload to its event. */
  function open(payload: unknown, journey: Journey): Answer | Promise<Answer> {
    const { scope, target, type } = journey;
    const identified = identify(target, payload);
    if ("event" in identified) {
      const { event } = identified;
      scope.event = event.name;
      if (!takes(event, type))
        return refuse(415, "unsupported media type", scope);
      return validate(event, payload, journey);
    }
    if ("unknown" in identified) {
      const { unknown: discriminator } = identified;
      const delivery = { ...receivedOf(journey), discriminator, payload };
      return run(
        () => options.onUnknownEvent?.(delivery),
        scope,
        (result) =>
          result === failed ? answers.failed : done("unknown", scope),
      );
    }
    const reason = "the payload names no event";
    return reject(422, reason, [identified.issue], payload, journey);
  }

  function validate(
    entry: Entry,
    payload: unknown,
    journey: Journey,
  ): Answer | Promise<Answer> {
    const { issues } = entry.validate(payload);
    if (issues !== undefined)
      return reject(422, "the payload is not valid", issues, payload, journey);
    const { name, handler } = entry;
    const { scope, product, receivedAt, headers, rawBody } = journey;
    if (handler === "ignore") return done("ignored", scope);
    if (handler === undefined) {
      tell(
        new Error("the event has no handler: write one, or ignore it"),
        scope,
      );
      return answers.failed;
    }
    const deliveryKey = entry.keyOf(headers, payload, rawBody);
    const event = {
      name,
      product,
      payload,
      deliveryKey,
      receivedAt,
      headers,
      rawBody,
    };
    return deduplicate === undefined || deliveryKey === undefined
      ? run(
          () => handler(event),
          scope,
          (outcome) => handledAnswer(outcome, scope),
        )
      : once(deduplicate, `${name}:${deliveryKey}`, entry.keyMs, scope, () =>
          handler(event),
        );
  }

  /** Does the work if nobody has done it, and nobody is at it. */
  function once(
    store: DeliveryStore,
    key: string,
    keyMs: number | undefined,
    scope: Scope,
    work: () => unknown,
  ): Answer | Promise<Answer> {
    let claiming: Claim | Promise<Claim>;
    return run(
      () => (claiming = store.claim(key, keyMs)),
      scope,
      (claim) => {
        if (claim === "done") return done("duplicate", scope);
        if (claim === "new") return workOnce(store, key, scope, work);
        if (claim === late) {
          tell(new Error("the store of deliveries outran the deadline"), scope);
          // What it claims after all is not worked on.
          void Promise.resolve(claiming)
            .then((given) => given === "new" && store.settle(key, "failed"))
            .catch(nothing);
        } else if (claim !== failed && (claim as string) !== "busy") {
          tell(
            new TypeError("the store of deliveries gave no claim that it has"),
            scope,
          );
        }
        return claim === failed ? answers.failed : answers.unavailable;
      },
      { isDropped: true },
    );
  }

  /** A handler that failed is no success, however long the store takes to hear of it. */
  function workOnce(
    store: DeliveryStore,
    key: string,
    scope: Scope,
    work: () => unknown,
  ): Answer | Promise<Answer> {
    let hasFailed = false;
    const fail = (error: unknown): void => {
      hasFailed = true;
      tell(error, scope);
    };
    return run(
      () => settled(store, key, work, fail),
      scope,
      (outcome) => (hasFailed ? answers.failed : handledAnswer(outcome, scope)),
    );
  }

  function handledAnswer(outcome: unknown, scope: Scope): Answer {
    if (outcome === failed) return answers.failed;
    if (outcome === late) return answers.late;
    return done("handled", scope);
  }

  function reject(
    status: 400 | 422,
    reason: string,
    issues: readonly Issue[],
    payload: unknown,
    journey: Journey,
  ): Answer | Promise<Answer> {
    const { scope, repaired } = journey;
    if (repaired) return refuse(status, reason, scope, issues);
    const rejection: Rejection = {
      ...receivedOf(journey),
      status,
      reason,
      issues,
      payload,
      event: scope.event,
    };
    return run(
      () => options.onRejected?.(rejection),
      scope,
      (result) => {
        if (result === "accept") return done("accepted", scope);
        return typeof result === "object" && "payload" in result
          ? open(result.payload, { ...journey, repaired: true })
          : refuse(status, reason, scope, issues);
      },
    );
  }

  return { refuse, handle, done };
}

/** What the user's functions get to see of a delivery. */
function receivedOf({
  product,
  receivedAt,
  headers,
  rawBody,
}: Received): Received {
  return { product, receivedAt, headers, rawBody };
}
