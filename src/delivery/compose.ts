import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Json } from '../model/json.js';
import { version } from '../version.js';
import type { Credentials, SigningOptions } from './credentials.js';
import { formOf } from './form.js';
import { headerIn, ownHeadersOf, type Header } from './headers.js';
import type { LiveKit } from './live-kit.js';
import { parametersIn, withoutParameters } from './query.js';
import { withSettings } from './set.js';
import { addressOf } from './target.js';

/** A delivery, ready to be sent. */
export interface Composed {
  readonly url: URL;
  /** In their order; host, length and what belongs to the connection are not among them. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface ComposeOptions {
  readonly event: string;
  readonly to: URL;
  /** Whether the address is taken as it is, whatever its path. */
  readonly isExact?: boolean;
  /** In the place of the sample: sent as it is, unless it is to be changed. */
  readonly body?: Uint8Array | undefined;
  /** What the body is; JSON by default, or a form where it is made one. */
  readonly contentType?: string | undefined;
  /** `path=value`, see `withSettings`. */
  readonly set?: readonly string[];
  readonly form?: boolean;
  readonly signing?: SigningOptions;
}

const formType = 'application/x-www-form-urlencoded';
const jsonType = 'application/json';

/**
 * Makes a delivery of an event as its product would: to the path of the event, signed where there is a secret.
 *
 * @throws Rejected for a body that cannot be changed as it is asked for
 */
export function compose(
  kit: Pick<LiveKit, 'catalog' | 'decode' | 'isForm' | 'pathOf' | 'sample'>,
  credentials: Credentials,
  options: ComposeOptions,
): Composed {
  const { event, to } = options;
  const { body, contentType } = bodyOf(kit, options);
  const product = kit.catalog.events.find(({ name }) => name === event)?.product ?? '';
  return signed(credentials, {
    product,
    url: addressOf(to, event, { kit, isExact: options.isExact ?? false }),
    headers: [
      ['Content-Type', contentType],
      ['User-Agent', userAgent],
    ],
    body,
    ...(options.signing && { signing: options.signing }),
  });
}

/** Who sends. No vendor says what its own is. */
export const userAgent = `freshworks-gen/${version}`;

/** Adds what authenticates a delivery, and the user's own headers, which stand in the place of others of their name. */
function signed(
  credentials: Credentials,
  {
    product,
    url,
    ...request
  }: Composed & { readonly product: string | undefined; readonly signing?: SigningOptions },
): Composed {
  const address = new URL(url);
  const { query, headers, body } = signedRequest(credentials, { ...request, product, query: url.search });
  address.search = query;
  return { url: address, headers, body };
}

/**
 * The same for a request whose address is not to be spelled in another way.
 *
 * @param request its product is undefined where nothing is to be signed; its query begins with `?`, or is empty
 */
export function signedRequest(
  credentials: Pick<Credentials, 'sign' | 'headers'>,
  request: Omit<Composed, 'url'> & {
    readonly product: string | undefined;
    readonly query: string;
    readonly signing?: SigningOptions;
  },
): Omit<Composed, 'url'> & { readonly query: string } {
  const { product, query, headers, body, signing } = request;
  const proof = product === undefined ? { headers: [], query: '' } : credentials.sign(product, body, signing);
  return {
    query: withParameters(query, proof.query),
    headers: replaced(replaced(headers, proof.headers), credentials.headers),
    body,
  };
}

/** Puts parameters in the place of those of the same name: one that came twice would count for nothing. */
function withParameters(query: string, others: string): string {
  if (others === '') return query;
  const names = new Set(parametersIn(`?${others}`).map(({ name }) => name));
  const kept = withoutParameters(query, (name) => names.has(name));
  return kept.length > 1 ? `${kept}&${others}` : `?${others}`;
}

/** A delivery that came, as it is sent again. It is signed anew for a product that is given. */
export function resigned(
  credentials: Credentials,
  { product, url, headers, body }: Composed & { readonly product: string | undefined },
): Composed {
  return signed(credentials, { product, url, headers: ownHeadersOf(headers), body });
}

/** Headers with others: in the place of those of the same name, behind them where there are none. */
export function replaced(headers: readonly Header[], others: readonly Header[]): readonly Header[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const taken = new Set<string>();
  const kept = headers.flatMap(([name, value]): readonly Header[] => {
    const key = name.toLowerCase();
    const own = others.filter(([other]) => other.toLowerCase() === key);
    if (own.length === 0) return [[name, value]];
    if (taken.has(key)) return [];
    taken.add(key);
    return own;
  });
  return [...kept, ...others.filter(([name]) => !names.has(name.toLowerCase()))];
}

interface Body {
  readonly body: Uint8Array;
  readonly contentType: string;
}

function bodyOf(
  kit: Pick<LiveKit, 'decode' | 'isForm' | 'sample'>,
  { event, body, contentType, set = [], form = false }: ComposeOptions,
): Body {
  const type = contentType ?? (form ? formType : jsonType);
  if (body === undefined) return written(withSettings(kit.sample(event), set), form, contentType);
  const payload = (): Json => {
    const decoded = kit.decode(body, contentType ?? jsonType);
    if ('payload' in decoded) return decoded.payload as Json;
    throw invalid(`The body cannot be changed: ${decoded.reason}.`);
  };
  if (set.length > 0) return written(withSettings(payload(), set), form || kit.isForm(type), contentType);
  if (form && contentType === undefined) {
    // What is JSON is made a form; what is none is one already.
    const decoded = kit.decode(body, jsonType);
    if ('payload' in decoded) return written(decoded.payload as Json, true, undefined);
  }
  return { body, contentType: type };
}

function written(payload: Json, form: boolean, contentType: string | undefined): Body {
  const text = form ? formOf(payload) : JSON.stringify(payload);
  if (text === undefined) throw invalid('Only an object can be sent as a form.');
  return { body: Buffer.from(text), contentType: contentType ?? (form ? formType : jsonType) };
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('body-invalid', message));
}

/** The media type of a delivery with its parameters; JSON where it names none. */
export function contentTypeOf(headers: readonly Header[]): string {
  return headerIn(headers, 'content-type') ?? jsonType;
}
