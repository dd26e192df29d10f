import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { errnoOf } from '../disk/errno.js';

const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program uses it'],
  ['EACCES', 'the system keeps it for its administrator'],
]);

/**
 * Has a server listen to this machine alone.
 *
 * @param option the one that sets the port
 * @returns the port
 * @throws Rejected `dev-port`
 */
export async function listen(server: Server, port: number, option: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const errno = errnoOf(error);
      const reason = reasons.get(errno ?? '') ?? errno;
      reject(
        reason === undefined
          ? error
          : new Rejected(
              diagnostic('dev-port', `Port ${port} cannot be used: ${reason}. \`${option}\` sets another.`),
            ),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends a server at once, with every connection. */
export async function end(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
