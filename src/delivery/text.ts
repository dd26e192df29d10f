import { charsetOf, textOf } from '../../templates/runtime/text.js';

/**
 * The text of a body; undefined where it is none: bytes of no encoding, or control characters that no text has.
 *
 * @param contentType may name the encoding
 */
export function bodyText(body: Uint8Array, contentType: string): string | undefined {
  const found = textOf(body, charsetOf(contentType));
  return 'text' in found && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(found.text) ? found.text : undefined;
}
