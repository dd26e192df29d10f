import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { SignedRequest } from '../../templates/runtime/signatures.js';

export interface RsaPair {
  readonly sign: (body: Uint8Array) => string;
  /** SPKI under its own label. */
  readonly spki: string;
  /** PKCS#1 under `RSA PUBLIC KEY`. */
  readonly pkcs1: string;
}

export function rsaPair(): RsaPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (type: 'spki' | 'pkcs1') => publicKey.export({ type, format: 'pem' }) as string;
  return {
    sign: (body) => sign('sha256', body, privateKey).toString('base64'),
    spki: pem('spki'),
    pkcs1: pem('pkcs1'),
  };
}

export function isReadable(pem: string): boolean {
  try {
    createPublicKey(pem);
    return true;
  } catch {
    return false;
  }
}

export function hmac(
  secret: string | Buffer,
  body: Uint8Array | string,
  encoding: 'hex' | 'base64' = 'hex',
): string {
  return createHmac('sha256', secret).update(body).digest(encoding);
}

export function request(
  body: Uint8Array | string,
  headers: Record<string, string>,
  now = new Date(),
  query = '',
): SignedRequest {
  return { body: Buffer.from(body), headers: new Map(Object.entries(headers)), query, now };
}
