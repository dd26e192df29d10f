import type { Change } from './change.js';
import { rules, type RuleId } from '../model/change-rules.js';

/** What a kit has beside the types of its events, as code that imports it sees it. */
export interface KitParts {
  readonly adapters: readonly string[];
  /** The names of its inbox engines. */
  readonly inbox: readonly string[];
  /** The products that it has a client for. */
  readonly clients: readonly string[];
  readonly handlers: boolean;
}

export function partsIn({ adapters, inbox, clients, handlers }: KitParts): KitParts {
  return { adapters, inbox, clients, handlers };
}

/** Compares what two kits have; nothing where there is no kit on a side. */
export function compareParts(base: KitParts | undefined, head: KitParts | undefined): readonly Change[] {
  if (base === undefined || head === undefined) return [];
  return [
    ...compareChoice('adapter', 'adapter for', base.adapters, head.adapters),
    ...compareChoice('inbox', 'inbox on', base.inbox, head.inbox),
    ...compareChoice('client', 'client of', base.clients, head.clients),
    ...(base.handlers && !head.handlers
      ? [change('handlers-removed', 'handlers', 'Handlers are not collected any more.')]
      : []),
    ...(!base.handlers && head.handlers
      ? [change('handlers-added', 'handlers', 'Handlers are collected.')]
      : []),
  ];
}

function compareChoice(
  kind: 'adapter' | 'client' | 'inbox',
  words: string,
  before: readonly string[],
  after: readonly string[],
): readonly Change[] {
  return [...new Set([...before, ...after])].flatMap((name) => {
    const [was, is] = [before, after].map((each) => each.includes(name));
    if (was === is) return [];
    const message = `The ${words} ${name} is ${is ? 'new' : 'gone'}.`;
    return [change(`${kind}-${is ? 'added' : 'removed'}`, `${kind} ${name}`, message)];
  });
}

function change(rule: RuleId, subject: string, message: string): Change {
  return { rule, level: rules[rule].level, subject, message, events: [] };
}
