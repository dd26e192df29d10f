import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { isHeaderName, isHeaderValue, type Header } from './headers.js';

/** Headers as they are sent, and each value of the environment that is in one: a secret, whatever the header is called. */
export interface OwnHeaders {
  readonly headers: readonly Header[];
  readonly held: readonly string[];
  /** The names of those that hold one. */
  readonly holders: readonly string[];
}

/**
 * Reads the headers of `--header`, with the environment in the place of `${NAME}`.
 *
 * @param isCredential takes a name in lower case
 * @throws Rejected for what is no header, for a variable that is not set, and for a credential that is written out; no message
 *   holds a value
 */
export function ownHeaders(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  isCredential: (name: string) => boolean,
): OwnHeaders {
  const held: string[] = [];
  const holders: string[] = [];
  const headers = texts.map((text): Header => {
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0)).trim();
    if (!isHeaderName(name))
      throw new Rejected(diagnostic('header-invalid', '`--header` is given what is no header.'));
    const written = text.slice(colon + 1).trim();
    if (isCredential(name.toLowerCase()) && !variable.test(written))
      throw new Rejected(
        diagnostic(
          'secret-on-command-line',
          `The value of the header ${name} is written out on the command line.`,
        ),
      );
    const value = written.replace(every, (_, wanted: string) => {
      const value = env[wanted]?.trim() ?? '';
      if (value !== '') {
        held.push(value);
        holders.push(name);
        return value;
      }
      throw new Rejected(
        diagnostic(
          'variable-missing',
          `The header ${name} names the variable \`${wanted}\`, which the environment does not hold.`,
        ),
      );
    });
    if (isHeaderValue(value)) return [name, value];
    throw new Rejected(
      diagnostic('header-invalid', `The value of the header ${name} holds characters that no header has.`),
    );
  });
  return { headers, held, holders };
}

const variable = /\$\{[A-Za-z_]\w*\}/;
const every = /\$\{([A-Za-z_]\w*)\}/g;
