import type { Authentication, Product } from '../model/catalog.js';
import type { Scheme } from './live-kit.js';

/** How deliveries are authenticated: as the kit signs, with what stands before the secret where it is sent as it is. */
export type Way = Scheme | { readonly kind: 'bearer' };

/** What `--scheme` takes. */
export const schemeForms =
  '`basic`, `bearer`, `hmac:HEADER`, `rsa:HEADER`, `standard-webhooks`, `header:NAME` and `query:NAME`; behind the header of a signature, `:hex` or `:base64`';

/**
 * Reads what `--scheme` says.
 *
 * @param username for `basic`
 * @returns undefined for what is no scheme
 */
export function readScheme(text: string, username: string): Way | undefined {
  const [kind = '', name, encoding, ...rest] = text.split(':');
  if (rest.length > 0) return undefined;
  const isNamed = name !== undefined && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
  switch (kind) {
    case 'basic':
      return name === undefined ? { kind, username } : undefined;
    case 'bearer':
    case 'standard-webhooks':
      return name === undefined ? { kind } : undefined;
    case 'hmac':
    case 'rsa':
      if (!isNamed || (encoding !== undefined && encoding !== 'hex' && encoding !== 'base64'))
        return undefined;
      return { kind, header: name, ...(encoding && { encoding }) };
    case 'header':
      return isNamed && encoding === undefined ? { kind, header: name } : undefined;
    case 'query':
      return isNamed && encoding === undefined ? { kind, parameter: name } : undefined;
    default:
      return undefined;
  }
}

/**
 * The ways that the documents offer for a product and one credential is enough for, as they list them. Where several are
 * needed together, none is.
 */
export function waysOf({ authentication }: Product, username: string): readonly Way[] {
  return authentication.flatMap((together) => {
    const [way, ...others] = together;
    const known = way && others.length === 0 ? wayOf(way, username) : undefined;
    return known ?? [];
  });
}

function wayOf(way: Authentication, username: string): Way | undefined {
  switch (way.kind) {
    case 'basic':
      return { kind: 'basic', username };
    case 'bearer':
      return { kind: 'bearer' };
    case 'header':
      return { kind: 'header', header: way.header };
    case 'query':
      return { kind: 'query', parameter: way.parameter };
    case 'signature':
      return signatureOf(way);
    case 'other':
      return undefined;
  }
}

function signatureOf(way: Extract<Authentication, { kind: 'signature' }>): Way | undefined {
  const { algorithm, header, encoding } = way;
  if (algorithm === 'standard-webhooks') return { kind: algorithm };
  if (header === undefined) return undefined;
  return { kind: algorithm === 'rsa-sha256' ? 'rsa' : 'hmac', header, ...(encoding && { encoding }) };
}

/** The header or the parameter that carries the credential. */
export function carrierOf(way: Way): { readonly header?: string; readonly parameter?: string } {
  switch (way.kind) {
    case 'basic':
    case 'bearer':
      return { header: 'Authorization' };
    case 'standard-webhooks':
      return { header: 'webhook-signature' };
    case 'query':
      return { parameter: way.parameter };
    default:
      return { header: way.header };
  }
}

/** Whether what is sent is a signature, and not the secret itself. */
export function isSignature({ kind }: Pick<Way | Authentication, 'kind'>): boolean {
  return kind === 'hmac' || kind === 'rsa' || kind === 'standard-webhooks' || kind === 'signature';
}

/**
 * The names that the documents have for the headers and parameters of credentials, in lower case.
 *
 * @param isAsked of which ways; of all by default
 */
export function carriersIn(
  products: readonly Product[],
  isAsked: (way: Authentication) => boolean = () => true,
): ReadonlySet<string> {
  const ways = products.flatMap(({ authentication }) => authentication.flat());
  return new Set(
    ways.filter(isAsked).flatMap((way) => {
      const name =
        'header' in way && way.header ? way.header : 'parameter' in way ? way.parameter : undefined;
      return name === undefined ? [] : [name.toLowerCase()];
    }),
  );
}
