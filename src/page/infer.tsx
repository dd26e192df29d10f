import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Inference } from '../dev/api.js';
import { Failure } from './client.js';
import { CommandLine } from './command-line.js';
import { counted } from './clock.js';
import { Diff } from './diff.js';
import { isFiltering } from './filter.js';
import { Modal } from './modal.js';
import type { Session } from './session.js';
import { Tabs } from './tabs.js';
import { Text } from './text.js';

type From = 'all' | 'listed' | 'this';
type Tab = 'types' | 'overlay';

/** What the deliveries say that the documents do not, and what the types become by it. */
export function Infer({ session }: { readonly session: Session }): JSX.Element {
  const { all, rows, filter, selected } = session.shown;
  const [from, setFrom] = useState<From>(isFiltering(filter) ? 'listed' : 'all');
  const [found, setFound] = useState<Inference | string | undefined>(undefined);

  useEffect(() => {
    const isGone = { current: false };
    setFound(undefined);
    const listed = rows.flatMap((row) => row.all.map(({ id }) => id));
    const ids = { all: undefined, listed, this: selected === undefined ? [] : [selected] }[from];
    session.client.infer(ids === undefined ? {} : { ids }).then(
      (inference) => {
        if (!isGone.current) setFound(inference);
      },
      (error: unknown) => {
        if (!isGone.current) setFound(error instanceof Failure ? error.message : 'This did not work.');
      },
    );
    return () => {
      isGone.current = true;
    };
  }, [from]);

  const choices: readonly (readonly [From, string, boolean])[] = [
    ['all', `all deliveries (${counted(all.length, 'row')})`, true],
    ['listed', `those in the list (${counted(rows.length, 'row')})`, isFiltering(filter)],
    ['this', 'the delivery that is open', selected !== undefined],
  ];
  return (
    <Modal title="Infer types from deliveries" isWide onClose={() => session.dialog(undefined)}>
      <fieldset class="choices">
        <legend>From</legend>
        {choices
          .filter(([, , isOffered]) => isOffered)
          .map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="from" checked={from === value} onChange={() => setFrom(value)} />
              {label}
            </label>
          ))}
      </fieldset>
      {found === undefined && <p role="status">Reading the deliveries…</p>}
      {typeof found === 'string' && (
        <p class="bad" role="alert">
          <Text text={found} most={400} />
        </p>
      )}
      {typeof found === 'object' && <Found session={session} inference={found} />}
    </Modal>
  );
}

function Found({
  session,
  inference,
}: {
  readonly session: Session;
  readonly inference: Inference;
}): JSX.Element {
  const { overlay, changes, types, command } = inference;
  const [tab, setTab] = useState<Tab>('types');
  if (overlay === undefined)
    return (
      <p role="status">The documents know every field of these deliveries: there is nothing to declare.</p>
    );
  return (
    <>
      <h3>{counted(changes.length, 'change')}</h3>
      <ul class="changes">
        {changes.map((change) => (
          <li key={change}>
            <Text text={change} most={300} />
          </li>
        ))}
      </ul>
      <Tabs
        label="Preview"
        tabs={[
          ['types', 'Types'],
          ['overlay', 'Overlay'],
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        {tab === 'types' ? (
          <Diff text={types} label="Payload types, before and after" />
        ) : (
          <pre class="code" tabIndex={0} aria-label="The overlay">
            <Text text={overlay} isBlock most={40_000} />
          </pre>
        )}
      </Tabs>
      <footer class="modal-foot is-column">
        <p class="hint">This writes the overlay, which holds no value of any delivery:</p>
        <CommandLine session={session} text={command} />
        <div class="toolbar">
          <button type="button" onClick={() => void session.copy(overlay, 'the overlay')}>
            Copy the overlay
          </button>
          <button type="button" onClick={() => download('inferred.overlay.yaml', overlay)}>
            Download the overlay
          </button>
        </div>
      </footer>
    </>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
