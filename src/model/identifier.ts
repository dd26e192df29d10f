/**
 * Letters, digits and marks of any script that every compiler the kit is for has in its tables: what Unicode 13 and later added
 * is left out, and so is what does not show. A name is then the same whatever version of Node.js made it.
 */
const unsettled = new RegExp(
  [
    String.raw`\p{Default_Ignorable_Code_Point}`,
    String.raw`[\u0870-\u089f]|\u08b5|[\u08be-\u08d2]|\u0ece|\u170d|\u1715|\u171f|[\u1c89-\u1c8f]|\u2c2f|\u2c5f`,
    String.raw`\u0b55|\u0c3c|\u0c5c|\u0c5d|\u0cdc|\u0cdd|\u0cf3|\u0d04|\u0d81|[\u1ac0-\u1aff]|[\u1b4c-\u1b4f]|\u1dfa`,
    String.raw`[\u31bb-\u31bf\u4db6-\u4dbf\u9ff0-\u9fff\ua7c0-\ua7f6]|\ua82c|[\uab68-\uab6b]`,
    String.raw`[\u{10000}-\u{1ffff}\u{2a6d7}-\u{2a6ff}\u{2b735}-\u{2b73f}\u{2cea2}-\u{2ceaf}\u{2ebe1}-\u{10ffff}]`,
  ].join('|'),
  'gu',
);

/** A text of which words can be made: NFC, with a space for everything that no identifier can have. */
export function lettersOf(text: string): string {
  return text.normalize('NFC').replace(unsettled, ' ');
}

/** Whether a text is an identifier as generated code has them: a letter, then letters, digits and marks. */
export function isIdentifier(text: string): boolean {
  return (
    /^[\p{L}\p{Nl}][\p{L}\p{Nl}\p{M}\p{Nd}]*$/u.test(text) &&
    /^\p{ID_Start}\p{ID_Continue}*$/u.test(text) &&
    lettersOf(text) === text
  );
}

/** Whether a text is the name of a product: words of small letters and digits with hyphens between them. */
export function isProductName(text: string): boolean {
  return (
    text.split('-').every((word) => /^[\p{L}\p{Nl}\p{Nd}][\p{L}\p{Nl}\p{Nd}\p{M}]*$/u.test(word)) &&
    !/[\p{Lu}\p{Lt}]/u.test(text) &&
    lettersOf(text) === text
  );
}
