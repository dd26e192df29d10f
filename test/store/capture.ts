import { Buffer } from 'node:buffer';
import { newId } from '../../src/store/id.js';
import type { Capture } from '../../src/store/record.js';

/** A delivery as it is kept. */
export function capture(change: Partial<Capture> & { readonly text?: string } = {}): Capture {
  const { text = '{"freshdesk_webhook":{"ticket_id":1}}', ...facts } = change;
  return {
    id: newId(),
    receivedAt: new Date().toISOString(),
    source: 'received',
    method: 'POST',
    path: '/freshdesk/ticket-created?a=1',
    headers: [
      ['Content-Type', 'application/json'],
      ['x-twice', '1'],
      ['X-Twice', '2'],
    ],
    body: Buffer.from(text),
    event: 'freshdesk/ticket-created',
    ...facts,
  };
}
