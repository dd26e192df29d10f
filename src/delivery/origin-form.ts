import { splitQuery } from './query.js';

/**
 * The path and query of a request line, byte for byte: a URL would spell some paths in another way, and takes what stands behind
 * two slashes for a host. The absolute form, which every server has to take (RFC 9112, section 3.2.2), loses its host.
 *
 * @param given as it stands in the request
 */
export function originForm(given: string): { readonly path: string; readonly query: string } {
  const relative = given.replace(/^https?:\/\/[^/?#]*/i, '');
  const { path, query } = splitQuery(relative);
  return { path: path.startsWith('/') ? path : '/', query };
}
