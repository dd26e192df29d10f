import { Worker } from 'node:worker_threads';

/** Far longer than a configuration takes, and shorter than people wait. */
export const programTakesAtMostMs = 30_000;

/** By then a thread that is free has fired its timer. */
const graceMs = 500;

export interface Watchdog {
  /** Fails when the time is up, or when nothing is left to happen: what is awaited then never comes. */
  readonly never: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Bounds the time that a program takes in this thread. What it awaits is given up when the time is up. Where it lets nothing
 * else happen, as `while (true) {}`, another thread breaks it off, which no `catch` of it can prevent.
 *
 * @param atMostMs from now on
 */
export function watchdog(atMostMs: number): Watchdog {
  const start = performance.now();
  const isFree = new Int32Array(new SharedArrayBuffer(4));
  let end = (): void => undefined;
  const never = new Promise<never>((_, reject) => {
    end = () => {
      Atomics.store(isFree, 0, 1);
      const isLate = performance.now() - start >= atMostMs;
      reject(isLate ? new OutOfTime(atMostMs) : new Error('It awaits what never comes.'));
    };
  });
  never.catch(() => undefined);
  // Neither keeps the process: Node tells of the end of all that happens, and would else end without a word.
  // A timer may be early by a part of a millisecond.
  const timer = setTimeout(end, atMostMs + 1).unref();
  process.once('beforeExit', end);
  const breaker = breakerOf(atMostMs + graceMs, isFree);
  return {
    never,
    async stop() {
      Atomics.store(isFree, 0, 1);
      clearTimeout(timer);
      process.off('beforeExit', end);
      // What it has broken off is known to Node as something that is debugged, until it has ended.
      const isLate = performance.now() - start >= atMostMs;
      if (isLate) breaker?.ref();
      const ended = breaker?.terminate();
      if (isLate) await ended;
    },
  };
}

/** What a program that was given up ends with. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor(atMostMs: number) {
    super(`it did not finish within ${atMostMs / 1_000} s.`);
  }
}

/** Another thread that breaks off what this one does, unless it has become free until then. */
function breakerOf(afterMs: number, isFree: Int32Array): Worker | undefined {
  try {
    // As text, so that the bundle needs no file for it; without what NODE_OPTIONS would load into every thread.
    const workerData = { afterMs, isFree };
    const breaker = new Worker(breakOff, { eval: true, workerData, env: {}, execArgv: [] });
    breaker.on('error', () => undefined);
    breaker.unref();
    return breaker;
  } catch {
    // A process that may start no thread: there, a program that waits is all that can be given up.
    return undefined;
  }
}

const breakOff = `
const { Session } = require('node:inspector');
const { workerData: { afterMs, isFree } } = require('node:worker_threads');
const breakOff = () => {
  if (Atomics.load(isFree, 0) === 1) return;
  const session = new Session();
  session.connectToMainThread();
  // A session that is still open would have the process wait for a debugger at its end.
  session.post('Runtime.terminateExecution', () => session.disconnect());
  setTimeout(breakOff, 200);
};
setTimeout(breakOff, afterMs);
`;
