import type { JSX } from 'preact';
import { counted } from './clock.js';
import { EditDelivery, SendSample } from './compose.js';
import { Help } from './help.js';
import { Infer } from './infer.js';
import { Modal } from './modal.js';
import type { Session } from './session.js';

/** The window that is open. */
export function Dialogs({ session }: { readonly session: Session }): JSX.Element | null {
  const { dialog } = session.shown;
  switch (dialog?.kind) {
    case 'send':
      return <SendSample session={session} />;
    case 'edit':
      return <EditDelivery session={session} delivery={dialog.delivery} />;
    case 'infer':
      return <Infer session={session} />;
    case 'clear':
      return <Clear session={session} />;
    case 'help':
      return <Help session={session} />;
    case 'copy':
      return (
        <Modal title={dialog.title} isWide onClose={() => session.dialog(undefined)}>
          <p class="hint">The browser does not let the page copy. Copy it from here:</p>
          <textarea
            class="by-hand"
            readOnly
            aria-label="Text to copy"
            value={dialog.text}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </Modal>
      );
    case undefined:
      return null;
  }
}

function Clear({ session }: { readonly session: Session }): JSX.Element {
  const count = session.shown.all.reduce((sum, { all }) => sum + all.length, 0);
  return (
    <Modal title="Delete all deliveries?" onClose={() => session.dialog(undefined)}>
      <p>{counted(count, 'delivery')} will be removed from this computer. This cannot be undone.</p>
      <footer class="modal-foot">
        <button type="button" onClick={() => session.dialog(undefined)}>
          Keep them
        </button>
        <button type="button" class="danger" onClick={() => void session.clear()}>
          Delete all
        </button>
      </footer>
    </Modal>
  );
}
