import { closestMatch } from 'leven';
import { printable } from '../diagnostics/printable.js';

/** What to say behind a word that is not known: the nearest that is, or all of them where they are few and none is near. */
export function nearestWord(word: string, known: readonly string[]): string {
  const maxDistance = known.length > listedAtMost ? longest : Math.ceil(word.length / 2);
  const near = closestMatch(word.slice(0, longest), known, { maxDistance });
  return near === undefined ? `Known are ${listed(known)}.` : `The nearest is \`${near}\`.`;
}

/** A word of the user's as messages show it. */
export function shownWord(word: string): string {
  return `\`${printable(word.length > longest ? `${word.slice(0, longest)}…` : word)}\``;
}

/** `a`, `b` and `c`. */
export function listed(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} ${joint} ${last}`;
}

const longest = 80;
const listedAtMost = 10;
