import { positive } from "./retries.js";

/** What is under way towards a server. A client library may hold it for ever while its server is down. */
export class Pending {
  #count = 0;
  readonly #limit: number;

  /** @param limit how much may be under way at once: 1000 by default. Each holds a body in memory. */
  constructor(limit: number | undefined) {
    this.#limit = positive(limit, 1_000, "maxPending");
  }

  /** Starts something, and rejects when it fails, when the signal says so, or when too much is under way already. */
  async until<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#count >= this.#limit)
      throw new Error(
        `${this.#limit} records are under way already: is the server of the inbox down?`,
      );
    this.#count += 1;
    let giveUp = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      giveUp = () => reject(signal.reason as Error);
      signal.addEventListener("abort", giveUp, { once: true });
    });
    const started = start();
    const end = (): void => {
      this.#count -= 1;
    };
    started.then(end, end);
    try {
      return await Promise.race([started, aborted]);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }
}
