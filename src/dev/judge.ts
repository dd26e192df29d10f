import { contentTypeOf } from '../delivery/compose.js';
import type { Credentials } from '../delivery/credentials.js';
import { pointerTo } from '../delivery/field-path.js';
import { descriptionOf, fieldVisitor, type Visit } from '../delivery/fields.js';
import { singleHeaders } from '../delivery/headers.js';
import type { Decoded, LiveKit } from '../delivery/live-kit.js';
import { bodyText } from '../delivery/text.js';
import { pointerOf } from '../model/pointer.js';
import type { Capture } from '../store/record.js';
import type { Checked, Note, Summary } from './api.js';

/** What is said of a delivery in its row. */
export type Judgement = Pick<
  Summary,
  'event' | 'product' | 'authenticity' | 'reason' | 'validity' | 'issues' | 'unknownFields'
>;

/** What is said of a payload, place by place. */
export interface Inspection extends Checked {
  readonly descriptions: readonly Note[];
  /** As JSON. */
  readonly payload?: string;
}

/** Of the fields of a payload, as many are reported; a hostile one could have a million. */
const atMost = 1000;

/** Says what a receiver with this kit would, and what its documents do not know. */
export interface Judge {
  /** Also what its retries have in common. */
  judge(capture: Delivery): Promise<{ readonly judgement: Judgement; readonly key: string | undefined }>;
  inspect(capture: Delivery, event: string | undefined): Inspection;
}

/** A delivery as far as it is judged. */
export type Delivery = Pick<Capture, 'path' | 'headers' | 'body' | 'receivedAt'>;

export function judgeBy(kit: LiveKit, credentials: Pick<Credentials, 'verify'>): Judge {
  const visit = fieldVisitor(kit.catalog);
  const products = new Map(kit.catalog.events.map(({ name, product }) => [name, product]));

  function fields(event: string, payload: unknown): Pick<Inspection, 'unknown' | 'descriptions'> {
    const unknown: string[] = [];
    const descriptions: Note[] = [];
    const look: Visit = (field) => {
      if (!field.isKnown) unknown.push(pointerTo(field.path));
      const message = descriptionOf(field);
      if (message !== undefined && descriptions.length < atMost)
        descriptions.push({ pointer: pointerTo(field.path), message });
      return unknown.length < atMost;
    };
    visit(event, payload, look);
    return { unknown, descriptions };
  }

  /** Where its content type is refused, a receiver reads nothing of a delivery. */
  function unlessUnsupported(event: string | undefined, contentType: string, decoded: Decoded): Decoded {
    const reason = event === undefined ? undefined : kit.unsupported(event, contentType);
    return reason === undefined ? decoded : { reason };
  }

  return {
    async judge({ path, headers, body, receivedAt }) {
      const contentType = contentTypeOf(headers);
      const decoded = kit.decode(body, contentType);
      const event = kit.identify(path, 'payload' in decoded ? decoded.payload : undefined);
      const read = unlessUnsupported(event, contentType, decoded);
      const product = event === undefined ? undefined : products.get(event);
      // Time stamps are looked at as they were when the delivery came.
      const now = new Date(receivedAt);
      const verdict = await credentials.verify(product, { path, headers, body, now });
      const isKnown = event !== undefined && 'payload' in read;
      const payload = 'payload' in read ? read.payload : undefined;
      const issues = isKnown ? kit.check(event, payload).length : 0;
      let unknownFields = 0;
      if (isKnown)
        visit(event, payload, ({ isKnown }) => {
          if (!isKnown) unknownFields += 1;
          return unknownFields < atMost;
        });
      return {
        key: isKnown ? kit.deliveryKey(event, singleHeaders(headers), payload) : undefined,
        judgement: {
          ...(event !== undefined && { event }),
          ...(product !== undefined && { product }),
          ...(typeof verdict === 'string'
            ? { authenticity: verdict }
            : { authenticity: 'refused', reason: verdict.refused }),
          validity:
            'reason' in read
              ? 'unreadable'
              : event === undefined
                ? 'unknown'
                : issues === 0
                  ? 'valid'
                  : 'invalid',
          issues,
          unknownFields,
        },
      };
    },

    inspect({ headers, body }, event) {
      const contentType = contentTypeOf(headers);
      const read = unlessUnsupported(event, contentType, kit.decode(body, contentType));
      if ('reason' in read) return { unreadable: read.reason, issues: [], unknown: [], descriptions: [] };
      const { payload } = read;
      // What is in a form is shown as the kit reads it, which is at most 16 levels deep; JSON as it came.
      const text = kit.isForm(contentType) ? undefined : bodyText(body, contentType);
      const shown = { payload: text ?? JSON.stringify(payload) };
      if (event === undefined) return { ...shown, issues: [], unknown: [], descriptions: [] };
      const issues = kit.check(event, payload).map(({ path, message }) => ({
        pointer: pointerOf(path),
        message,
      }));
      return { ...shown, issues, ...fields(event, payload) };
    },
  };
}
