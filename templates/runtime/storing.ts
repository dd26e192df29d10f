import { Buffer } from "node:buffer";
import { routes } from "../events.js";
import { answers, type Answer } from "./answers.js";
import type { Decoded } from "./body.js";
import { failed, late, type Callbacks } from "./callbacks.js";
import type { Handling, Journey } from "./handling.js";
import type { InboxRecord } from "./inbox.js";
import type { InboxOptions } from "./options.js";
import { identify, keyHeaders } from "./routing.js";

/** By then the inbox has to have stored a delivery, so that there is time for another answer. */
const earlyMs = 500;

/** Headers that say what a delivery is, and no secret of anybody's. */
const storedHeaders = [
  "content-type",
  "user-agent",
  "webhook-id",
  "webhook-timestamp",
  "x-retry-count",
  "x-freshchat-payload-version",
  "traceparent",
  "tracestate",
];

/**
 * Puts authentic deliveries into the inbox before they are answered. Whether one can be read and is valid is for the
 * worker to find out: a retry would bring the same bytes.
 */
export function storing(
  { inbox, inboxHeaders = [] }: InboxOptions,
  { run, tell, hooks, observe }: Callbacks,
  done: Handling["done"],
): (decoded: Decoded, journey: Journey) => Answer | Promise<Answer> {
  const kept = [
    ...storedHeaders,
    ...keyHeaders(routes),
    ...inboxHeaders.map((name) => name.toLowerCase()),
  ];

  function recordOf(
    decoded: Decoded,
    journey: Journey,
  ): InboxRecord | "ignored" {
    const { target, scope, headers, rawBody, product, receivedAt } = journey;
    const payload = "payload" in decoded ? decoded.payload : undefined;
    const identified = identify(target, payload);
    const entry = "event" in identified ? identified.event : undefined;
    scope.event = entry?.name;
    if (entry?.handler === "ignore") return "ignored";
    const key = entry?.keyOf(headers, payload, rawBody);
    const shown = kept.flatMap((name) => {
      const value = headers.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      ...(key !== undefined && { key: `${entry?.name}:${key}` }),
      ...(entry?.keyMs !== undefined && { keyMs: entry.keyMs }),
      product,
      path: target.path,
      receivedAt: receivedAt.toISOString(),
      headers: Object.fromEntries(shown),
      body: Buffer.from(rawBody).toString("base64"),
    };
  }

  return (decoded, journey) => {
    const { scope } = journey;
    const record = recordOf(decoded, journey);
    if (record === "ignored") return done("ignored", scope);
    const controller = new AbortController();
    return run(
      () => inbox.put(record, controller.signal),
      scope,
      (result) => {
        if (result === "stored" || result === "duplicate") {
          if (hooks.stored !== undefined)
            observe(hooks.stored, { result }, scope);
          return result === "stored" ? answers.stored : answers.duplicate;
        }
        if (result === late) {
          controller.abort();
          tell(new Error("the inbox outran the deadline"), scope);
        } else if (result !== failed) {
          tell(
            new TypeError("the inbox did not say that it stored the delivery"),
            scope,
          );
        }
        return answers.unavailable;
      },
      { early: earlyMs, isDropped: true },
    );
  };
}
