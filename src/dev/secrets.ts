import type { Credentials } from '../delivery/credentials.js';

/**
 * Whether a header or a query parameter holds a secret. A signature is a credential, and no secret: it is of one body, and says
 * nothing about the key.
 */
export function isSecret(credentials: Pick<Credentials, 'isCredential'>, name: string): boolean {
  return credentials.isCredential(name) && !/signature/i.test(name);
}
