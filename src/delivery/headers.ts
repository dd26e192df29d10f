/** A header as it is written: a list of them keeps order, spelling and repetitions. */
export type Header = readonly [name: string, value: string];

/** What a header's name consists of (RFC 9110, section 5.6.2). */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name);

/** What a header's value may hold: no line break, and nothing beyond one byte a character. */
export const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** Headers as Node has them, names and values in turn, as pairs. */
export function pairsOf(raw: readonly string[]): readonly Header[] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? '']);
}

/** The value of the first header of a name, in whatever case. */
export function headerIn(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/**
 * Headers by lower-case name, as verifiers take them. One that came more than once is left out: nobody could say which of its
 * values counts.
 */
export function singleHeaders(headers: readonly Header[]): ReadonlyMap<string, string> {
  const single = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (single.has(key)) repeated.add(key);
    single.set(key, value.trim());
  }
  for (const name of repeated) single.delete(name);
  return single;
}

const credentialWord =
  /secret|token|key|passw|passphrase|signature|credential|authori[sz]ation|authentication|jwt|session|(?:^|[-_])(?:auth|bearer|otp|pass|pwd|sid|sig)(?:$|[-_])/i;
const credentialHeaders = new Set(['cookie', 'set-cookie']);

/** Whether a header or a query parameter carries a credential, as far as its name says. */
export function soundsSecret(name: string): boolean {
  return credentialHeaders.has(name.toLowerCase()) || credentialWord.test(name);
}

/**
 * Whether it carries a secret, as far as its name says. A signature is a credential, and no secret: it is of one body, and
 * says nothing about the key. What is called by the name of another credential too may be that one.
 */
export function soundsStatic(name: string): boolean {
  return soundsSecret(name.replace(/signature/gi, ''));
}

/** What belongs to a connection and not to a delivery (RFC 9110, section 7.6.1), and what is made anew for each. */
const ownOfConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers without those of the connection, and without what `connection` names. */
export function ownHeadersOf(headers: readonly Header[]): readonly Header[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  const left = new Set([...ownOfConnection, ...named]);
  return headers.filter(([name]) => !left.has(name.toLowerCase()));
}
