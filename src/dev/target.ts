import { originForm } from '../delivery/origin-form.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

/**
 * Reads what `--forward` says.
 *
 * @throws Rejected for what is no address of a server, or holds credentials or a query
 */
export function readForward(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalid('`--forward` takes an address that begins with `http://` or `https://`.');
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw invalid('The address after `--forward` holds a user name, a password or a query.');
  return url;
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('forward-invalid', message));
}

/**
 * What is asked of the app for a delivery: its own path and query, below the path of the address, unless it begins with that
 * already, byte for byte.
 *
 * @param given as it stands in the request
 */
export function forwardedPath(forward: URL, given: string): string {
  const { path: asked, query } = originForm(given);
  const path = `${asked}${query}`;
  const base = forward.pathname.replace(/\/+$/, '');
  const isBelow = base === '' || (path.startsWith(base) && /^(?:[/?]|$)/.test(path.slice(base.length)));
  return isBelow ? path : `${base}${path}`;
}
