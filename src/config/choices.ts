import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { nearestWord, shownWord } from './nearest-word.js';
import { adapterNames, clientNames, inboxNames } from './options.js';

const choices = {
  adapters: { known: adapterNames, otherwise: 'no adapter' },
  inbox: { known: inboxNames, otherwise: 'no inbox engine' },
  clients: { known: clientNames, otherwise: 'no client' },
} as const satisfies Readonly<Record<string, { known: readonly string[]; otherwise: string }>>;

/** An option that takes some of a few known words. */
export type ChoiceName = keyof typeof choices;

/**
 * The words of an option in their order, each once.
 *
 * @throws Rejected `choice-unknown` for what is none
 */
export function choicesIn(option: ChoiceName, words: readonly string[]): readonly string[] {
  const unknown = unknownChoices(option, words);
  if (unknown.length > 0) throw new Rejected(...unknown);
  return [...new Set(words)].sort();
}

/** A finding for each word that the option does not know. */
export function unknownChoices(option: ChoiceName, words: readonly string[]): readonly Diagnostic[] {
  const { known, otherwise } = choices[option];
  return words
    .filter((word) => !(known as readonly string[]).includes(word))
    .map((word) =>
      diagnostic('choice-unknown', `${shownWord(word)} is ${otherwise}. ${nearestWord(word, known)}`),
    );
}
