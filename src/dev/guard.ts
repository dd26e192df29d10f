import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/*
 * The page's server shows personal data and sends deliveries, and every web page that is open in the same browser can make
 * requests to it. So:
 *
 * - it takes its own Host alone: a name that somebody else resolves to 127.0.0.1 is another one;
 * - it takes its own Origin alone, where there is one, and nothing that the browser says comes from another site;
 * - the API takes nothing without the token, which no other page can read.
 */

export interface GuardedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly isApi: boolean;
  /** Whether it asks for the page itself. */
  readonly isPage: boolean;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly reason: string;
}

/**
 * @param port the port of the page's server
 * @returns why a request is refused, or undefined
 */
export function guard(port: number, token: string): (request: GuardedRequest) => Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const expected = digest(token);

  return ({ headers, isApi, isPage }) => {
    const { host = '', origin } = headers;
    if (!hosts.includes(host)) return forbidden('this server answers under its own address alone');
    if (origin !== undefined && origin !== `http://${host}`)
      return forbidden('the request comes from another page');
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      // A link to the page shows nothing to whoever wrote it.
      const isVisit =
        isPage && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
      if (!isVisit) return forbidden('the request comes from another site');
    }
    if (!isApi) return undefined;
    const given = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    // Digests are of one length, and comparing them takes one time.
    return timingSafeEqual(digest(given), expected)
      ? undefined
      : {
          status: 401,
          reason: 'the token is missing, or it is another one: open the address that the command printed',
        };
  };
}

function forbidden(reason: string): Refusal {
  return { status: 403, reason };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
