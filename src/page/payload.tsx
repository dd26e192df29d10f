import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Detail } from '../dev/api.js';
import { counted } from './clock.js';
import { layOut, type Line } from './layout.js';
import { remarks, type Remarks } from './notes.js';
import { Text } from './text.js';

/** How many lines are drawn at once. */
const step = 1500;

interface Props {
  readonly detail: Detail;
  readonly payload: string;
  readonly areDescribed: boolean;
}

/** The payload, a member to a line, with each issue where it belongs. */
export function Payload({ detail, payload, areDescribed }: Props): JSX.Element {
  const lines = useMemo(() => layOut(payload), [payload]);
  const said = useMemo(() => (lines === undefined ? [] : remarks(lines, detail)), [lines, detail]);
  const [count, setCount] = useState(step);
  const [target, setTarget] = useState<number | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (target === undefined) return;
    const line = box.current?.querySelector<HTMLElement>(`[data-line="${target}"]`);
    line?.scrollIntoView({ block: 'center' });
    line?.focus({ preventScroll: true });
    setTarget(undefined);
  }, [target]);

  const troubled = useMemo(
    () => said.flatMap(({ issues }, index) => issues.map((message) => ({ index, message }))),
    [said],
  );
  const drawn = useMemo(
    () =>
      lines
        ?.slice(0, count)
        .map((line, index) => (
          <CodeLine key={index} line={line} index={index} remarks={said[index]} areDescribed={areDescribed} />
        )),
    [lines, said, count, areDescribed],
  );
  if (lines === undefined)
    return (
      <pre class="code">
        <Text text={payload} isBlock most={100_000} />
      </pre>
    );
  const rest = lines.length - count;

  return (
    <>
      {troubled.length > 0 && (
        <section class="issues" aria-label="Issues">
          <h3>{counted(detail.issues, 'issue')}</h3>
          <ul>
            {troubled.map(({ index, message }) => (
              <li key={`${index} ${message}`}>
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    setCount(Math.max(count, index + step));
                    setTarget(index);
                  }}
                >
                  <code>
                    <Text text={lines[index]?.pointer || '/'} most={200} />
                  </code>{' '}
                  <Text text={message} most={400} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="code" ref={box} role="group" aria-label="Payload">
        {drawn}
      </div>
      {rest > 0 && (
        <button type="button" onClick={() => setCount(count + step)}>
          Show {Math.min(step, rest)} more of {counted(rest, 'line')}
        </button>
      )}
    </>
  );
}

interface LineProps {
  readonly line: Line;
  readonly index: number;
  readonly remarks: Remarks | undefined;
  readonly areDescribed: boolean;
}

function CodeLine({ line: { parts, depth }, index, remarks: said, areDescribed }: LineProps): JSX.Element {
  const indent = { paddingInlineStart: `${Math.min(depth, 24) * 2 + 1}ch` };
  return (
    <>
      <div
        class={`line${said?.isUnknown ? ' is-unknown' : ''}${said?.issues.length ? ' has-issue' : ''}`}
        data-line={index}
        tabIndex={said?.issues.length ? -1 : undefined}
        style={indent}
      >
        {parts.map(({ kind, text }, part) => (
          <span key={part} class={`token-${kind}`}>
            <Text text={text} />
          </span>
        ))}
        {said?.isUnknown && <span class="tag odd">not in the documents</span>}
        {areDescribed && said?.description !== undefined && (
          <span class="description">
            <Text text={said.description} most={200} />
          </span>
        )}
      </div>
      {said?.issues.map((message) => (
        <div class="issue" style={indent} key={message}>
          <span aria-hidden="true">▲ </span>
          <Text text={message} most={400} />
        </div>
      ))}
    </>
  );
}
