import type { EventName, Product } from "../events.js";
import { refusalPrinter, type ReceiverEvent } from "./refusals.js";

/** What an error happened to, as far as it was known by then. */
export interface ErrorContext {
  readonly product: Product | undefined;
  readonly event: EventName | undefined;
}

export type OnError = (
  error: unknown,
  context: ErrorContext,
) => void | Promise<void>;

export type WaitUntil = (work: Promise<unknown>) => unknown;

/** One delivery on its way. */
export interface Scope extends ErrorContext {
  /** When it came, on the clock of `Date.now()`. */
  readonly started: number;
  /** Without its query. */
  readonly path: string;
  readonly waitUntil: WaitUntil | undefined;
}

/** Instead of a result: the function threw, or it was still at work at the deadline. */
export const failed: unique symbol = Symbol("failed");
export const late: unique symbol = Symbol("late");

export type Outcome<T> = T | typeof failed | typeof late;

/** A longer one would fire at once. */
const longestTimer = 2_147_483_647;

/** Calls the user's functions: none of them can make a delivery fail or hang, and no promise of theirs is left unheld. */
export interface Callbacks {
  readonly run: <T, A>(
    callback: () => T | Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A | Promise<A>,
    afterDeadline?: "kept" | "dropped",
  ) => A | Promise<A>;
  readonly tell: (error: unknown, scope: Scope) => void;
  readonly observe: (event: ReceiverEvent, scope: Scope) => void;
}

export function callbacks(
  deadlineMs: number,
  onError: OnError = report,
  on: (event: ReceiverEvent) => unknown = refusalPrinter(),
): Callbacks {
  function tell(error: unknown, scope: Scope): void {
    const { product, event } = scope;
    try {
      const told: unknown = onError(error, { product, event });
      // There is nobody left to tell of what goes wrong here.
      if (isPromise(told)) keep(Promise.resolve(told).catch(nothing), scope);
    } catch {
      // Nor here.
    }
  }

  function observe(event: ReceiverEvent, scope: Scope): void {
    const fail = (error: unknown): void => tell(error, scope);
    try {
      const told = on(event);
      if (isPromise(told)) keep(Promise.resolve(told).catch(fail), scope);
    } catch (error) {
      fail(error);
    }
  }

  /** Hands work to the platform, which may refuse it. */
  function keep(work: Promise<unknown>, scope: Scope): void {
    const fail = (error: unknown): void =>
      tell(error, { ...scope, waitUntil: undefined });
    try {
      const kept = scope.waitUntil?.(work);
      if (isPromise(kept)) Promise.resolve(kept).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  function run<T, A>(
    callback: () => T | Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A | Promise<A>,
    afterDeadline = "kept",
  ): A | Promise<A> {
    let outcome: Outcome<T>;
    try {
      const result = callback();
      if (isPromise(result))
        return settled(result, scope, answerTo, afterDeadline === "kept");
      outcome = result;
    } catch (error) {
      tell(error, scope);
      outcome = failed;
    }
    return answerTo(outcome);
  }

  /** The same for a callback that returned a promise: without one, there is no turn to wait for. */
  async function settled<T, A>(
    result: Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A | Promise<A>,
    isKept: boolean,
  ): Promise<A> {
    let outcome = late as Outcome<T>;
    const fail = (error: unknown): void => {
      tell(error, scope);
      outcome = failed;
    };
    try {
      const work = Promise.resolve<T>(result).then((value) => {
        outcome = value;
      }, fail);
      // One that had nothing to wait for is done a turn later, and needs no timer.
      await Promise.resolve();
      if (outcome === late) {
        await beforeDeadline(work, scope);
        if (outcome === late && isKept) keep(work, scope);
      }
    } catch (error) {
      fail(error);
    }
    return answerTo(outcome);
  }

  /** The timer stays attached: a process with nothing else to do must not end before the answer. */
  function beforeDeadline(work: Promise<void>, scope: Scope): Promise<void> {
    return new Promise((resolve) => {
      // The clock may be set back in between; the deadline may not.
      const left = deadlineMs - (Date.now() - scope.started);
      const timer = setTimeout(
        resolve,
        Math.min(left, deadlineMs, longestTimer),
      );
      void work.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return { run, tell, observe };
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | undefined)?.then === "function";
}

/** For a promise whose failure is nobody's. */
export function nothing(): void {
  // Nobody waits for it.
}

/** One line, without the payload. */
function report(error: unknown, { product, event }: ErrorContext): void {
  const text = String(error).replace(/[\s\p{Cc}]+/gu, " ");
  console.error(`${event ?? product ?? "webhook"}: ${text.slice(0, 500)}`);
}
