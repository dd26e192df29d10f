import type { Position } from '../diagnostics/source-location.js';
import type { Change, Locate, ContractPath } from './change.js';
import { eventsByType } from './events-by-type.js';
import type { Locators } from './compare.js';
import { worstOf } from './levels.js';
import { rules, type Level, type RuleId } from '../model/change-rules.js';
import type { IndexedContract } from './indexed-contract.js';

/** The changes that were found, each once. */
export interface Report {
  add(change: Finding): void;
  count(): number;
  worst(from: number): Level;
  changes(): readonly Change[];
}

/** A change whose positions and events have not been looked up yet. */
export interface Finding {
  readonly rule: RuleId;
  readonly subject: string;
  readonly message: string;
  readonly before?: ContractPath | undefined;
  readonly after?: ContractPath | undefined;
  /** The events; those that use the types of the paths, where it is left out. */
  readonly events?: readonly string[];
}

export function newReport(base: IndexedContract, head: IndexedContract, locators: Locators): Report {
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
      const [oldCarriers, newCarriers] = [eventsByType(base.contract), eventsByType(head.contract)];
      return [...findings.values()].map(({ rule, subject, message, before, after, events }): Change => {
        const carried = events ?? [...eventsOf(before, oldCarriers), ...eventsOf(after, newCarriers)];
        return {
          rule,
          level: rules[rule].level,
          subject,
          message,
          events: [...new Set(carried)].sort(),
          ...place('before', before, locators.base),
          ...place('after', after, locators.head),
        };
      });
    },
  };
}

function eventsOf(
  path: ContractPath | undefined,
  carried: (type: string) => readonly string[],
): readonly string[] {
  return path?.kind === 'type' ? carried(path.name) : [];
}

function place<K extends 'after' | 'before'>(
  key: K,
  path: ContractPath | undefined,
  locate: Locate | undefined,
): Partial<Record<K, Position>> {
  const position = path && locate?.(path);
  return position === undefined ? {} : ({ [key]: position } as Record<K, Position>);
}
