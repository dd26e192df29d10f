import type { After } from "../callbacks.js";

/** A longer timer would fire at once. */
const longest = 2_147_483_647;

const timer: After = (milliseconds, callback) => {
  const timeout = setTimeout(callback, milliseconds);
  return () => clearTimeout(timeout);
};

/** A clock, and timers that follow it. */
interface Clock {
  readonly now: () => number;
  readonly after: After;
}

export function clockOf(
  now: () => Date = () => new Date(),
  after: After = timer,
): Clock {
  return { now: () => now().getTime(), after };
}

/** How a call waits. Every wait ends with an error when the call may not go on. */
export interface Waiting {
  /** What some work gives. */
  readonly soon: <T>(work: Promise<T>) => Promise<T>;
  /** Waits, or until `early` is settled. A wait that nothing can end before the deadline fails at once. */
  readonly wait: (milliseconds: number, early?: Promise<void>) => Promise<void>;
}

/** What a call may take. */
export interface Patience extends Waiting {
  /** Aborted at the deadline, or by a signal of the user's. */
  readonly signal: AbortSignal;
  /** Has to be called when the call is over. */
  readonly end: () => void;
}

/** @param failed what to throw at the deadline, or where it cannot be kept */
export function patience(
  deadlineMs: number,
  { now, after }: Clock,
  signals: readonly (AbortSignal | undefined)[],
  failed: (reason: string) => Error,
): Patience {
  const until = now() + deadlineMs;
  const ending = new AbortController();
  const { signal } = ending;
  const stop = after(Math.min(deadlineMs, longest), () =>
    ending.abort(failed(`not done within ${deadlineMs} ms`)),
  );
  // AbortSignal.any would hold on to calls that are over for as long as the user's signals live.
  const released = signals.map((each) => {
    const end = () => ending.abort(each?.reason);
    if (each?.aborted) end();
    each?.addEventListener("abort", end);
    return () => each?.removeEventListener("abort", end);
  });

  function soon<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => reject(signal.reason as Error);
      const release = () => signal.removeEventListener("abort", end);
      if (signal.aborted) end();
      signal.addEventListener("abort", end);
      // What the work says after the end is nobody's.
      work.then(resolve, reject).then(release, release);
    });
  }

  async function wait(
    milliseconds: number,
    early?: Promise<void>,
  ): Promise<void> {
    if (early === undefined && now() + milliseconds > until) {
      const seconds = Math.ceil(milliseconds / 1000);
      throw failed(
        `the next try is due in ${seconds} s, which is after the deadline`,
      );
    }
    let cancel: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      cancel = after(Math.min(milliseconds, longest), resolve);
      void early?.then(resolve);
    });
    return soon(over).finally(() => cancel());
  }

  function end(): void {
    stop();
    for (const release of released) release();
  }

  return { signal, soon, wait, end };
}
