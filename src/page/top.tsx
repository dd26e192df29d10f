import type { JSX } from 'preact';
import type { Session } from './session.js';

/** The head of the page: where deliveries go, and what can be done without one. */
export function Top({ session }: { readonly session: Session }): JSX.Element {
  const { server, connection, all } = session.shown;
  return (
    <header class="top">
      <h1>
        freshworks-gen <span>dev</span>
      </h1>
      {server !== undefined && (
        <p class="route">
          <button
            type="button"
            class="address"
            title="Copy the address of the endpoint"
            onClick={() => void session.copy(server.endpoint, 'the address of the endpoint')}
          >
            {server.endpoint}
          </button>
          <span aria-hidden="true">→</span>
          <span class="unseen">forwards to</span>
          <span class="forward">{server.forward ?? 'not forwarded'}</span>
        </p>
      )}
      <p class={`connection is-${connection}`} role="status">
        <span aria-hidden="true">●</span> {words[connection]}
      </p>
      <div class="toolbar top-actions" role="group" aria-label="Actions">
        <button type="button" aria-keyshortcuts="s" onClick={() => session.dialog({ kind: 'send' })}>
          Send a sample<kbd aria-hidden="true">s</kbd>
        </button>
        <button
          type="button"
          aria-keyshortcuts="i"
          disabled={all.length === 0}
          onClick={() => session.dialog({ kind: 'infer' })}
        >
          Infer types<kbd aria-hidden="true">i</kbd>
        </button>
        <button
          type="button"
          aria-keyshortcuts="Shift+X"
          disabled={all.length === 0}
          onClick={() => session.dialog({ kind: 'clear' })}
        >
          Delete all
        </button>
        <button
          type="button"
          aria-keyshortcuts="?"
          aria-label="Shortcuts"
          onClick={() => session.dialog({ kind: 'help' })}
        >
          ?
        </button>
      </div>
    </header>
  );
}

const words = { connecting: 'connecting', live: 'live', lost: 'disconnected', locked: 'no key' } as const;
