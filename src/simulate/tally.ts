import { Latency } from './latency.js';

/** What became of the deliveries of an event. */
export interface Counts {
  /** Deliveries, each counted once. */
  readonly sent: number;
  /** Of these, those that were answered with 200 in the end. */
  readonly acknowledged: number;
  /** Further tries of deliveries that had failed. */
  readonly retried: number;
  /** Deliveries that were given up after the last retry. */
  readonly dropped: number;
  /** Deliveries that were sent once more although they were acknowledged. */
  readonly duplicates: number;
  /** Deliveries that were still under way, or waited to be sent again, when the run was ended. */
  readonly unfinished: number;
}

export interface Report {
  readonly total: Counts;
  /** By name, sorted. */
  readonly events: Readonly<Record<string, Counts>>;
  /** How often each status was the answer, and each failure in the place of one. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Of all that was answered, in milliseconds. */
  readonly latency: {
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
  };
  /** Deliveries that were dropped though their body was as it should be. */
  readonly lost: number;
}

type Counted = Exclude<keyof Counts, 'unfinished'>;

/** Counts what happens. */
export class Tally {
  readonly #events = new Map<string, Record<Counted, number>>();
  readonly #statuses = new Map<string, number>();
  readonly #latency = new Latency();
  #lost = 0;

  count(event: string, what: Counted): void {
    const counts = this.#events.get(event) ?? none();
    counts[what] += 1;
    this.#events.set(event, counts);
  }

  answered(status: string, milliseconds: number | undefined): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (milliseconds !== undefined) this.#latency.add(milliseconds);
  }

  lost(): void {
    this.#lost += 1;
  }

  report(): Report {
    const events = [...this.#events].sort(([a], [b]) => (a < b ? -1 : 1));
    const total = none();
    for (const [, counts] of events)
      for (const [what, number] of Object.entries(counts)) total[what as Counted] += number;
    const latency = this.#latency;
    const shown = (share: number) => rounded(latency.percentile(share));
    return {
      total: finished(total),
      events: Object.fromEntries(events.map(([event, counts]) => [event, finished(counts)])),
      statuses: Object.fromEntries([...this.#statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
      latency: { p50: shown(0.5), p90: shown(0.9), p99: shown(0.99), max: rounded(latency.max) },
      lost: this.#lost,
    };
  }
}

function none(): Record<Counted, number> {
  return { sent: 0, acknowledged: 0, retried: 0, dropped: 0, duplicates: 0 };
}

function finished(counts: Record<Counted, number>): Counts {
  return { ...counts, unfinished: counts.sent - counts.acknowledged - counts.dropped };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
