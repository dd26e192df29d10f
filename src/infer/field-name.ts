/**
 * Whether the key of a member is the name of a field, and not data: objects may be keyed by addresses, numbers or ids, and
 * what a delivery holds has no place in an overlay.
 */
export function isFieldName(key: string): boolean {
  return (
    key.length <= maxLength &&
    /^[\p{L}_$][\p{L}\p{M}\p{N} _.$:/-]*$/u.test(key) &&
    !data.some((pattern) => pattern.test(key)) &&
    !key.split(/[_ .$:/-]/).some(isJumbled) &&
    key !== '__proto__'
  );
}

/** What keys that are data look like. */
const data: readonly RegExp[] = [
  // Numbers of cards, phones and accounts, however they are parted.
  /(?:\p{N}[ ._:/-]?){6}/u,
  // Ids: `INC-12345`, hexadecimal ones, those that begin with what they are of.
  /(?:^|[ _])\p{Lu}{2,}-\p{N}/u,
  /[0-9a-f]{8}-[0-9a-f]{4}-/i,
  /(?=[0-9a-f]*[0-9])[0-9a-f]{16}|^[0-9a-f]{12,}$/i,
  /^(?:[a-z]{2,6}_)+(?=[A-Za-z\d]*[A-Z])(?=[A-Za-z\d]*[a-z])[A-Za-z\d]{10,}$/,
  // Addresses: of machines, of hosts, of pages, of streets.
  /:.*:/,
  /\..*\./,
  /:[^:]*[.\d]/,
  /\/\/|\.\w+\/|\. /,
  /^\s|\s$/,
];

/** Whether the letters of a part change their case, or into digits, as no name does: `V1StGXR8`. */
function isJumbled(part: string): boolean {
  const words = part.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) ?? [];
  return words.length >= 5 && part.length / words.length < 3;
}

const maxLength = 64;

/** A short word of a list, as `--open-enums` writes it: nothing that looks like an address, an id or a sentence. */
export function isShortWord(text: string): boolean {
  return text.length <= 24 && text.split(' ').length <= 3 && isFieldName(text) && !/[$:/]/.test(text);
}
