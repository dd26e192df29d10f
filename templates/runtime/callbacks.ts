import type { EventName, Product } from "../events.js";
import {
  lineOf,
  withPrinter,
  type Hook,
  type Hooks,
  type Timed,
} from "./hooks.js";
import { printable } from "./refusals.js";

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

/** Calls something later, on some clock, unless what it returns is called before. */
export type After = (milliseconds: number, callback: () => void) => () => void;

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
export const longestTimer = 2_147_483_647;

/** Calls the user's functions: none of them can make a delivery fail or hang, and no promise of theirs is left unheld. */
export interface Callbacks {
  /** Calls `callback`, and answers by its outcome: at the deadline at the latest. */
  readonly run: <T, A>(
    callback: () => T | Promise<T>,
    scope: Scope,
    answerTo: (outcome: Outcome<T>) => A | Promise<A>,
    limits?: Limits,
  ) => A | Promise<A>;
  readonly tell: (error: unknown, scope: Scope, attempt?: number) => void;
  readonly hooks: Hooks;
  /** Tells a hook, if there is one, of what happened to a delivery. */
  readonly observe: <T extends object>(
    hook: Hook<T & Timed> | undefined,
    details: T,
    scope: Scope,
  ) => void;
}

export interface Limits {
  /** Before the deadline, in milliseconds; half of the time is left in any case. */
  readonly early?: number;
  /** What is not done at the deadline is of no use to anybody any more. */
  readonly isDropped?: boolean;
}

export function callbacks(
  deadlineMs: number,
  onError: OnError = report,
  on?: Hooks,
  after: After = timer,
): Callbacks {
  const hooks = withPrinter(on);

  function tell(error: unknown, scope: Scope, attempt = 1): void {
    tellError(error, scope);
    observe(hooks.failed, { error, attempt }, scope);
  }

  function tellError(error: unknown, scope: Scope): void {
    const { product, event } = scope;
    try {
      const told: unknown = onError(error, { product, event });
      // There is nobody left to tell of what goes wrong here.
      if (isPromise(told)) keep(Promise.resolve(told).catch(nothing), scope);
    } catch {
      // Nor here.
    }
  }

  function observe<T extends object>(
    hook: Hook<T & Timed> | undefined,
    details: T,
    scope: Scope,
  ): void {
    if (hook === undefined) return;
    const fail = (error: unknown): void => tellError(error, scope);
    try {
      const { path, product, event, started } = scope;
      // The clock may have been set back.
      const durationMs = Math.max(0, Date.now() - started);
      const told = hook({
        path: printable(path),
        product,
        event,
        durationMs,
        ...details,
      });
      if (isPromise(told)) keep(Promise.resolve(told).catch(fail), scope);
    } catch (error) {
      fail(error);
    }
  }

  /** Hands work to the platform, which may refuse it. */
  function keep(work: Promise<unknown>, scope: Scope): void {
    const fail = (error: unknown): void =>
      tellError(error, { ...scope, waitUntil: undefined });
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
    limits?: Limits,
  ): A | Promise<A> {
    let outcome: Outcome<T>;
    try {
      const result = callback();
      if (isPromise(result)) return settled(result, scope, answerTo, limits);
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
    { early = 0, isDropped = false }: Limits = {},
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
        const due = Math.max(deadlineMs - early, deadlineMs / 2);
        await beforeDeadline(work, due, scope);
        if (outcome === late && !isDropped) keep(work, scope);
      }
    } catch (error) {
      fail(error);
    }
    return answerTo(outcome);
  }

  function beforeDeadline(
    work: Promise<void>,
    dueMs: number,
    scope: Scope,
  ): Promise<void> {
    return new Promise((resolve) => {
      // The clock may be set back in between; the deadline may not.
      const left = dueMs - (Date.now() - scope.started);
      const cancel = after(Math.min(left, dueMs, longestTimer), resolve);
      void work.then(() => {
        cancel();
        resolve();
      });
    });
  }

  return { run, tell, hooks, observe };
}

/** It stays attached: a process with nothing else to do must not end before the answer. */
const timer: After = (milliseconds, callback) => {
  const started = setTimeout(callback, milliseconds);
  return () => clearTimeout(started);
};

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | undefined)?.then === "function";
}

/** For a promise whose failure is nobody's. */
export function nothing(): void {
  // Nobody waits for it.
}

/** One line, without the payload. */
function report(error: unknown, { product, event }: ErrorContext): void {
  console.error(`${event ?? product ?? "webhook"}: ${lineOf(error)}`);
}
