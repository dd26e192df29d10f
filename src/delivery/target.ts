import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { soundsSecret } from './headers.js';
import type { LiveKit } from './live-kit.js';

/**
 * Reads what `--to` says.
 *
 * @throws Rejected for what is no address of a server, or holds credentials
 */
export function readTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalid('`--to` takes an address that begins with `http://` or `https://`.');
  if (url.username !== '' || url.password !== '')
    throw invalid('The address after `--to` holds a user name or a password.');
  for (const name of url.searchParams.keys())
    if (soundsSecret(name))
      throw invalid(
        `The address after \`--to\` holds what may be a secret in its query: leave it out, and give it with \`--scheme query:NAME\` and \`--secret-env\`.`,
      );
  return url;
}

/**
 * The address that deliveries of an event go to. One whose path ends in the event's path stays as it is, and so does one that
 * ends in the path of its product, where payloads say which event they are; to every other one the event's path is added.
 *
 * @param isExact whether the address is taken as it is in any case
 */
export function addressOf(
  target: URL,
  event: string,
  { kit, isExact = false }: { readonly kit: Pick<LiveKit, 'catalog' | 'pathOf'>; readonly isExact?: boolean },
): URL {
  const url = new URL(target);
  url.hash = '';
  const path = kit.pathOf(event);
  const described = kit.catalog.events.find(({ name }) => name === event);
  const ends = described?.discriminator ? [path, kit.pathOf(described.product)] : [path];
  if (isExact || ends.some((end) => url.pathname.endsWith(end))) return url;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  return url;
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('target-invalid', message));
}
