import type { JSX } from 'preact';
import type { Detail } from '../dev/api.js';
import { duration } from './clock.js';
import { CommandLine } from './command-line.js';
import { Headers } from './headers.js';
import type { Session } from './session.js';
import { Text } from './text.js';

/** What the app said to a delivery, or why it said nothing. */
export function AnswerView({
  detail,
  session,
}: {
  readonly detail: Detail;
  readonly session: Session;
}): JSX.Element {
  const { outcome, answer } = detail;
  if (outcome === undefined) return <p class="hint">The app has not answered yet.</p>;
  if ('kept' in outcome) return <NoForward session={session} />;
  if ('error' in outcome)
    return (
      <p class="bad">
        No answer after {duration(outcome.milliseconds)}: <Text text={outcome.error} most={400} />
      </p>
    );
  return (
    <>
      <p>
        Status <strong>{outcome.status}</strong> after {duration(outcome.milliseconds)}
      </p>
      {answer !== undefined && (
        <>
          <Headers label="Headers of the answer" headers={answer.headers} />
          {answer.body === '' ? (
            <p class="hint">The answer has no body.</p>
          ) : (
            <pre class="code" tabIndex={0} aria-label="Body of the answer">
              <Text text={answer.body} isBlock most={40_000} />
            </pre>
          )}
        </>
      )}
    </>
  );
}

export function NoForward({ session }: { readonly session: Session }): JSX.Element {
  const { server } = session.shown;
  return (
    <div class="hint">
      <p>Deliveries are kept and answered with 200, and not forwarded. To see what your app answers, start</p>
      {server && <CommandLine session={session} text={server.commands.forward} />}
    </div>
  );
}
