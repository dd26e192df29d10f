import type { Change } from './change.js';
import { rules, type RuleId } from '../model/change-rules.js';

/** What a kit has beside the types of its events, as code that imports it sees it. */
export interface KitParts {
  readonly adapters: readonly string[];
  readonly handlers: boolean;
}

export function partsIn({ adapters, handlers }: KitParts): KitParts {
  return { adapters, handlers };
}

/** Compares what two kits have; nothing where there is no kit on a side. */
export function compareParts(base: KitParts | undefined, head: KitParts | undefined): readonly Change[] {
  if (base === undefined || head === undefined) return [];
  const adapters = new Set([...base.adapters, ...head.adapters]);
  return [
    ...[...adapters].flatMap((name) => {
      const [was, is] = [base, head].map((each) => each.adapters.includes(name));
      if (was === is) return [];
      const message = is ? `The adapter for ${name} is new.` : `The adapter for ${name} is gone.`;
      return [change(is ? 'adapter-added' : 'adapter-removed', `adapter ${name}`, message)];
    }),
    ...(base.handlers && !head.handlers
      ? [change('handlers-removed', 'handlers', 'Handlers are not collected any more.')]
      : []),
    ...(!base.handlers && head.handlers
      ? [change('handlers-added', 'handlers', 'Handlers are collected.')]
      : []),
  ];
}

function change(rule: RuleId, subject: string, message: string): Change {
  return { rule, level: rules[rule].level, subject, message, events: [] };
}
