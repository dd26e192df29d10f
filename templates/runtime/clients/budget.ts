import { retryAfterOf } from "./exchange.js";
import type { Waiting } from "./waiting.js";

/*
 * How fast a client may call. The vendors count the calls of an account by the minute, and say in each answer how many are
 * left. All calls of a client share one budget; other programs may use up the same.
 */

/** Below this share of what a minute allows, calls are spread over the time that is left. */
const low = 0.1;

/** How many calls may be under way before the vendor has said anything. */
const atFirst = 10;

const minute = 60_000;

/** After a 429 that does not say how long. */
const defaultPause = 1_000;

/** To be called when a call is over, with the answer, if one came. */
export type Done = (
  response: Pick<Response, "status" | "headers"> | undefined,
) => void;

export class Budget {
  readonly #now: () => number;
  /** What a minute allows, if the vendor has said so. */
  #total: number | undefined;
  /** The least that the vendor has said is left in this minute. Calls that are under way may be counted in it or not. */
  #lowest = atFirst;
  /** By then a new minute has begun for the vendor; whose minute it is, no header says. */
  #resets: number;
  /** Whether the vendor has said in this minute what is left. */
  #isKnown = false;
  /** No call starts before, where few are left. */
  #next = 0;
  #underWay = 0;
  /** The calls that wait, in the order in which they asked. */
  #turn: Promise<void> = Promise.resolve();
  #answered: Signal = signal();

  constructor(now: () => number) {
    this.#now = now;
    this.#resets = now() + minute;
  }

  /** Waits until a call may start; calls start in the order in which they asked. */
  async start({ soon, wait }: Waiting): Promise<Done> {
    const before = this.#turn;
    const { settled, settle } = signal();
    this.#turn = before.then(() => settled);
    try {
      await soon(before);
      await this.#room(wait);
      return this.#begin();
    } finally {
      settle();
    }
  }

  async #room(wait: Waiting["wait"]): Promise<void> {
    for (;;) {
      const now = this.#now();
      if (now >= this.#resets) {
        // What this minute allows is for one call to find out.
        this.#lowest = Math.max(this.#lowest, this.#underWay + 1);
        this.#resets = now + minute;
        this.#isKnown = false;
        this.#next = 0;
      }
      const isEmpty = this.#lowest - this.#underWay < 1;
      const due = isEmpty ? this.#resets : this.#next;
      if (due <= now) return;
      await wait(
        due - now,
        this.#underWay > 0 ? this.#answered.settled : undefined,
      );
    }
  }

  #begin(): Done {
    this.#underWay += 1;
    const lowest = this.#total === undefined ? Infinity : this.#lowest;
    const left = this.#lowest - this.#underWay;
    if (this.#isKnown && left < (this.#total ?? 0) * low) {
      const now = this.#now();
      this.#next = now + (this.#resets - now) / Math.max(1, left + 1);
    }
    return (response) => {
      this.#underWay -= 1;
      const headers = response?.headers;
      if (response?.status === 429) {
        const now = this.#now();
        this.#lowest = 0;
        this.#resets = now + (retryAfterOf(headers, now) ?? defaultPause);
      } else this.#learn(headers, lowest);
      this.#answered.settle();
      this.#answered = signal();
    };
  }

  /** @param lowest what the vendor had said when the call started: within a minute, it can only say less */
  #learn(headers: Headers | undefined, lowest: number): void {
    this.#total = numberIn(headers, "x-ratelimit-total") || this.#total;
    const left = numberIn(headers, "x-ratelimit-remaining");
    if (left === undefined) {
      // A vendor that says nothing will say 429.
      if (headers && this.#total === undefined) this.#lowest = Infinity;
      return;
    }
    const isFirst = lowest === Infinity && !this.#isKnown;
    if (left < lowest && !isFirst) this.#lowest = Math.min(this.#lowest, left);
    else {
      // A new minute.
      this.#isKnown = true;
      this.#lowest = left;
      this.#resets = this.#now() + minute;
      this.#next = 0;
    }
  }
}

interface Signal {
  readonly settled: Promise<void>;
  readonly settle: () => void;
}

function signal(): Signal {
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  return { settled, settle };
}

function numberIn(
  headers: Headers | undefined,
  name: string,
): number | undefined {
  const text = headers?.get(name) ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
