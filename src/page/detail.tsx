import { Fragment, type JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Detail } from '../dev/api.js';
import { AnswerView } from './answer.js';
import { Attempts } from './attempts.js';
import { bytes, clock, counted } from './clock.js';
import { Headers } from './headers.js';
import { Payload } from './payload.js';
import { Raw } from './raw.js';
import { Answer, nameOf, signatureOf, validityOf } from './row.js';
import type { Session } from './session.js';
import { Tabs } from './tabs.js';
import { Text } from './text.js';
import { Toolbar } from './toolbar.js';

type Tab = 'payload' | 'headers' | 'answer' | 'raw';

const describedKey = 'freshworks-gen-descriptions';

/** A delivery, with all that is known of it. */
export function DetailView({
  detail,
  session,
}: {
  readonly detail: Detail;
  readonly session: Session;
}): JSX.Element {
  const [tab, setTab] = useState<Tab>('payload');
  const [areDescribed, setDescribed] = useState(() => localStorage.getItem(describedKey) !== 'no');
  const tabs: readonly (readonly [Tab, string])[] = [
    ['payload', 'Payload'],
    ['headers', `Headers ${detail.headers.length}`],
    ['answer', 'Answer'],
    ['raw', 'Raw body'],
  ];

  return (
    <article class="delivery" aria-labelledby="delivery-name">
      <header class="delivery-head">
        <h2 id="delivery-name" tabIndex={-1}>
          {nameOf(detail)}
        </h2>
        <p class="facts">
          <span>{detail.product ?? 'no product'}</span>
          <time dateTime={detail.receivedAt}>{clock(detail.receivedAt)}</time>
          <span>{bytes(detail.size)}</span>
          {detail.source !== 'received' && <span>{detail.source}</span>}
          <code>
            {detail.method} <Text key={detail.id} text={detail.path} most={300} />
          </code>
        </p>
        <Verdicts detail={detail} />
        <Toolbar session={session} />
        <Attempts detail={detail} session={session} />
      </header>
      <Tabs label="Parts of the delivery" tabs={tabs} chosen={tab} onChoose={setTab}>
        {/* What was unfolded of one delivery is not unfolded of the next. */}
        <Fragment key={detail.id}>
          {tab === 'payload' && (
            <>
              {detail.descriptions.length > 0 && (
                <label class="check">
                  <input
                    type="checkbox"
                    checked={areDescribed}
                    onChange={({ currentTarget: { checked } }) => {
                      localStorage.setItem(describedKey, checked ? 'yes' : 'no');
                      setDescribed(checked);
                    }}
                  />
                  Descriptions from the documents
                </label>
              )}
              {detail.payload === undefined ? (
                <>
                  <p class="bad">
                    <Text text={detail.unreadable ?? 'This body is no payload.'} most={400} />
                  </p>
                  <Raw detail={detail} />
                </>
              ) : (
                <Payload detail={detail} payload={detail.payload} areDescribed={areDescribed} />
              )}
            </>
          )}
          {tab === 'headers' && <Headers label="Headers of the delivery" headers={detail.headers} />}
          {tab === 'answer' && <AnswerView detail={detail} session={session} />}
          {tab === 'raw' && <Raw detail={detail} />}
        </Fragment>
      </Tabs>
    </article>
  );
}

function Verdicts({ detail }: { readonly detail: Detail }): JSX.Element {
  const signature = signatureOf(detail);
  const validity = validityOf(detail);
  return (
    <dl class="verdicts">
      <div>
        <dt>Signature</dt>
        <dd class={signature.tone}>
          {signature.words.replace('signature ', '')}
          {detail.authenticity === 'unchecked' && <span class="hint">: no secret is configured</span>}
          {detail.reason !== undefined && (
            <>
              : <Text text={detail.reason} most={300} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>Payload</dt>
        <dd class={validity.tone}>{validity.words}</dd>
      </div>
      {detail.unknownFields > 0 && (
        <div>
          <dt>Not in the documents</dt>
          <dd class="odd">{counted(detail.unknownFields, 'field')}</dd>
        </div>
      )}
      <div>
        <dt>App</dt>
        <dd>
          <Answer delivery={detail} />
        </dd>
      </div>
    </dl>
  );
}
