import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { nearestWord, shownWord } from './nearest-word.js';
import { adapterNames, clientNames, inboxNames } from './options.js';

/**
 * Adapters in their order, each once.
 *
 * @throws Rejected `choice-unknown` for what is none
 */
export function adaptersIn(names: readonly string[]): readonly string[] {
  return chosen(names, adapterNames, 'no adapter');
}

/** The same for inbox engines. */
export function inboxesIn(names: readonly string[]): readonly string[] {
  return chosen(names, inboxNames, 'no inbox engine');
}

/** The same for clients of REST APIs. */
export function clientsIn(names: readonly string[]): readonly string[] {
  return chosen(names, clientNames, 'no client');
}

function chosen(names: readonly string[], known: readonly string[], otherwise: string): readonly string[] {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const messages = unknown.map((name) => `${shownWord(name)} is ${otherwise}. ${nearestWord(name, known)}`);
    throw new Rejected(...messages.map((message) => diagnostic('choice-unknown', message)));
  }
  return [...new Set(names)].sort();
}
