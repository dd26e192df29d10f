import type { Header } from './headers.js';
import { nameIn } from './query.js';

/** A delivery, as far as it carries credentials. */
export interface Carried {
  readonly headers: readonly Header[];
  /** A path, or an address, with its query. */
  readonly path: string;
}

/**
 * Takes secrets out of a text.
 *
 * @param isCut whether the text ends before its end: then the beginning of a secret at its end is taken out, too
 */
export type Redaction = (text: string, isCut?: boolean) => string;

/** What is shorter is a word that stands in any text: to take it out would show nothing but its places. */
const leastLength = 4;

/** Parts of a value that stand behind an equals sign: a shorter one is rather a setting than a secret. */
const leastPart = 8;

/** What a delivery carries as credentials: each value as a whole, and what a server may have taken out of it. */
export function secretsIn(
  { headers, path }: Carried,
  isCredential: (name: string) => boolean,
): readonly string[] {
  return [
    ...headers.flatMap(([name, value]) =>
      isCredential(name) ? partsOf(value) : addressSecrets(value, isCredential),
    ),
    ...addressSecrets(path, isCredential),
  ];
}

/** A value, what stands behind the word of its scheme, the pair of Basic with its password, and the values of a list. */
function partsOf(given: string): readonly string[] {
  const value = given.trim();
  const [, scheme, behind] = /^([^\s=;,]+)\s+(\S.*)$/s.exec(value) ?? [];
  const pair = scheme?.toLowerCase() === 'basic' ? Buffer.from(behind ?? '', 'base64').toString('utf8') : '';
  const colon = pair.indexOf(':');
  const listed = [...value.matchAll(/[\w.-]+=(?:"([^"]*)"|([^\s";,]+))/g)]
    .map(([, quoted, bare]) => quoted ?? bare ?? '')
    .filter((part) => part.length >= leastPart);
  return [value, behind ?? '', pair, colon < 0 ? '' : pair.slice(colon + 1), ...listed];
}

function addressSecrets(text: string, isCredential: (name: string) => boolean): readonly string[] {
  const secrets: string[] = [];
  withoutQuerySecrets(text, isCredential, (parameter) => {
    const value = parameter.slice(parameter.indexOf('=') + 1);
    secrets.push(value, decoded(value), decoded(value.replaceAll('+', ' ')));
    return '';
  });
  withoutUserinfo(text, (userinfo) => {
    const pair = decoded(userinfo);
    secrets.push(userinfo, pair, pair.slice(pair.indexOf(':') + 1));
    return '';
  });
  return secrets;
}

/** A text whose addresses have something else in the place of each parameter that is a credential. */
export function withoutQuerySecrets(
  text: string,
  isCredential: (name: string) => boolean,
  instead: (parameter: string, name: string) => string,
): string {
  return text.replace(/([?&])([^=&#?]*)=([^&#]*)/g, (whole, before: string, name: string) =>
    isCredential(nameIn(name)) ? `${before}${instead(whole.slice(1), name)}` : whole,
  );
}

/** A text whose addresses have something else in the place of a user name and password. */
export function withoutUserinfo(text: string, instead: (userinfo: string) => string): string {
  return text.replace(/:\/\/([^/?#\s]*)@/g, (_, userinfo: string) => `://${instead(userinfo)}`);
}

/** Takes values out of texts, in all the forms that an answer may have them in. */
export function redaction(values: readonly string[]): Redaction {
  const forms = [...new Set(values.flatMap(formsOf))].filter((form) => form.length >= leastLength);
  return (text, isCut = false) => {
    // The last character of a text that is cut may be cut itself.
    const left = isCut ? text.replace(/\ufffd{1,3}$/, '') : text;
    const spans = forms.flatMap((form) => spansOf(form, left));
    const begun = isCut ? Math.max(0, ...forms.map((form) => begunAtEnd(form, left))) : 0;
    if (begun > 0) spans.push([left.length - begun, left.length]);
    return withoutSpans(left, spans);
  };
}

/** As it is, and as JSON, addresses, forms and HTML write it. Headers have one byte a character, whatever their bytes stand for. */
function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    value,
    value.trim(),
    ...[json, ascii].flatMap((text) => [text, text.replaceAll('/', '\\/')]),
    encodeURIComponent(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    value.replace(/[&<>"']/g, (mark) => htmlMarks[mark] ?? mark),
    Buffer.from(value, 'latin1').toString('utf8'),
    Buffer.from(value, 'utf8').toString('latin1'),
  ];
}

const htmlMarks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Span = readonly [start: number, end: number];

function spansOf(form: string, text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
    spans.push([at, at + form.length]);
  return spans;
}

/** How many characters at the end of a text are the beginning of a form. */
function begunAtEnd(form: string, text: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(form.slice(0, length))) return length;
  return 0;
}

/** One after the other would leave the rest of a secret that overlaps with another. */
function withoutSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let done = 0;
  for (const [start, end] of [...spans].sort(([a], [b]) => a - b)) {
    if (end <= done) continue;
    if (start > done || done === 0) result += `${text.slice(done, start)}…`;
    done = end;
  }
  return result + text.slice(done);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
