import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** An RSA key as signing and verifying take it, in PEM. */
export interface RsaKey {
  /** Undefined for a public key, which verifies only. */
  readonly private?: string;
  readonly public: string;
  /** Where it was read, as messages name it. */
  readonly where: string;
}

/**
 * Reads an RSA key in PEM, on one line or several: line ends may be spaces or a literal `\n`, as environment variables have
 * them.
 *
 * @returns undefined for a private key that cannot be used; a public key is judged by the kit, which knows how Freshchat
 *   labels its own
 */
export function readRsaKey(text: string, where: string): RsaKey | undefined {
  const pem = text.replace(/\\[nr]/g, '\n');
  if (!/PRIVATE KEY/.test(pem)) return { public: pem, where };
  const content = /-----BEGIN [^-]*PRIVATE KEY-----([^-]*)-----END [^-]*-----/.exec(pem)?.[1];
  const key =
    content === undefined ? undefined : privateKey(Buffer.from(content.replace(/\s/g, ''), 'base64'));
  if (key?.asymmetricKeyType !== 'rsa') return undefined;
  return {
    private: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    public: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    where,
  };
}

/** Labels are as often wrong as right, so both structures are tried. */
function privateKey(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    try {
      return createPrivateKey({ key: der, format: 'der', type });
    } catch {
      // The next structure, or none. What the library says of it may quote the key.
    }
  }
  return undefined;
}
