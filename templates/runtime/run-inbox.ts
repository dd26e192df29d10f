import { Buffer } from "node:buffer";
import { routes, type Handlers } from "../events.js";
import { decodeBody, form } from "./body.js";
import { callbacks, longestTimer, type OnError } from "./callbacks.js";
import { entryOf, type Entry } from "./entries.js";
import { lineOf, type Failed, type Handled, type Hooks } from "./hooks.js";
import {
  Unprocessable,
  type InboxQueue,
  type InboxRecord,
  type InboxWorker,
} from "./inbox.js";
import type { Progress } from "./handling.js";
import type {
  DeliveryKeys,
  Received,
  ReceiverOptions,
  Rejection,
} from "./options.js";
import { located, printablePointer } from "./refusals.js";
import { identify, mediaType, pathTable, takes } from "./routing.js";
import type { Target } from "./routing.js";
import type { Issue } from "./standard-schema.js";
import { charsetOf } from "./text.js";

type Callbacks = Pick<ReceiverOptions, "onRejected" | "onUnknownEvent">;

export interface RunInboxOptions extends Callbacks {
  readonly inbox: InboxQueue;
  /** A function or `ignore` for every event. */
  readonly handlers: Handlers;
  /** How many deliveries are worked on at once: 10 by default. */
  readonly concurrency?: number | undefined;
  /** How long a handler has: a minute by default. After that, the delivery counts as failed, whatever the handler still does. */
  readonly timeoutMs?: number | undefined;
  /** The same as those of the receiver. */
  readonly deliveryKeys?: DeliveryKeys | undefined;
  /** Takes every error of handlers and of the inbox. By default one line on stderr. */
  readonly onError?: OnError | undefined;
  readonly on?: Hooks | undefined;
}

/**
 * Works on what the receiver stored, in this process or in another one, until it is stopped: validates, routes, and calls
 * the handlers. Each delivery is handled at least once: a process may die between the work and the note that it is done.
 * A handler that throws is called again, later and later; what keeps failing, and at once what cannot be read or is not
 * valid, goes to the dead letters.
 *
 * @throws TypeError for options that are out of range
 */
export function runInbox(options: RunInboxOptions): InboxWorker {
  const { inbox, concurrency = 10, timeoutMs = 60_000 } = options;
  if (!(Number.isInteger(concurrency) && concurrency > 0 && timeoutMs > 0))
    throw new TypeError("concurrency and timeoutMs must be numbers above 0");
  const entries = routes.map((route) =>
    entryOf(route, options.handlers, options.deliveryKeys),
  );
  const paths = pathTable(entries, "/", {});
  // Nobody waits for an answer, so there is no deadline.
  const { tell, hooks, observe } = callbacks(
    Infinity,
    options.onError,
    options.on,
  );

  function scopeOf(record: InboxRecord | undefined): Progress {
    const path = record?.path ?? "";
    return {
      started: Date.now(),
      path,
      waitUntil: undefined,
      product: record?.product,
      event: paths.get(path)?.event?.name,
    };
  }

  async function handle(
    record: InboxRecord,
    _: AbortSignal,
    attempt: number,
  ): Promise<void> {
    const scope = scopeOf(record);
    try {
      const result = await inTime(() => work(record, scope), timeoutMs);
      if (hooks.handled !== undefined)
        observe(hooks.handled, { result, attempt }, scope);
    } catch (error) {
      if (!(error instanceof Unprocessable)) tell(error, scope, attempt);
      throw error;
    }
  }

  function work(
    record: InboxRecord,
    scope: Progress,
  ): Promise<Handled["result"]> {
    const { path, product, body } = record;
    const target = paths.get(path);
    if (target === undefined)
      throw new Unprocessable("its path leads to no event of this version");
    const headers = new Map(Object.entries(record.headers));
    const receivedAt = new Date(record.receivedAt);
    const rawBody = Buffer.from(body, "base64");
    const received = { product, receivedAt, headers, rawBody };
    const type = mediaType(headers);
    const task = { received, scope, target, type, isRepaired: false };
    const charset = charsetOf(headers.get("content-type") ?? "");
    const decoded = decodeBody(rawBody, type === form, charset);
    return "reason" in decoded
      ? reject(400, decoded.reason, [], undefined, task)
      : open(decoded.payload, task);
  }

  /** From the payload to its event. */
  async function open(
    payload: unknown,
    task: Task,
  ): Promise<Handled["result"]> {
    const { received, scope, target, type } = task;
    const identified = identify(target, payload);
    if ("unknown" in identified) {
      const { unknown: discriminator } = identified;
      await options.onUnknownEvent?.({ ...received, discriminator, payload });
      return "unknown";
    }
    if ("issue" in identified) {
      const reason = "the payload names no event";
      return reject(422, reason, [identified.issue], payload, task);
    }
    const { event } = identified;
    scope.event = event.name;
    if (!takes(event, type)) throw new Unprocessable("unsupported media type");
    const { issues } = event.validate(payload);
    return issues === undefined
      ? call(event, payload, received)
      : reject(422, "the payload is not valid", issues, payload, task);
  }

  async function call(
    { name, handler, keyOf }: Entry,
    payload: unknown,
    received: Received,
  ): Promise<Handled["result"]> {
    if (handler === "ignore") return "ignored";
    if (handler === undefined)
      throw new Error("the event has no handler: write one, or ignore it");
    const deliveryKey = keyOf(received.headers, payload, received.rawBody);
    await handler({ name, ...received, payload, deliveryKey });
    return "handled";
  }

  async function reject(
    status: Rejection["status"],
    reason: string,
    issues: readonly Issue[],
    payload: unknown,
    task: Task,
  ): Promise<Handled["result"]> {
    const { received, scope, isRepaired } = task;
    const { event } = scope;
    const rejection = { ...received, status, reason, issues, payload, event };
    const result = isRepaired
      ? undefined
      : await options.onRejected?.(rejection);
    if (result === "accept") return "accepted";
    if (typeof result === "object" && "payload" in result)
      return open(result.payload, { ...task, isRepaired: true });
    const [issue] = issues;
    throw new Unprocessable(
      issue === undefined
        ? reason
        : `${located(reason, printablePointer(issue.path))}: ${issue.message}`,
    );
  }

  return inbox.work(handle, {
    concurrency,
    onError: (error) => tell(error, scopeOf(undefined)),
    onDead: (record, error, attempt) =>
      observe(
        hooks.deadLettered ?? printDeadLetter,
        { error, attempt },
        scopeOf(record),
      ),
  });
}

/** A record on its way to a handler. */
interface Task {
  readonly received: Received;
  readonly scope: Progress;
  readonly target: Target<Entry>;
  readonly type: string;
  /** Whether its payload is what `onRejected` made of it. */
  readonly isRepaired: boolean;
}

function printDeadLetter({ event, path, error, attempt }: Failed): void {
  console.error(
    `${event ?? path}: ${lineOf(error)}, after ${attempt} attempts: it is among the dead letters`,
  );
}

/** @throws Error where the work took longer */
async function inTime<T>(
  work: () => Promise<T>,
  timeoutMs: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the handler took longer than ${timeoutMs} ms`)),
      Math.min(timeoutMs, longestTimer),
    );
  });
  try {
    return await Promise.race([work(), expired]);
  } finally {
    clearTimeout(timer);
  }
}
