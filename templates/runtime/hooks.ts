import type { EventName, Product } from "../events.js";
import { refusalPrinter, type Refusal } from "./refusals.js";

/**
 * What a receiver, and the work on an inbox, tell while they work: for logs, metrics and traces. None of it holds a
 * header, a query string or a value of a payload. A hook that throws, or returns a promise that rejects, is an error for
 * `onError` and changes nothing else.
 */
export interface Hooks {
  /** An authentic delivery has come. */
  readonly received?: Hook<Occurrence & { readonly bytes: number }> | undefined;
  /** A delivery was answered with a status of 400 to 499. Without this hook one line on stderr, at most 20 a minute of each status. */
  readonly rejected?: Hook<Refusal> | undefined;
  /** The inbox took a delivery, or had it already. */
  readonly stored?: Hook<Stored> | undefined;
  /** A delivery was dealt with. */
  readonly handled?: Hook<Handled> | undefined;
  /** An error that `onError` is told as well. */
  readonly failed?: Hook<Failed> | undefined;
  /** A record of the inbox is not tried again. Without this hook one line on stderr. */
  readonly deadLettered?: Hook<Failed> | undefined;
}

export type Hook<T> = (occurrence: T) => void | Promise<void>;

export interface Occurrence {
  /** Of the request, without its query; at most 200 characters, those that are not printable escaped. */
  readonly path: string;
  /** As far as the path, or the payload, says. */
  readonly product: Product | undefined;
  readonly event: EventName | undefined;
}

/** What took time: since the delivery came, or since its record was taken from the inbox. */
export interface Timed extends Occurrence {
  readonly durationMs: number;
}

export interface Stored extends Timed {
  readonly result: "stored" | "duplicate";
}

export interface Handled extends Timed {
  /** `accepted` is what `onRejected` dealt with, `duplicate` what had been handled before. */
  readonly result: "handled" | "ignored" | "unknown" | "accepted" | "duplicate";
  /** 1 for the first; more than that only with an inbox. */
  readonly attempt: number;
}

export interface Failed extends Timed {
  readonly error: unknown;
  readonly attempt: number;
}

/** The hooks, which may be methods of a class; that for refusals prints where the user has none. */
export function withPrinter(on: Hooks = {}): Hooks {
  return {
    received: on.received?.bind(on),
    rejected: on.rejected?.bind(on) ?? refusalPrinter(),
    stored: on.stored?.bind(on),
    handled: on.handled?.bind(on),
    failed: on.failed?.bind(on),
    deadLettered: on.deadLettered?.bind(on),
  };
}

/** An error in one line, without its stack. */
export function lineOf(error: unknown): string {
  return errorText(error)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 500);
}

/** Not everything that is thrown has a text. */
export function errorText(
  error: unknown,
  textOf: (error: unknown) => string = String,
): string {
  try {
    return textOf(error);
  } catch {
    return "an error without a message";
  }
}
