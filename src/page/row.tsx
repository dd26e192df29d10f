import type { JSX } from 'preact';
import { printable } from '../diagnostics/printable.js';
import type { Summary } from '../dev/api.js';
import { clock, counted, duration } from './clock.js';
import { isAcknowledged, isTrouble } from './filter.js';
import type { Row } from './rows.js';

/** How high a row of the list is, in pixels: the style sheet has the same number. */
export const rowHeight = 56;

/** What a colour says as well: a mark and words always stand beside it. */
export type Tone = 'good' | 'bad' | 'odd' | 'plain';

/** What a row shows, in two lines. */
export function RowContent({ row: { latest, all } }: { readonly row: Row }): JSX.Element {
  return (
    <>
      <span class="row-line">
        <Dot delivery={latest} />
        <span class="row-event">{nameOf(latest)}</span>
        {all.length > 1 && <span class="times">{all.length}×</span>}
        {latest.source !== 'received' && <span class="source">{latest.source}</span>}
        <span class="row-end">
          <Answer delivery={latest} />
        </span>
      </span>
      <span class="row-line row-small">
        <span class="row-product">{latest.product ?? 'no product'}</span>
        <Verdicts delivery={latest} />
        <time class="row-end" dateTime={latest.receivedAt}>
          {clock(latest.receivedAt)}
        </time>
      </span>
    </>
  );
}

/** The event, or what came where none is known. */
export function nameOf({ event, method, path }: Summary): string {
  return printable(event ?? `${method} ${path}`);
}

function Dot({ delivery }: { readonly delivery: Summary }): JSX.Element {
  const tone = toneOf(delivery);
  const mark = { good: '●', bad: '▲', odd: '◆', plain: '○' }[tone];
  return (
    <span class={`dot ${tone}`} aria-hidden="true">
      {mark}
    </span>
  );
}

/** The worst that is to be said of a delivery. */
export function toneOf(delivery: Summary): Tone {
  const { authenticity, validity, unknownFields } = delivery;
  if (isTrouble(delivery)) return 'bad';
  if (unknownFields > 0 || validity === 'unknown') return 'odd';
  return isAcknowledged(delivery) === true || authenticity === 'authentic' ? 'good' : 'plain';
}

export function signatureOf({ authenticity }: Summary): { readonly tone: Tone; readonly words: string } {
  if (authenticity === 'authentic') return { tone: 'good', words: 'authentic' };
  return authenticity === 'refused'
    ? { tone: 'bad', words: 'signature refused' }
    : { tone: 'plain', words: 'signature unchecked' };
}

export function validityOf({ validity, issues }: Summary): { readonly tone: Tone; readonly words: string } {
  if (validity === 'valid') return { tone: 'good', words: 'valid' };
  if (validity === 'invalid') return { tone: 'bad', words: counted(issues, 'issue') };
  return validity === 'unreadable'
    ? { tone: 'bad', words: 'unreadable' }
    : { tone: 'odd', words: 'unknown event' };
}

function Verdicts({ delivery }: { readonly delivery: Summary }): JSX.Element {
  const signature = signatureOf(delivery);
  const validity = validityOf(delivery);
  return (
    <>
      <span class={signature.tone}>{signature.words.replace('signature unchecked', 'unchecked')}</span>
      <span class={validity.tone}>{validity.words}</span>
      {delivery.unknownFields > 0 && (
        <span class="odd">{counted(delivery.unknownFields, 'unknown field')}</span>
      )}
    </>
  );
}

/** The app's answer, in a few letters. */
export function Answer({ delivery }: { readonly delivery: Summary }): JSX.Element {
  const { outcome } = delivery;
  if (outcome === undefined) return <span class="plain">waiting…</span>;
  if ('kept' in outcome) return <span class="plain">not forwarded</span>;
  const took = <span class="took">{duration(outcome.milliseconds)}</span>;
  if ('error' in outcome)
    return (
      <>
        <span class="bad">no answer</span> {took}
      </>
    );
  return (
    <>
      <span class={isAcknowledged(delivery) === true ? 'good' : 'bad'}>{outcome.status}</span> {took}
    </>
  );
}
