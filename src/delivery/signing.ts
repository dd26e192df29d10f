import type { Authenticated, SigningOptions } from './credentials.js';
import type { RsaKey } from './keys.js';
import type { LiveKit, Scheme, Signatures } from './live-kit.js';
import type { Way } from './scheme.js';

/** What is known only to the sender, or to the sender and the receiver: several where one replaces another. The first signs. */
export interface Secrets {
  readonly texts: readonly string[];
  readonly keys: readonly RsaKey[];
}

export type Signer = (body: Uint8Array, options: SigningOptions) => Authenticated;
export type Verifier = ReturnType<Signatures['hmacSignature']>;

/** @returns undefined where there is a public key only */
export function signer(kit: Pick<LiveKit, 'sign'>, way: Way, { texts, keys }: Secrets): Signer | undefined {
  const secret = way.kind === 'rsa' ? keys.find((key) => key.private)?.private : texts[0];
  if (secret === undefined) return undefined;
  if (way.kind === 'bearer') {
    const headers = [['Authorization', `Bearer ${secret}`]] as const;
    return () => ({ headers, query: '' });
  }
  return (body, { id, timestamp }) => {
    const scheme: Scheme = way.kind === 'standard-webhooks' ? { ...way, id, timestamp } : way;
    const { headers, query } = kit.sign(scheme, body, secret);
    return { headers: Object.entries(headers).map(([name, value]) => [spelt(name), value]), query };
  };
}

function spelt(name: string): string {
  return name === 'authorization' ? 'Authorization' : name;
}

/**
 * The kit's own check.
 *
 * @throws TypeError for a secret that it takes for none
 */
export function verifier(signatures: Signatures, way: Way, { texts, keys }: Secrets): Verifier {
  switch (way.kind) {
    case 'basic':
      return signatures.basicAuth({ username: way.username, password: texts });
    case 'bearer':
      return signatures.staticHeaders({ authorization: texts.map((text) => `Bearer ${text}`) });
    case 'header':
      return signatures.staticHeaders({ [way.header]: texts });
    case 'query':
      return signatures.queryParameter({ [way.parameter]: texts });
    case 'hmac':
      return signatures.hmacSignature({ ...way, secrets: texts });
    case 'rsa':
      return signatures.rsaSignature({ ...way, publicKeys: keys.map((key) => key.public) });
    case 'standard-webhooks':
      return signatures.standardWebhooks({ secrets: texts });
  }
}
