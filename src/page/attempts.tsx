import type { JSX } from 'preact';
import type { Detail } from '../dev/api.js';
import { clock } from './clock.js';
import { Answer } from './row.js';
import type { Session } from './session.js';

/** The deliveries of a row, to change between them. */
export function Attempts({
  detail,
  session,
}: {
  readonly detail: Detail;
  readonly session: Session;
}): JSX.Element | null {
  if (detail.attempts.length < 2) return null;
  return (
    <nav class="attempts" aria-label="Deliveries of this row">
      <ol>
        {detail.attempts.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              aria-current={each.id === detail.id ? 'true' : undefined}
              onClick={() => session.open(each.id)}
            >
              <span>
                {each.attempt}. {each.source}
              </span>{' '}
              <time dateTime={each.receivedAt}>{clock(each.receivedAt)}</time> <Answer delivery={each} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
