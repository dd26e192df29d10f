import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { nearestWord, shownWord } from './nearest-word.js';
import { adapterNames } from './options.js';

/**
 * Adapters in their order, each once.
 *
 * @throws Rejected `choice-unknown` for what is none
 */
export function adaptersIn(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !(adapterNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    const messages = unknown.map(
      (name) => `${shownWord(name)} is no adapter. ${nearestWord(name, adapterNames)}`,
    );
    throw new Rejected(...messages.map((message) => diagnostic('choice-unknown', message)));
  }
  return [...new Set(names)].sort();
}
