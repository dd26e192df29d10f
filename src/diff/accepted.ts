import type { Position } from '../diagnostics/source-location.js';
import type { Change } from './change.js';
import { levels } from './levels.js';
import type { Level } from '../model/change-rules.js';

/** A change that somebody has looked at and takes, named as the report names it. */
export interface Accepted {
  readonly rule: string;
  readonly subject: string;
  readonly reason: string;
  /** Where that was written. */
  readonly position?: Position | undefined;
}

/** A change, with the reason where it has been accepted. */
export type ReportedChange = Change & { readonly accepted?: string };

/** Puts reasons beside the changes that are accepted, and finds what is accepted in vain. */
export function accept(
  changes: readonly Change[],
  accepted: readonly Accepted[],
): { readonly changes: readonly ReportedChange[]; readonly unused: readonly Accepted[] } {
  const reasons = new Map(accepted.map((each) => [keyOf(each), each.reason]));
  const present = new Set(changes.map(keyOf));
  return {
    changes: changes.map((change) => {
      const reason = reasons.get(keyOf(change));
      return reason === undefined ? change : { ...change, accepted: reason };
    }),
    unused: accepted.filter((each) => !present.has(keyOf(each))),
  };
}

function keyOf({ rule, subject }: { readonly rule: string; readonly subject: string }): string {
  return JSON.stringify([rule, subject]);
}

/** Whether a change is at least as bad as a level, and nobody has accepted it. */
export function fails(changes: readonly ReportedChange[], level: Level): boolean {
  const bad = levels.slice(0, levels.indexOf(level) + 1);
  return changes.some((change) => change.accepted === undefined && bad.includes(change.level));
}
