import type { EventName, Product } from "./events.js";

/** What an error happened to, as far as it was known by then. */
export interface ErrorContext {
  readonly product: Product | undefined;
  readonly event: EventName | undefined;
}

export type OnError = (
  error: unknown,
  context: ErrorContext,
) => void | Promise<void>;

/** One delivery on its way. */
export interface Scope extends ErrorContext {
  /** When it came, on the clock of `Date.now()`. */
  readonly started: number;
  readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
}

/** Instead of a result: the function threw, or it was still at work at the deadline. */
export const failed = Symbol("failed");
export const late = Symbol("late");

export type Outcome<T> = T | typeof failed | typeof late;

/** A longer one would fire at once. */
const longestTimer = 2_147_483_647;

/** Calls the user's functions: none of them can make a delivery fail or hang. */
export interface Callbacks {
  readonly run: <T, A>(
    callback: () => T | Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A,
  ) => Promise<A>;
  readonly tell: (error: unknown, scope: Scope) => void;
}

export function callbacks(
  deadlineMs: number,
  onError: OnError = report,
): Callbacks {
  function tell(error: unknown, { product, event, waitUntil }: Scope): void {
    try {
      const told: unknown = onError(error, { product, event });
      if (!isPromise(told)) return;
      const telling = Promise.resolve(told).catch(() => undefined);
      waitUntil?.(telling);
    } catch {
      // There is nobody left to tell.
    }
  }

  async function run<T, A>(
    callback: () => T | Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A,
  ): Promise<A> {
    let outcome = late as Outcome<T>;
    const fail = (error: unknown): void => {
      tell(error, scope);
      outcome = failed;
    };
    try {
      const result = callback();
      if (!isPromise(result)) return answerTo(result);
      const work = Promise.resolve<T>(result).then((value) => {
        outcome = value;
      }, fail);
      // One that had nothing to wait for is done a turn later, and needs no timer.
      await Promise.resolve();
      if (outcome === late) await beforeDeadline(work, scope);
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
        () => {
          resolve();
          try {
            scope.waitUntil?.(work);
          } catch (error) {
            tell(error, scope);
          }
        },
        Math.min(left, deadlineMs, longestTimer),
      );
      void work.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return { run, tell };
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | undefined)?.then === "function";
}

/** One line, without the payload. */
function report(error: unknown, { product, event }: ErrorContext): void {
  const text = String(error).replace(/[\s\p{Cc}]+/gu, " ");
  console.error(`${event ?? product ?? "webhook"}: ${text.slice(0, 500)}`);
}
