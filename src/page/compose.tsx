import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Detail, EventInfo, SendRequest } from '../dev/api.js';
import { Editor } from './editor.js';
import { laidOut } from './layout.js';
import { Modal } from './modal.js';
import type { Session } from './session.js';

/** Chooses an event and sends its sample, edited or as it is. */
export function SendSample({
  session,
  event,
}: {
  readonly session: Session;
  readonly event?: string;
}): JSX.Element {
  const { events } = session.shown;
  const [name, setName] = useState(event ?? session.shown.filter.event ?? events[0]?.name ?? '');
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
      key={name}
      session={session}
      title="Send a sample"
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
  readonly start: string;
  readonly isJson: boolean;
  readonly event: EventInfo | undefined;
  readonly field?: JSX.Element;
  readonly request: (body: string) => SendRequest;
}

function Compose({ session, title, start, isJson, event, field, request }: Props): JSX.Element {
  const [body, setBody] = useState(start);
  const [isSending, setSending] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const close = (): void => session.dialog(undefined);
  const send = async (): Promise<void> => {
    setSending(true);
    await session.try(async () => {
      const { id } = await session.client.send(request(body));
      close();
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
        if (body === start || isWarned) return true;
        setWarned(true);
        return false;
      }}
    >
      {field}
      {event?.summary !== undefined && <p class="hint">{event.summary}</p>}
      <Editor
        label="Body"
        text={start}
        onChange={setBody}
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
            ? 'Your changes are lost when you close: press Escape again, or send.'
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
