/** What a store says of a delivery: nobody had it, it has been handled, or somebody is at work on it. */
export type Claim = "new" | "done" | "busy";

/**
 * Remembers deliveries, so that a retry of one is not handled again: `memory()` for one process, or a store of your own.
 * While one process handles a delivery, the same delivery is answered 503 elsewhere. That uses up one of the sender's few
 * retries.
 */
export interface DeliveryStore {
  /**
   * Claims a delivery, in one step: of two calls with a key at once, one gets `new`. A claim that was never settled, as
   * after a crash, must end by itself, and sooner than the sender gives up.
   *
   * @param keyMs for how long the key counts, if it does not always
   */
  claim(key: string, keyMs: number | undefined): Claim | Promise<Claim>;
  /** Says what became of a claimed delivery: `failed` ones are `new` again. */
  settle(key: string, outcome: "done" | "failed"): void | Promise<void>;
}

export interface MemoryOptions {
  /** How many deliveries are remembered, the latest ones: 10,000 by default. */
  readonly size?: number | undefined;
  /** For how many milliseconds: a day by default. The retries of Freshdesk come within 95 minutes. */
  readonly ttlMs?: number | undefined;
}

/**
 * Remembers deliveries in this process: a restart forgets them, and other processes do not know them.
 *
 * @throws TypeError for a size or a time that is not a number above 0
 */
export function memory({
  size = 10_000,
  ttlMs = 86_400_000,
}: MemoryOptions = {}): DeliveryStore {
  if (!(size > 0 && ttlMs > 0))
    throw new TypeError("size and ttlMs must be numbers above 0");
  /** In the order in which they were claimed. */
  const known = new Map<string, { claim: "done" | "busy"; until: number }>();
  return {
    claim(key, keyMs = ttlMs) {
      const now = performance.now();
      const before = known.get(key);
      if (before !== undefined && now < before.until) return before.claim;
      known.delete(key);
      known.set(key, { claim: "busy", until: now + Math.min(keyMs, ttlMs) });
      for (const oldest of known.keys()) {
        if (known.size <= size) break;
        known.delete(oldest);
      }
      return "new";
    },
    settle(key, outcome) {
      const entry = known.get(key);
      if (outcome === "failed") known.delete(key);
      else if (entry !== undefined) entry.claim = "done";
    },
  };
}

/**
 * Does the work on a claimed delivery, and says what became of it: what cannot be said is an error of the work.
 *
 * @param fail takes the error of the work, at once
 */
export async function settled(
  store: DeliveryStore,
  key: string,
  work: () => unknown,
  fail: (error: unknown) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    fail(error);
    await store.settle(key, "failed");
    return;
  }
  await store.settle(key, "done");
}
