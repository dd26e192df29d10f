/**
 * Whether the key of a member is the name of a field, and not data: objects may be keyed by addresses, numbers or ids, and
 * what a delivery holds has no place in an overlay.
 */
export function isFieldName(key: string): boolean {
  return (
    key.length <= maxLength &&
    /^[\p{L}_$][\p{L}\p{M}\p{N} _.$:/-]*$/u.test(key) &&
    !/\p{N}{6}/u.test(key) &&
    !/[0-9a-f]{8}-[0-9a-f]{4}-/i.test(key) &&
    !/(?=[0-9a-f]*[0-9])[0-9a-f]{16}/i.test(key) &&
    !/^\s|\s$|\/\/|\.\w+\//.test(key) &&
    key !== '__proto__'
  );
}

const maxLength = 64;

/** A short word of a list, as `--open-enums` writes it: nothing that looks like an address, an id or a sentence. */
export function isShortWord(text: string): boolean {
  return text.length <= 24 && text.split(' ').length <= 3 && isFieldName(text) && !/[$:/]/.test(text);
}
