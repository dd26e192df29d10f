import type { Summary } from '../../src/dev/api.js';

/** A delivery of the list, in which nothing is remarkable but what is given. */
export function summary(change: Partial<Summary> & { readonly id: string }): Summary {
  return {
    receivedAt: '2026-01-02T03:04:05.678Z',
    source: 'received',
    attempt: 1,
    event: 'freshdesk/ticket-created',
    product: 'freshdesk',
    method: 'POST',
    path: '/freshdesk/ticket-created',
    size: 10,
    authenticity: 'authentic',
    validity: 'valid',
    issues: 0,
    unknownFields: 0,
    ...change,
  };
}
