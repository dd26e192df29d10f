/*
 * How fast a client may call. The vendors count calls by the minute and by the account: all calls of a client share one
 * budget, and others may use up the same.
 */

/** Below this share of what a minute allows, calls are spread over the time that is left. */
const low = 0.1;

const minute = 60_000;

/** Waits on the client's clock. @throws what ends the wait */
export type Wait = (milliseconds: number) => Promise<void>;

export class Budget {
  readonly #now: () => number;
  /** What a minute allows, and what is left of it, as far as the vendor has said. */
  #total: number | undefined;
  #left = Infinity;
  #underWay = 0;
  /** No call starts before: after a 429, and where few are left. */
  #notBefore = 0;
  /** After a 429, one call finds out whether there is room again. */
  #isProbing = false;
  #answered: (() => void)[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Waits until a call may start; calls start in the order in which they asked. `end` is to follow each. */
  async start(
    wait: Wait,
    give: (soon: Promise<void>) => Promise<void>,
  ): Promise<void> {
    const before = this.#last;
    let done: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => (done = resolve));
    this.#last = before.then(() => turn);
    try {
      await give(before);
      for (;;) {
        const pause = this.#notBefore - this.#now();
        if (pause > 0) await wait(pause);
        else if (this.#isProbing && this.#underWay > 0)
          await give(
            new Promise<void>((resolve) => this.#answered.push(resolve)),
          );
        else break;
      }
    } finally {
      done();
    }
    this.#underWay += 1;
    this.#left -= 1;
    if (this.#total !== undefined && this.#left < this.#total * low)
      this.#notBefore = this.#now() + minute / Math.max(1, this.#left + 1);
  }

  /**
   * A call that had started is over.
   *
   * @param retryAfter what a 429 asks for, in milliseconds
   */
  end(headers: Headers | undefined, retryAfter?: number): void {
    this.#underWay -= 1;
    const total = numberIn(headers, "x-ratelimit-total");
    const left = numberIn(headers, "x-ratelimit-remaining");
    if (total !== undefined && total > 0) this.#total = total;
    if (left !== undefined) {
      const known = left - this.#underWay;
      // A new minute has begun: what was spread over the old one need not wait.
      if (known > this.#left + 1 && known >= (this.#total ?? 0) * low)
        this.#notBefore = 0;
      this.#left = known;
    }
    if (retryAfter !== undefined) {
      this.#notBefore = Math.max(this.#notBefore, this.#now() + retryAfter);
      this.#isProbing = true;
    } else if (headers !== undefined) this.#isProbing = false;
    const waiting = this.#answered;
    this.#answered = [];
    for (const each of waiting) each();
  }
}

function numberIn(
  headers: Headers | undefined,
  name: string,
): number | undefined {
  const text = headers?.get(name) ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
