import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ownFolder, wholeFile, writeWhole } from './files.js';
import { pathOf, type StoreFolder } from './folder.js';

const name = 'token';

/**
 * What the page shows to its server. It is kept beside the deliveries, for this user alone, so that a page stays open when the
 * server is started again.
 *
 * @param folder undefined where nothing is kept: then it is another one each time
 */
export function pageToken(folder: StoreFolder | undefined): string {
  if (folder === undefined) return newToken();
  const bytes = wholeFile(join(pathOf(folder), name));
  const known = bytes && Buffer.from(bytes).toString();
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return known;
  const token = newToken();
  writeWhole(ownFolder(folder.base, folder.names), name, token);
  return token;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}
