import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  /** Says whether it may close at the first Escape. */
  readonly mayClose?: () => boolean;
  readonly children: ComponentChildren;
}

/** A window above the page. The browser keeps the focus in it, and gives it back. */
export function Modal({ title, isWide = false, onClose, mayClose, children }: Props): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={isWide ? 'modal is-wide' : 'modal'}
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        if (mayClose?.() ?? true) onClose();
      }}
    >
      <header class="modal-head">
        <h2 id="modal-title">{title}</h2>
        <button type="button" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
