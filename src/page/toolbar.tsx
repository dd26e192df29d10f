import type { JSX } from 'preact';
import type { Session } from './session.js';

/** What can be done with the delivery that is read. */
export function Toolbar({ session }: { readonly session: Session }): JSX.Element {
  return (
    <div class="toolbar" role="group" aria-label="Actions on this delivery">
      <Action label="Replay" hint="the same bytes again" keys="r" run={session.replay} />
      <Action label="Edit and resend" keys="e" run={session.edit} />
      <Action label="Copy as curl" keys="c" run={session.copyCurl} />
      <Action label="Copy as test" hint="a vitest test on the testing kit" keys="t" run={session.copyTest} />
      <Action label="Delete" keys="x" run={session.remove} />
    </div>
  );
}

interface ActionProps {
  readonly label: string;
  readonly hint?: string;
  readonly keys: string;
  readonly run: () => Promise<void>;
}

function Action({ label, hint, keys, run }: ActionProps): JSX.Element {
  return (
    <button type="button" title={hint} aria-keyshortcuts={keys} onClick={() => void run()}>
      {label}
      <kbd aria-hidden="true">{keys}</kbd>
    </button>
  );
}
