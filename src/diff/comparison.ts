import type { Schema } from '../model/catalog.js';
import type { Level, RuleId } from '../model/change-rules.js';
import type { At, Placed, IndexedContract } from './indexed-contract.js';

/** A comparison under way: what its parts call each other and report to. */
export interface Comparison {
  readonly base: IndexedContract;
  readonly head: IndexedContract;
  schemas(base: Placed, head: Placed, manner: Manner): void;
  /** Compares two types by name, once. */
  pair(base: string, head: string): void;
  report(rule: RuleId, locations: ReportedAt, message: string, manner?: Manner): void;
  /** Notes that what a schema of the base holds went with something that has been reported. */
  wentWith(schema: Schema): void;
  /** Notes that what a schema of the head holds came with something that has been reported. */
  cameWith(schema: Schema): void;
  /** Whether the fields of a type distinguish variants of a union, in either document. */
  isVariant(name: string): boolean;
  /** How much has been reported so far. */
  count(): number;
  /** The worst of what was reported since so much had been. */
  worst(count: number): Level;
}

export interface ReportedAt {
  readonly base?: At;
  readonly head?: At;
  /** What has changed; the place in the base where that says it. */
  readonly subject?: string;
}

/** What surrounds a schema, as far as it decides what a change in it means. */
export interface Manner {
  /** Whether its fields distinguish it from other variants of a union. */
  readonly variant: boolean;
  /** Whether code is sure to see a change: not where something beside it may say the same still. */
  readonly certain: boolean;
}
