import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { CredentialFlags } from './credentials.js';

/** What the flags say for one product. */
export interface Given {
  readonly secretEnv: readonly string[];
  readonly key: readonly string[];
  readonly username: string | undefined;
  readonly scheme: string | undefined;
  /** Whether a secret or a key is given for this product by name, and not for all. */
  readonly isNamed: boolean;
  /** The same of the scheme. */
  readonly isSchemeNamed: boolean;
}

/**
 * Takes `[product=]value` apart. What names no product is for all of those that have nothing of their own.
 *
 * @throws Rejected for a product that there is not
 */
export function byProduct(flags: CredentialFlags, products: readonly string[]): (product: string) => Given {
  const secretEnv = (flags.secretEnv ?? []).map((each) => named('--secret-env', each, products));
  const key = (flags.key ?? []).map((each) => namedFreely(each, products));
  const username = (flags.username ?? []).map((each) => namedFreely(each, products));
  const scheme = (flags.scheme ?? []).map((each) => named('--scheme', each, products));
  return (product) => {
    const own = { secretEnv: of(secretEnv, product), key: of(key, product) };
    const isNamed = own.secretEnv.length > 0 || own.key.length > 0;
    return {
      ...(isNamed ? own : { secretEnv: of(secretEnv, undefined), key: of(key, undefined) }),
      username: of(username, product).at(-1) ?? of(username, undefined).at(-1),
      scheme: of(scheme, product).at(-1) ?? of(scheme, undefined).at(-1),
      isNamed,
      isSchemeNamed: of(scheme, product).length > 0,
    };
  };
}

interface Named {
  readonly product: string | undefined;
  readonly value: string;
}

function of(all: readonly Named[], product: string | undefined): readonly string[] {
  return all.filter((each) => each.product === product).map(({ value }) => value);
}

/** A path and a user name may hold an equals sign: what stands before it is a product only where there is one. */
function namedFreely(text: string, products: readonly string[]): Named {
  const equals = text.indexOf('=');
  const product = text.slice(0, Math.max(equals, 0));
  return products.includes(product)
    ? { product, value: text.slice(equals + 1) }
    : { product: undefined, value: text };
}

function named(option: string, text: string, products: readonly string[]): Named {
  const found = namedFreely(text, products);
  if (found.product !== undefined || !text.includes('=')) return found;
  // What was written may be a secret: it is quoted only where it looks like a name, and a variable or a scheme follows it.
  const name = /^([a-z]{2,20})=(?:[A-Z][A-Z\d_]*|[a-z]+(?:-webhooks|:.*)?)$/.exec(text)?.[1];
  const what = name === undefined ? 'what stands before its `=`' : `\`${name}\``;
  throw new Rejected(
    diagnostic(
      'usage-value-invalid',
      `\`${option}\` takes \`product=\` before its value, and ${what} is no product. Known are ${products.join(', ')}.`,
    ),
  );
}
