import type { JSX } from 'preact';
import { shortcuts } from './keys.js';
import { Modal } from './modal.js';
import type { Session } from './session.js';

export function Help({ session }: { readonly session: Session }): JSX.Element {
  return (
    <Modal title="Shortcuts" onClose={() => session.dialog(undefined)}>
      <dl class="shortcuts">
        {shortcuts
          .filter(({ shown }) => shown !== '')
          .map(({ shown, does }) => (
            <div key={shown}>
              <dt>
                {shown.split('  ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
      </dl>
    </Modal>
  );
}
