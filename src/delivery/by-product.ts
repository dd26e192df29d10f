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
  const secretEnv = (flags.secretEnv ?? []).map((each) => named(each, products));
  const key = (flags.key ?? []).map((each) => named(each, products, mayHoldEquals));
  const username = (flags.username ?? []).map((each) => named(each, products, mayHoldEquals));
  const scheme = (flags.scheme ?? []).map((each) => named(each, products));
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

/** As a path and a user name may: there, what stands before an equals sign is a product only where there is one. */
const mayHoldEquals = true;

function named(text: string, products: readonly string[], holdsEquals = false): Named {
  const equals = text.indexOf('=');
  if (equals < 0) return { product: undefined, value: text };
  const product = text.slice(0, equals);
  if (products.includes(product)) return { product, value: text.slice(equals + 1) };
  if (holdsEquals) return { product: undefined, value: text };
  // What was written may be a secret, so it is not quoted.
  throw new Rejected(
    diagnostic(
      'credentials-undecided',
      `What stands before \`=\` is no product. Known are ${products.join(', ')}.`,
    ),
  );
}
