import { Buffer } from 'node:buffer';
import type { Credentials } from '../delivery/credentials.js';
import { contentTypeOf } from '../delivery/compose.js';
import type { Header } from '../delivery/headers.js';
import { headerIn, ownHeadersOf } from '../delivery/headers.js';
import { parametersIn, splitQuery } from '../delivery/query.js';
import { withoutQuerySecrets, withoutUserinfo } from '../delivery/redaction.js';
import { bodyText } from '../delivery/text.js';
import type { Capture } from '../store/record.js';
import { isPlain, variable, word } from './shell.js';

/** The environment variables that hold secrets, with what they hold. */
export type SecretVariables = ReadonlyMap<string, string>;

/** What curl adds of itself: a delivery that came without a media type would become a form. */
const addedByCurl = ['Accept', 'Content-Type', 'User-Agent'];

/** One argument may have 128 KiB on Linux, less elsewhere. */
const wordAtMost = 32 * 1024;

/**
 * A command that sends the same bytes again. A secret stands in it as the environment variable that holds it, else as a gap to
 * be filled. A signature is no secret, and stays: it is of these bytes.
 *
 * @param url where it goes, without a query
 */
export function curlOf(
  { method, path, headers, body }: Pick<Capture, 'method' | 'path' | 'headers' | 'body'>,
  {
    origin,
    credentials,
    variables,
  }: {
    readonly origin: string;
    readonly credentials: Pick<Credentials, 'isSecret'>;
    readonly variables: SecretVariables;
  },
): string {
  const secret = (name: string) => credentials.isSecret(name);
  const text = bodyText(body, contentTypeOf(headers));
  const isWord =
    text !== undefined &&
    isPlain(text) &&
    Buffer.compare(Buffer.from(text), body) === 0 &&
    body.length <= wordAtMost;
  const parts = [
    'curl',
    ...methodWords(method, body),
    // curl makes several addresses of one with brackets, and takes dots out of a path.
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    ...(/\/\./.test(path) ? ['--path-as-is'] : []),
    `--url ${addressWord(`${origin}${withoutUserinfo(path, () => '')}`, secret, variables)}`,
    ...ownHeadersOf(headers).map((header) => headerWords(header, secret, variables)),
    ...addedByCurl
      .filter((name) => headerIn(headers, name) === undefined)
      .map((name) => `--header ${word(`${name}:`)}`),
    // `--data-raw` is the one that takes no first `@` for a file.
    ...(method === 'HEAD' && body.length === 0
      ? []
      : [isWord ? `--data-raw ${word(text)}` : '--data-binary @-']),
  ];
  const command = parts.join(' \\\n  ');
  if (isWord) return `${command}\n`;
  const lines =
    Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return `base64 --decode << 'END' | ${command}\n${[...lines, 'END'].join('\n')}\n`;
}

function methodWords(method: string, body: Uint8Array): readonly string[] {
  if (method === 'POST') return [];
  return method === 'HEAD' && body.length === 0 ? ['--head'] : [`--request ${word(method)}`];
}

function headerWords(
  [name, value]: Header,
  holdsSecret: (name: string) => boolean,
  variables: SecretVariables,
): string {
  if (!holdsSecret(name)) {
    // curl drops a header that has a colon and nothing behind it.
    const left = withoutUserinfo(
      withoutQuerySecrets(value, holdsSecret, (_, parameter) => `${parameter}=<${parameter}>`),
      () => '',
    );
    return `--header ${shown(left === '' ? `${name};` : `${name}: ${left}`)}`;
  }
  const basic = /^Basic +([A-Za-z\d+/=]+)$/i.exec(value)?.[1];
  const pair = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString();
  const colon = pair?.indexOf(':') ?? -1;
  if (name.toLowerCase() === 'authorization' && pair !== undefined && colon > 0) {
    const named = nameOf(pair.slice(colon + 1), variables);
    return `--user ${shown(`${pair.slice(0, colon)}:`)}${named === undefined ? word('<password>') : variable(named)}`;
  }
  const [, scheme = '', secret = ''] = /^(Bearer +|)(.*)$/is.exec(value) ?? [];
  const named = nameOf(secret, variables);
  return `--header ${shown(`${name}: ${scheme}`)}${named === undefined ? word(`<${name}>`) : variable(named)}`;
}

/** An address whose query shows no secret. Without a secret it is one word. */
function addressWord(
  address: string,
  holdsSecret: (name: string) => boolean,
  variables: SecretVariables,
): string {
  const { path, query } = splitQuery(address);
  let literal = path;
  let words = '';
  for (const [index, { text, name, value }] of parametersIn(query).entries()) {
    literal += index === 0 ? '?' : '&';
    if (value === undefined || !holdsSecret(name)) {
      literal += text;
      continue;
    }
    // A shell puts in what the variable holds, and encodes nothing.
    const before = text.slice(0, text.length - value.length);
    const named = nameOf(value, variables);
    if (named === undefined) literal += `${before}<${before.slice(0, -1)}>`;
    else {
      words += `${shown(`${literal}${before}`)}${variable(named)}`;
      literal = '';
    }
  }
  return literal === '' && words !== '' ? words : `${words}${shown(literal)}`;
}

/** A word whose characters can all be seen. What cannot stands as an escape that its reader will have to replace. */
function shown(text: string): string {
  return word(
    text.replace(/[^\P{C}\t]|[\u2028\u2029]/gu, (each) => `\\x${each.codePointAt(0)?.toString(16) ?? ''}`),
  );
}

function nameOf(secret: string, variables: SecretVariables): string | undefined {
  return [...variables].find(([, value]) => value === secret)?.[0];
}
