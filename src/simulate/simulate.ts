import type { Composed } from '../delivery/compose.js';
import { keepAlive, post, type Posted } from '../delivery/post.js';
import { Due } from './due.js';
import { retryDelaysMs, retryHeader } from './retries.js';
import type { Recipe } from './sequence.js';
import { Tally, type Report } from './tally.js';

/** One try, without what was sent and what was answered. */
export interface Attempt {
  /** The same for each try of a delivery; stands in its payload too. */
  readonly id: string;
  readonly event: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly status?: number;
  readonly failure?: string;
  readonly ms: number;
  /** Whether it had been acknowledged before. */
  readonly duplicate?: true;
}

export interface SimulateOptions {
  readonly deliveries: Iterator<Recipe, undefined>;
  /** All bytes of a delivery, the same each time. */
  readonly compose: (recipe: Recipe) => Composed;
  readonly idOf: (recipe: Recipe) => string;
  /** New deliveries in a second at most. */
  readonly rate: number | undefined;
  /** Deliveries under way at the same time at most. */
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** How many times faster than a real one the clock goes that retries wait by. */
  readonly clock: number;
  readonly log: ((attempt: Attempt) => void) | undefined;
  /** Ends the run: what is under way is broken off. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly recipe: Recipe;
  /** 0 for the first try. */
  readonly retry: number;
}

/**
 * Sends deliveries as the platform does, each until it is answered with 200 or given up. Rejects only where the log cannot be
 * written, once nothing is under way any longer.
 */
export async function simulate(options: SimulateOptions): Promise<Report> {
  const { deliveries, compose, idOf, rate, concurrency, timeoutMs, clock, log } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const tally = new Tally();
  const due = new Due<Waiting>();
  const connections = keepAlive(concurrency);
  const started = performance.now();
  let begun = 0;
  let active = 0;
  let upcoming = deliveries.next();
  let timer: NodeJS.Timeout | undefined;

  const ended = new Promise<void>((resolve, reject) => {
    const pump = (): void => {
      clearTimeout(timer);
      const now = performance.now();
      const slotAt = () =>
        upcoming.done ? Infinity : rate === undefined ? -Infinity : started + (begun * 1000) / rate;
      while (!signal.aborted && active < concurrency) {
        const again = due.take(now);
        if (again !== undefined) {
          begin(again);
          continue;
        }
        if (upcoming.done || slotAt() > now) break;
        const recipe = upcoming.value;
        begun += 1;
        upcoming = deliveries.next();
        tally.count(recipe.event.name, 'sent');
        begin({ recipe, retry: 0 });
      }
      if (active > 0) {
        // What ends calls again, unless something is due before.
        if (active >= concurrency || signal.aborted) return;
      } else if (signal.aborted || (upcoming.done && due.size === 0)) {
        if (failed.signal.aborted) reject(failed.signal.reason as Error);
        else resolve();
        return;
      }
      const next = Math.min(due.next, slotAt());
      // A timer takes a bit less than 25 days.
      if (next < Infinity) timer = setTimeout(pump, Math.min(Math.max(next - now, 0), 2 ** 31 - 1));
    };

    const begin = (waiting: Waiting): void => {
      active += 1;
      attempt(waiting)
        .catch((error: unknown) => {
          failed.abort(error);
        })
        .then(() => {
          active -= 1;
          pump();
        })
        .catch(reject);
    };

    signal.addEventListener('abort', pump, { once: true });
    pump();
  });

  async function attempt({ recipe, retry }: Waiting): Promise<void> {
    const { event } = recipe;
    const composed = compose(recipe);
    if (retry > 0) tally.count(event.name, 'retried');
    const posted = await once(recipe, composed, retry);
    if (signal.aborted && 'failure' in posted) return;
    if (isTaken(posted)) {
      tally.count(event.name, 'acknowledged');
      if (!recipe.isDuplicated || signal.aborted) return;
      tally.count(event.name, 'duplicates');
      await once(recipe, composed, retry, true);
      return;
    }
    const delay = retryDelaysMs[retry];
    if (delay !== undefined) {
      due.add(performance.now() + delay / clock, { recipe, retry: retry + 1 });
      return;
    }
    tally.count(event.name, 'dropped');
    if (!recipe.isBroken) tally.lost();
  }

  async function once(
    recipe: Recipe,
    composed: Composed,
    retry: number,
    isDuplicate = false,
  ): Promise<Posted> {
    const { event, late } = recipe;
    const headers = [...composed.headers, ...retryHeader(event.product, retry)];
    const posted = await post(
      { ...composed, headers },
      // What is late has a connection of its own.
      { timeoutMs, signal, ...(late ? { delay: late } : { connections }) },
    );
    const isAnswered = 'status' in posted;
    tally.answered(
      isAnswered ? String(posted.status) : posted.failure,
      isAnswered ? posted.milliseconds : undefined,
    );
    log?.({
      id: idOf(recipe),
      event: event.name,
      attempt: retry + 1,
      ...(isAnswered ? { status: posted.status } : { failure: posted.failure }),
      ms: Math.round(posted.milliseconds * 10) / 10,
      ...(isDuplicate && { duplicate: true as const }),
    });
    return posted;
  }

  try {
    await ended;
  } finally {
    clearTimeout(timer);
    connections.close();
  }
  return tally.report();
}

/** The platform takes only 200 for success. */
function isTaken(posted: Posted): boolean {
  return 'status' in posted && posted.status === 200;
}
