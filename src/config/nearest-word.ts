import { closestMatch } from 'leven';
import { printable } from '../diagnostics/printable.js';

/**
 * What to say behind a word that is not known: what is near it; else all that are known, or the command that lists them where
 * they are many. All are listed where no command does that.
 */
export function nearestWord(
  word: string,
  known: readonly string[],
  lister: 'explain' | 'list' | 'none' = 'explain',
): string {
  const asked = word.slice(0, longest);
  // Two letters that changed places are two edits.
  const maxDistance = Math.max(asked.length > 3 ? 2 : 1, Math.floor(asked.length / 3));
  const near = closestMatch(asked, known, { maxDistance });
  if (near !== undefined) return `The nearest is \`${near}\`.`;
  const longer = asked.length > 3 ? known.filter((each) => each.includes(asked)) : [];
  if (longer.length === 1) return `The nearest is ${listed(longer)}.`;
  if (longer.length > 1 && longer.length <= listedAtMost) return `The nearest are ${listed(longer)}.`;
  return known.length <= listedAtMost || lister === 'none'
    ? `Known are ${listed(known)}.`
    : `\`freshworks-gen ${lister}\` lists all that are known.`;
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
const listedAtMost = 13;
