/**
 * Characters that show nothing, reorder what is shown or drive a terminal: C0 and C1 controls, soft hyphen, Arabic letter
 * mark, zero-width characters, fillers of Hangul and Khmer, line and paragraph separators, bidirectional controls, the byte order mark, unpaired
 * surrogates, tag characters.
 */
const hidden =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]|\\u034f|\\u17b4|\\u17b5|\\p{Surrogate}|[\\u{e0000}-\\u{e007f}]';

const everyHidden = new RegExp(hidden, 'gu');
const hiddenBesideLineEnds = new RegExp(`(?![\\t\\n\\r])(?:${hidden})`, 'u');

/** Replaces every hidden character with its escape, so that the text stays on one line and drives nothing. */
export function printable(text: string): string {
  return text.replace(everyHidden, escapeOf);
}

/**
 * Lines that no CI takes for a command: GitHub obeys `::…::` where a line begins, whatever white space is before it, and
 * others obey `##[…]`, `##vso[…]` and `##teamcity[…]` wherever they stand.
 */
export function commandless(text: string): string {
  return text.replace(/^([^\S\r\n]*):(?=:)/gm, '$1\\u003a').replace(/##(?=\w*\[)/g, '#\\u0023');
}

/** Whether a text holds a hidden character; tabs and line ends do not count. */
export function hasHidden(text: string): boolean {
  return hiddenBesideLineEnds.test(text);
}

/** `\u200b` for a character of the basic plane, `\udb40\udc41` for one beyond: what a JavaScript string literal reads back. */
function escapeOf(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

/** A value out of a file as a message quotes it: in JSON, on one line, cut where it is long, driving nothing. */
export function quoted(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return printable(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
