import type { Position } from '../diagnostics/place.js';
import type { Change, Locate, Spot } from './change.js';
import { carriers } from './carriers.js';
import type { Places } from './compare.js';
import { worstOf } from './levels.js';
import { rules, type Level, type RuleId } from '../model/change-rules.js';
import type { Side } from './side.js';

/** What has been told, each change once. */
export interface Told {
  add(change: Finding): void;
  count(): number;
  worst(from: number): Level;
  changes(): readonly Change[];
}

/** A change before anyone has looked where it stands and who carries it. */
export interface Finding {
  readonly rule: RuleId;
  readonly subject: string;
  readonly message: string;
  readonly before?: Spot | undefined;
  readonly after?: Spot | undefined;
  /** The events; those that carry the types of the spots, where it is left out. */
  readonly events?: readonly string[];
}

export function record(base: Side, head: Side, places: Places): Told {
  const findings = new Map<string, Finding>();
  const inOrder: Level[] = [];
  return {
    add(finding) {
      const key = JSON.stringify([finding.rule, finding.subject, finding.message]);
      if (findings.has(key)) return;
      findings.set(key, finding);
      inOrder.push(rules[finding.rule].level);
    },
    count: () => inOrder.length,
    worst: (from) => worstOf(inOrder.slice(from)),
    changes() {
      const [oldCarriers, newCarriers] = [carriers(base.contract), carriers(head.contract)];
      return [...findings.values()].map(({ rule, subject, message, before, after, events }): Change => {
        const carried = events ?? [...eventsOf(before, oldCarriers), ...eventsOf(after, newCarriers)];
        return {
          rule,
          level: rules[rule].level,
          subject,
          message,
          events: [...new Set(carried)].sort(),
          ...place('before', before, places.base),
          ...place('after', after, places.head),
        };
      });
    },
  };
}

function eventsOf(spot: Spot | undefined, carried: (type: string) => readonly string[]): readonly string[] {
  return spot?.kind === 'type' ? carried(spot.name) : [];
}

function place<K extends 'after' | 'before'>(
  key: K,
  spot: Spot | undefined,
  locate: Locate | undefined,
): Partial<Record<K, Position>> {
  const position = spot && locate?.(spot);
  return position === undefined ? {} : ({ [key]: position } as Record<K, Position>);
}
