import type { After } from "../callbacks.js";

export const timer: After = (milliseconds, callback) => {
  const timeout = setTimeout(callback, milliseconds);
  return () => clearTimeout(timeout);
};

/** @throws the reason of the signal */
export function delay(
  milliseconds: number,
  after: After,
  signal: AbortSignal,
): Promise<void> {
  let stop: () => void = () => undefined;
  const over = new Promise<void>(
    (resolve) => (stop = after(milliseconds, resolve)),
  );
  return abortable(over, signal).finally(() => stop());
}

/** What some work gives, unless a signal ends the wait for it. */
export function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) {
      // What the work says later is nobody's.
      work.catch(() => undefined);
      return end();
    }
    signal.addEventListener("abort", end, { once: true });
    const done = () => signal.removeEventListener("abort", end);
    work.then(resolve, reject).then(done, done);
  });
}
