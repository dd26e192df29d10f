import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { nearest, shownWord } from './nearest.js';

/** What connects a receiver to a server. */
export const adapterNames = ['node'] as const;

export const adaptersByDefault = ['node'] as const;

/**
 * Adapters in their order, each once.
 *
 * @throws Rejected `choice-unknown` for what is none
 */
export function adaptersIn(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !(adapterNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    const messages = unknown.map(
      (name) => `${shownWord(name)} is no adapter. ${nearest(name, adapterNames)}`,
    );
    throw new Rejected(...messages.map((message) => diagnostic('choice-unknown', message)));
  }
  return [...new Set(names)].sort();
}
