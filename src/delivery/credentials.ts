import { readRegularFile } from '../disk/regular-file.js';
import { resolve } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Code } from '../diagnostics/catalogue.js';
import type { Product } from '../model/catalog.js';
import { byProduct, type Given } from './by-product.js';
import { ownHeaders } from './own-headers.js';
import { singleHeaders, soundsSecret, soundsStatic, type Header } from './headers.js';
import { readRsaKey, type RsaKey } from './keys.js';
import type { LiveKit } from './live-kit.js';
import {
  redaction,
  secretsIn,
  withoutQuerySecrets,
  withoutUserinfo,
  type Carried,
  type Redaction,
} from './redaction.js';
import { carrierOf, carriersIn, isSignature, readScheme, schemeForms, waysOf, type Way } from './scheme.js';
import { signer, verifier, type Secrets, type Signer, type Verifier } from './signing.js';

/** Credentials as the command line names them; each is `[product=]value`, but headers. */
export interface CredentialFlags {
  /** Names of environment variables. */
  readonly secretEnv?: readonly string[] | undefined;
  /** Files in PEM. */
  readonly key?: readonly string[] | undefined;
  readonly username?: readonly string[] | undefined;
  readonly scheme?: readonly string[] | undefined;
  /** `Name: value`, with `${NAME}` for what an environment variable holds. */
  readonly header?: readonly string[] | undefined;
}

export interface CredentialContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the paths of keys start. */
  readonly cwd: string;
  /** The products that are asked about, all by default: what names no product is meant for each of these. */
  readonly products?: readonly string[];
  /** Whether deliveries are signed: then a key has to be a private one. By default they may be checked alone. */
  readonly signs?: boolean | undefined;
}

/** What a delivery carries to be taken for authentic. */
export interface Authenticated {
  readonly headers: readonly Header[];
  /** Without its question mark; mostly empty. */
  readonly query: string;
}

/** What a Standard Webhooks signature is about beside the body: a retry keeps the id. */
export interface SigningOptions {
  readonly id?: string;
  readonly timestamp?: Date;
}

/** A delivery as it came, as far as its signature is about it. */
export interface Received {
  /** With its query. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** When it came; now by default. */
  readonly now?: Date;
}

/** `refused` says why and holds no secret; `unchecked` where no secret is given for the product. */
export type Judged = 'authentic' | 'unchecked' | { readonly refused: string };

export interface Credentials {
  /** Products whose deliveries are signed, sorted. */
  readonly signing: readonly string[];
  /** Products whose signatures are checked, sorted. */
  readonly verifying: readonly string[];
  /** The headers of `--header`, which every delivery carries, with what the environment holds. */
  readonly headers: readonly Header[];
  /** Nothing for a product that no secret is given for. */
  sign(product: string, body: Uint8Array, options?: SigningOptions): Authenticated;
  verify(product: string | undefined, delivery: Received): Promise<Judged>;
  /** Whether a header carries a credential: by what the documents and the flags say, and by its name. */
  isCredential(header: string): boolean;
  /** Whether what it carries is a secret: a signature is of one body, and says nothing about the key. */
  isSecret(name: string): boolean;
  /** A path, an address, or a text with addresses, which show no credential. */
  hiddenPath(path: string): string;
  /**
   * Takes out of texts what is sent as a credential: a server may answer with what it was sent.
   *
   * @param carried what else it was sent: a delivery may have come with credentials of its own
   */
  redaction(carried?: Carried): Redaction;
}

/**
 * What the flags give, by product.
 *
 * @throws Rejected with all that is wrong: a variable that is not set, a key that is none, a scheme that nobody can know. No
 *   message holds a secret
 */
export async function credentials(
  kit: Pick<LiveKit, 'catalog' | 'sign' | 'signatures'>,
  flags: CredentialFlags,
  context: CredentialContext,
): Promise<Credentials> {
  const { products } = kit.catalog;
  const names = products.map(({ name }) => name);
  const given = byProduct(flags, names);
  const carriers = carriersIn(products);
  const { headers, held, holders } = ownHeaders(
    flags.header ?? [],
    context.env,
    (name) => carriers.has(name) || soundsSecret(name),
  );

  const asked = products.filter(({ name }) => context.products?.includes(name) ?? true);
  const signers = new Map<string, Signer>();
  const verifiers = new Map<string, Verifier>();
  const ways: Way[] = [];
  const values: string[] = [];
  const undecided: string[] = [];
  for (const product of asked) {
    const own = given(product.name);
    const secrets = await secretsOf(product, own, context);
    const way = wayFor(product, own, { secrets, isAlone: asked.length === 1 });
    if (way === undefined) continue;
    if (way === 'undecided') {
      undecided.push(product.name);
      continue;
    }
    const fit = fitting(way, secrets);
    if (fit === undefined) {
      if (own.isNamed || asked.length === 1) throw unfit(product, way);
      continue;
    }
    if (way.kind === 'rsa')
      checkKeys(product.name, fit.keys, { signatures: kit.signatures, signs: context.signs });
    ways.push(way);
    values.push(...fit.texts);
    if (way.kind === 'basic')
      values.push(...fit.texts.map((text) => Buffer.from(`${way.username}:${text}`).toString('base64')));
    const sign = signer(kit, way, fit);
    if (sign) signers.set(product.name, sign);
    verifiers.set(
      product.name,
      checked(product.name, () => verifier(kit.signatures, way, fit)),
    );
  }
  const [first] = undecided;
  // One secret for all products says nothing about those that it cannot be for.
  if (first !== undefined && (verifiers.size === 0 || undecided.some((name) => given(name).isNamed)))
    throw rejected(
      'credentials-undecided',
      `The documents do not say how deliveries of ${first} are authenticated: say it with \`--scheme ${first}=SCHEME\`, which is one of ${schemeForms}.`,
    );

  const staticCarriers = new Set([
    ...carriersIn(products, (way) => !isSignature(way)),
    ...holders.map((name) => name.toLowerCase()),
    ...carriersOf(ways.filter((way) => !isSignature(way))),
  ]);
  const signatureCarriers = new Set([
    ...carriersIn(products, isSignature),
    ...carriersOf(ways.filter(isSignature)),
  ]);
  const isCredential = (name: string) => {
    const key = name.toLowerCase();
    return staticCarriers.has(key) || signatureCarriers.has(key) || soundsSecret(name);
  };
  return {
    signing: [...signers.keys()].sort(),
    verifying: [...verifiers.keys()].sort(),
    headers,
    sign: (product, body, options = {}) =>
      signers.get(product)?.(body, options) ?? { headers: [], query: '' },
    async verify(product, { path, headers: came, body, now = new Date() }) {
      const verify = product === undefined ? undefined : verifiers.get(product);
      if (verify === undefined) return 'unchecked';
      const query = /\?([^#]*)/s.exec(path)?.[1] ?? '';
      const verdict = await verify({ headers: singleHeaders(came), query, body, now });
      return verdict.ok ? 'authentic' : { refused: verdict.reason };
    },
    isCredential,
    isSecret(name) {
      const key = name.toLowerCase();
      if (staticCarriers.has(key)) return true;
      // What carries a signature for one product may carry a password for another that nothing is said about.
      return signatureCarriers.has(key) ? key === 'authorization' : soundsStatic(name);
    },
    redaction: (carried) =>
      redaction([
        ...values,
        ...held,
        ...secretsIn({ headers, path: '' }, isCredential),
        ...(carried ? secretsIn(carried, isCredential) : []),
      ]),
    hiddenPath: (path) =>
      withoutUserinfo(
        withoutQuerySecrets(path, isCredential, (_, name) => `${name}=…`),
        () => '…@',
      ),
  };
}

function carriersOf(ways: readonly Way[]): readonly string[] {
  return ways.flatMap((way) => Object.values(carrierOf(way)).map((name: string) => name.toLowerCase()));
}

/** The secrets of a product that the flags name: texts of variables, and keys of files. */
async function secretsOf(
  { name }: Product,
  { secretEnv, key }: Given,
  { env, cwd }: CredentialContext,
): Promise<Secrets> {
  const texts = secretEnv.map((variable) => {
    const value = env[variable];
    if (value !== undefined && /\S/.test(value)) return value;
    // What is no name of a variable may be the secret itself, given in the wrong place.
    const shown = /^[A-Z][A-Z\d_]{0,60}$/.test(variable) ? `\`${variable}\`` : 'a variable';
    throw rejected('variable-missing', `\`--secret-env\` names ${shown} that the environment does not hold.`);
  });
  const keys: RsaKey[] = [];
  for (const file of key) keys.push(keyOf(name, await keyText(resolve(cwd, file)), 'the file of `--key`'));
  const inTexts = texts.filter((text) => text.includes('-----BEGIN '));
  for (const text of inTexts) keys.push(keyOf(name, text, 'the variable of `--secret-env`'));
  return { texts: texts.filter((text) => !inTexts.includes(text)), keys };
}

/** The kit judges keys: it knows how Freshchat labels its own. */
function checkKeys(
  product: string,
  keys: readonly RsaKey[],
  { signatures, signs = false }: Pick<LiveKit, 'signatures'> & Pick<CredentialContext, 'signs'>,
): void {
  for (const { public: key, where } of keys) {
    const isSigning = signs && keys.every((each) => each.private === undefined);
    if (isSigning)
      throw rejected(
        'credentials-invalid',
        `Deliveries of ${product} are signed with a private RSA key in PEM, and ${where} is none.`,
      );
    try {
      signatures.rsaSignature({ header: 'x', publicKeys: [key] });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const reason = error.message.replace('publicKeys[0] ', '');
      throw rejected('credentials-invalid', `The key of ${product}, ${where}, ${reason}.`);
    }
  }
}

const maxKeyBytes = 64 * 1024;

async function keyText(path: string): Promise<string> {
  try {
    return (await readRegularFile(path, maxKeyBytes)).toString('utf8');
  } catch {
    throw rejected('credentials-invalid', `The file of \`--key\` cannot be read: ${printable(path)}.`);
  }
}

function keyOf(product: string, text: string, where: string): RsaKey {
  const key = readRsaKey(text, where);
  if (key) return key;
  throw rejected(
    'credentials-invalid',
    `The key of ${product}, ${where}, is not an RSA private key in PEM without a passphrase.`,
  );
}

/**
 * How the deliveries of a product are authenticated: as `--scheme` says, else in the first way of the documents that takes what
 * is given. For Freshdesk and Freshservice that is Basic, which their rules offer by a tick; a header there has a name that
 * only the user knows.
 *
 * @returns undefined where nothing is given
 */
function wayFor(
  product: Product,
  { scheme, username, isSchemeNamed }: Given,
  { secrets, isAlone }: { readonly secrets: Secrets; readonly isAlone: boolean },
): Way | 'undecided' | undefined {
  if (secrets.texts.length === 0 && secrets.keys.length === 0) {
    if (scheme !== undefined && (isSchemeNamed || isAlone))
      throw rejected(
        'secret-missing',
        `\`--scheme\` says how deliveries of ${product.name} are authenticated, and nothing gives the secret.`,
      );
    return undefined;
  }
  const name = username ?? product.name;
  if (scheme !== undefined) {
    const way = readScheme(scheme, name);
    if (way) return way;
    throw rejected('credentials-undecided', `\`--scheme\` takes one of ${schemeForms}.`);
  }
  const offered = waysOf(product, name);
  if (offered.length === 0) return 'undecided';
  return (
    (username === undefined ? undefined : offered.find(({ kind }) => kind === 'basic')) ??
    offered.find((way) => fitting(way, secrets) !== undefined) ??
    offered[0]
  );
}

/** The secrets that a way takes: keys for RSA, texts for all others. */
function fitting(way: Way, { texts, keys }: Secrets): Secrets | undefined {
  if (way.kind === 'rsa') return keys.length > 0 ? { texts: [], keys } : undefined;
  return texts.length > 0 ? { texts, keys: [] } : undefined;
}

function unfit({ name }: Product, way: Way): Rejected {
  return rejected(
    'credentials-invalid',
    way.kind === 'rsa'
      ? `Deliveries of ${name} are signed by RSA: give its key in PEM with \`--key\`.`
      : `Deliveries of ${name} are authenticated by a secret, not by a key: give it with \`--secret-env\`, or another \`--scheme\`.`,
  );
}

/** What the kit's own checks say of a secret. They name the option and quote nothing. */
function checked<T>(product: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw rejected('credentials-invalid', `The credentials of ${product} cannot be used: ${error.message}.`);
  }
}

function rejected(code: Code, message: string): Rejected {
  return new Rejected(diagnostic(code, message));
}
