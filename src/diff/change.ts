import type { Position } from '../diagnostics/source-location.js';
import type { Level, RuleId } from '../model/change-rules.js';

/** One change of a document, as those who receive its events see it. */
export interface Change {
  readonly rule: RuleId;
  readonly level: Level;
  /**
   * What has changed, the same in every run: `event freshdesk/ticket-created`, `FreshdeskTicket.priority`, `product
   * freshchat`. With the rule, it is what an accepted change names.
   */
  readonly subject: string;
  /** The old and the new, in one sentence. */
  readonly message: string;
  /** The events that carry it. */
  readonly events: readonly string[];
  readonly before?: Position;
  readonly after?: Position;
}

/** Where in a document something stands. */
export interface ContractPath {
  readonly kind: 'event' | 'product' | 'type';
  readonly name: string;
  /** The keys from there: into the schema of a type, into the channel of an event. */
  readonly path: readonly (string | number)[];
}

/** Finds where a path of a contract was written; undefined where no file holds it. */
export type Locate = (path: ContractPath) => Position | undefined;
