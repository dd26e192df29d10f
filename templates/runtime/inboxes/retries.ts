import { createHash } from "node:crypto";
import { longestTimer } from "../callbacks.js";
import { errorText } from "../hooks.js";

/** When work that failed is tried again. */
export interface RetryOptions {
  /** How often a record is tried before it is a dead letter: 12 by default, which takes about two and a half hours. */
  readonly attempts?: number | undefined;
  /** 5 seconds by default; doubled after each failure. */
  readonly firstDelayMs?: number | undefined;
  /** One hour by default. */
  readonly maxDelayMs?: number | undefined;
}

export interface Retries {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** @throws TypeError for what is no number of that kind */
export function retriesOf(options: RetryOptions): Retries {
  return {
    attempts: positive(options.attempts, 12, "attempts"),
    firstDelayMs: positive(options.firstDelayMs, 5_000, "firstDelayMs"),
    maxDelayMs: positive(options.maxDelayMs, 3_600_000, "maxDelayMs"),
  };
}

/** How long to wait after so many failures: doubled each time, and spread, so that what failed together comes back apart. */
export function delayAfter(
  failures: number,
  { firstDelayMs, maxDelayMs }: Retries,
): number {
  const doubled = firstDelayMs * 2 ** Math.min(failures - 1, 30);
  return Math.round(Math.min(doubled, maxDelayMs) * (0.5 + Math.random() / 2));
}

/** @throws TypeError for what is no whole number above 0 */
export function positive(
  value: number | undefined,
  fallback: number,
  name: string,
): number {
  const given = value ?? fallback;
  if (!(Number.isSafeInteger(given) && given > 0))
    throw new TypeError(`${name} is not a whole number above 0`);
  return given;
}

/** The same for what a timer waits for: a longer one would fire at once. */
export function interval(
  value: number | undefined,
  fallback: number,
  name: string,
): number {
  return Math.min(positive(value, fallback, name), longestTimer);
}

/** What senders' retries span: Freshdesk sends the last one 95 minutes after the first. */
const retriesSpanMs = 95 * 60_000;

/** How long a handled record's key is kept: less than the senders' retries would let them through. */
export function keepDone(value: number | undefined): number {
  const keepDoneMs = positive(value, 24 * 3_600_000, "keepDoneMs");
  if (keepDoneMs < retriesSpanMs)
    throw new TypeError(
      `keepDoneMs is below ${retriesSpanMs}: Freshdesk's last retry comes 95 minutes after the first delivery, and would be handled again`,
    );
  return keepDoneMs;
}

/** Dead letters hold whole payloads, so they are not kept for ever: 30 days by default. */
export function keepDead(value: number | undefined): number {
  return positive(value, 30 * 24 * 3_600_000, "keepDeadMs");
}

/** What is kept of an error: its message. */
export function reasonOf(error: unknown): string {
  return storable(errorText(error, messageOf)).slice(0, 2_000);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A text without characters that not every database takes. */
export function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, "\u{fffd}");
}

/** In UTF-16, because UTF-8 has one form for all halves of surrogate pairs, and two keys must not be one. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf16le").digest("hex");
}

export function unknownDead(id: string): Error {
  return new Error(`no dead letter has the id ${id}`);
}
