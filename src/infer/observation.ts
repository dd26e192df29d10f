import type { Origin } from './findings.js';

/** A delivery as far as types can be inferred from it. */
export interface Observation {
  readonly event: string;
  readonly payload: unknown;
  /** The day it was received, or its file was written: `2026-11-26`; empty where nobody knows. */
  readonly day: string;
  readonly origin: Origin;
}

/** Deliveries that can be gone through more than once: what was corrected is looked at again. */
export type Observations = () => AsyncIterable<Observation> | Iterable<Observation>;

/** The UTC day of a moment; empty for what is none. */
export function dayOf(moment: Date | string): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
