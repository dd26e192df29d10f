import type { JSX } from 'preact';
import type { Session } from './session.js';

/** A line to copy into a terminal. */
export function CommandLine({
  text,
  session,
}: {
  readonly text: string;
  readonly session: Session;
}): JSX.Element {
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" aria-label={`Copy: ${text}`} onClick={() => void session.copy(text, 'the line')}>
        Copy
      </button>
    </div>
  );
}
