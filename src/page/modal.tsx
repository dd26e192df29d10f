import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  /** Says whether it closes when that is asked for, by whatever means. */
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
  const leave = (): void => {
    if (mayClose?.() ?? true) onClose();
  };
  return (
    <dialog
      ref={box}
      class={isWide ? 'modal is-wide' : 'modal'}
      aria-labelledby="modal-title"
      onKeyDown={(event) => {
        // An editor's list of completions takes it first.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        leave();
      }}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onClose={({ currentTarget }) => {
        // Browsers let nobody prevent the second cancel in a row, and close it without a word to the page.
        if (currentTarget.isConnected && !currentTarget.open) currentTarget.showModal();
      }}
    >
      <header class="modal-head">
        <h2 id="modal-title">{title}</h2>
        <button type="button" aria-label="Close" onClick={leave}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
