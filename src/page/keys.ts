import type { Session } from './session.js';

/** What a key does wherever nothing is being typed. */
interface Shortcut {
  readonly keys: readonly string[];
  /** As the list of shortcuts shows it. */
  readonly shown: string;
  readonly does: string;
  /** Only while the focus is in the list, or nowhere: elsewhere the browser scrolls by these keys. */
  readonly isOfList?: true;
  /** Goes on while the key is held. Everything else happens once: a key held too long must not delete a second delivery. */
  readonly repeats?: true;
  readonly run: (session: Session) => void;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['j'], shown: 'j  ↓', does: 'next delivery', ...moves(1) },
  { keys: ['k'], shown: 'k  ↑', does: 'previous delivery', ...moves(-1) },
  { keys: ['ArrowDown'], shown: '', does: '', isOfList: true, ...moves(1) },
  { keys: ['ArrowUp'], shown: '', does: '', isOfList: true, ...moves(-1) },
  { keys: ['PageDown'], shown: '', does: '', isOfList: true, ...moves(10) },
  { keys: ['PageUp'], shown: '', does: '', isOfList: true, ...moves(-10) },
  { keys: ['End'], shown: '', does: '', isOfList: true, ...moves(Infinity) },
  { keys: ['Home'], shown: '', does: '', isOfList: true, ...moves(-Infinity) },
  { keys: ['Enter'], shown: 'Enter', does: 'read it', isOfList: true, run: (session) => session.read() },
  { keys: ['Escape'], shown: 'Escape', does: 'back to the list', run: (session) => session.leave() },
  { keys: ['/'], shown: '/', does: 'filter by text', run: () => focus('#filter-text') },
  { keys: ['r'], shown: 'r', does: 'replay', run: (session) => void session.replay() },
  { keys: ['e'], shown: 'e', does: 'edit and resend', run: (session) => void session.edit() },
  { keys: ['c'], shown: 'c', does: 'copy as curl', run: (session) => void session.copyCurl() },
  { keys: ['t'], shown: 't', does: 'copy as vitest test', run: (session) => void session.copyTest() },
  { keys: ['x', 'Delete'], shown: 'x', does: 'delete', run: (session) => void session.remove() },
  { keys: ['X'], shown: 'X', does: 'delete all', run: (session) => session.dialog({ kind: 'clear' }) },
  { keys: ['s'], shown: 's', does: 'send a sample', run: (session) => session.dialog({ kind: 'send' }) },
  { keys: ['i'], shown: 'i', does: 'infer types', run: (session) => session.dialog({ kind: 'infer' }) },
  { keys: ['?'], shown: '?', does: 'this list', run: (session) => session.dialog({ kind: 'help' }) },
];

function moves(steps: number): Pick<Shortcut, 'repeats' | 'run'> {
  return { repeats: true, run: (session) => session.move(steps) };
}

/** Listens for the shortcuts. */
export function listen(session: Session): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (session.shown.dialog !== undefined || session.shown.connection === 'locked') return;
    const element = target instanceof HTMLElement ? target : document.body;
    if (isTyping(element)) {
      if (key !== 'Escape') return;
      // Chromium would empty the field of the filter, without a word to the page.
      event.preventDefault();
      session.leave();
      return;
    }
    const isInList = element === document.body || element.closest('.list') !== null;
    const shortcut = shortcuts.find(({ keys, isOfList }) => keys.includes(key) && (isInList || !isOfList));
    if (shortcut === undefined) return;
    event.preventDefault();
    if (event.repeat && !shortcut.repeats) return;
    shortcut.run(session);
  });
}

function isTyping(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches('input:not([type="checkbox"]), select, textarea');
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
