/** What a content type says of the encoding, in lower case; undefined where it says nothing. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i
    .exec(contentType)?.[1]
    ?.toLowerCase();
}

/** Whether bytes in this encoding can be read here. */
export function isKnownCharset(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== "";
  } catch {
    return false;
  }
}

type Text = { readonly text: string } | { readonly reason: string };

/**
 * The text of a body. Its bytes say what they are before its content type does: JSON and forms start with ASCII, so that
 * UTF-16 shows by its zeros, and what is UTF-8 throughout is hardly ever meant to be anything else, whatever the sender
 * calls it. A byte order mark is dropped.
 */
export function textOf(bytes: Uint8Array, charset: string | undefined): Text {
  const [first, second] = bytes;
  if (first === 0 || (first === 0xfe && second === 0xff))
    return utf16(bytes, "utf-16be");
  if (second === 0 || (first === 0xff && second === 0xfe))
    return utf16(bytes, "utf-16le");
  const unicode = decoded(bytes, "utf-8");
  if (unicode !== undefined) return { text: unicode };
  if (charset === undefined || /^utf-?8$/.test(charset))
    return { reason: "the body is not UTF-8" };
  const text = decoded(bytes, charset);
  return text === undefined
    ? { reason: "the body is neither UTF-8 nor what its content type says" }
    : { text };
}

function utf16(bytes: Uint8Array, encoding: string): Text {
  const text = decoded(bytes, encoding);
  return text === undefined ? { reason: "the body is not UTF-16" } : { text };
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** What windows-1252 has for 0x80 to 0x9f, which Node 20 leaves as the control characters of ISO-8859-1. */
const cp1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const decoder =
      encoding === "utf-8" ? utf8 : new TextDecoder(encoding, { fatal: true });
    const text = decoder.decode(bytes);
    return decoder.encoding === "windows-1252"
      ? text.replace(
          /[\x80-\x9f]/g,
          (character) => cp1252[character.charCodeAt(0) - 0x80] ?? character,
        )
      : text;
  } catch {
    return undefined;
  }
}
