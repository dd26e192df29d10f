import type { JSX } from 'preact';
import { CommandLine } from './command-line.js';
import { everything } from './filters.js';
import type { Session } from './session.js';

/** Nothing has come yet: what to do. */
export function NoDeliveries({ session }: { readonly session: Session }): JSX.Element {
  const { server } = session.shown;
  if (server === undefined) return <div class="empty" />;
  return (
    <div class="empty">
      <h2>No deliveries yet</h2>
      <p>Point a tunnel at this address, and enter the tunnel’s address in your Freshworks product:</p>
      <CommandLine session={session} text={server.endpoint} />
      <p>Or send a sample from a terminal:</p>
      <CommandLine session={session} text={server.commands.send} />
      <p>Or from here:</p>
      <button type="button" class="primary" onClick={() => session.dialog({ kind: 'send' })}>
        Send a sample
      </button>
    </div>
  );
}

/** The filter leaves nothing. */
export function NoMatch({ session }: { readonly session: Session }): JSX.Element {
  return (
    <div class="empty">
      <h2>No delivery matches the filter</h2>
      <button type="button" onClick={() => session.filter(everything)}>
        Clear the filter
      </button>
    </div>
  );
}

/** The token is missing or no longer right. */
export function Locked(): JSX.Element {
  return (
    <main class="empty is-page">
      <h1>This page needs its key</h1>
      <p>
        Open the address that <code>freshworks-gen dev</code> printed when it was started. It ends in{' '}
        <code>#token=…</code> and is another one each time the key changes.
      </p>
    </main>
  );
}
