import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Detail, EventInfo, SendRequest } from '../dev/api.js';
import { Editor } from './editor.js';
import { laidOut } from './layout.js';
import { Modal } from './modal.js';
import type { Session } from './session.js';

/** Chooses an event and sends its sample, edited or as it is. */
export function SendSample({ session }: { readonly session: Session }): JSX.Element {
  const { events } = session.shown;
  const [name, setName] = useState(session.shown.filter.event ?? events[0]?.name ?? '');
  const chosen = events.find((each) => each.name === name);
  const products = [...new Set(events.map(({ product }) => product))];
  const field = (
    <label class="field">
      Event
      <select value={name} onChange={({ currentTarget: { value } }) => setName(value)}>
        {products.map((product) => (
          <optgroup key={product} label={product}>
            {events
              .filter((each) => each.product === product)
              .map((each) => (
                <option key={each.name} value={each.name}>
                  {each.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
  return (
    <Compose
      session={session}
      title="Send a sample"
      of={name}
      start={chosen?.sample ?? ''}
      isJson
      event={chosen}
      field={field}
      request={(body) => ({ event: name, body })}
    />
  );
}

/** Edits a delivery and sends it again. */
export function EditDelivery({
  session,
  delivery,
}: {
  readonly session: Session;
  readonly delivery: Detail;
}): JSX.Element {
  const { text, isCut, id, event } = delivery;
  const [start] = useState(() => laidOut(text ?? ''));
  if (isCut || text === undefined)
    return (
      <Modal title="Edit and resend" onClose={() => session.dialog(undefined)}>
        <p>
          {isCut
            ? 'This body is too large to be edited here. Replay sends it as it is.'
            : 'This body is no text, and cannot be edited here. Replay sends it as it is.'}
        </p>
      </Modal>
    );
  const isForm = /^\s*application\/x-www-form-urlencoded/i.test(delivery.contentType);
  return (
    <Compose
      session={session}
      title="Edit and resend"
      of={id}
      start={isForm ? text : start}
      isJson={!isForm}
      event={session.shown.events.find(({ name }) => name === event)}
      request={(body) => ({ of: id, ...(event !== undefined && { event }), body })}
    />
  );
}

interface Props {
  readonly session: Session;
  readonly title: string;
  /** What is edited. Each has a draft of its own, which is kept while another one is edited. */
  readonly of: string;
  readonly start: string;
  readonly isJson: boolean;
  readonly event: EventInfo | undefined;
  readonly field?: JSX.Element;
  readonly request: (body: string) => SendRequest;
}

function Compose({ session, title, of, start, isJson, event, field, request }: Props): JSX.Element {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());
  const [isSending, setSending] = useState(false);
  const [isWarned, setWarned] = useState(false);
  // The first editor takes the focus; the ones after it leave it where the event is chosen.
  const isOpened = useRef(false);
  useEffect(() => {
    isOpened.current = true;
  }, []);
  const body = drafts.get(of) ?? start;
  const change = (text: string): void => {
    setWarned(false);
    setDrafts((before) => {
      const rest = [...before].filter(([each]) => each !== of);
      return new Map(text === start ? rest : [...rest, [of, text]]);
    });
  };
  const close = (): void => session.dialog(undefined);
  const send = async (): Promise<void> => {
    if (isSending) return;
    setSending(true);
    const { dialog } = session.shown;
    await session.try(async () => {
      const { id } = await session.client.send(request(body));
      // It may have been left meanwhile, and another one opened.
      if (session.shown.dialog === dialog) close();
      session.sent(id, 'Sent');
    });
    setSending(false);
  };
  const isSigned = event !== undefined && session.shown.server?.signing.includes(event.product);

  return (
    <Modal
      title={title}
      isWide
      onClose={close}
      mayClose={() => {
        if (drafts.size === 0 || isWarned) return true;
        setWarned(true);
        return false;
      }}
    >
      {field}
      {event?.summary !== undefined && <p class="hint">{event.summary}</p>}
      <Editor
        // Its text is also another one when the documents have been read again.
        key={`${of}\n${start}`}
        label="Body"
        text={body}
        takesFocus={!isOpened.current}
        onChange={change}
        onSubmit={() => void send()}
        {...(isJson && {
          json: {
            schema: event?.schema,
            ...(event && {
              check: (text: string) => session.client.check({ event: event.name, body: text }),
            }),
          },
        })}
      />
      <footer class="modal-foot">
        <p class={isWarned ? 'odd' : 'hint'} role="status">
          {isWarned
            ? 'Your changes are lost when you close: close again, or send.'
            : isSigned
              ? `It is signed as ${event.product} signs.`
              : 'It is sent without a signature: no secret is configured for this product.'}
        </p>
        <button type="button" class="primary" disabled={isSending} onClick={() => void send()}>
          Send <kbd aria-hidden="true">Ctrl Enter</kbd>
        </button>
      </footer>
    </Modal>
  );
}
