/** What is delivered: to the path of an event, with a body. */
export interface Delivery {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const path = '/freshdesk/ticket-created';

/** A ticket as it should be. */
export const ticket = {
  path,
  body: '{"freshdesk_webhook":{"ticket_id":42,"ticket_subject":"The printer is on fire"}}',
};

/** With an issue, and a field that no document knows. */
export const broken = {
  path,
  headers: { 'X-Request-Name': 'broken' },
  body: '{"freshdesk_webhook":{"ticket_id":42,"ticket_subject":{},"plant_of_ours":"Ulm"}}',
};

/** One of several with the same field of a team's own. */
export function customField(ticketId: number): Delivery {
  return { path, body: `{"freshdesk_webhook":{"ticket_id":${ticketId},"plant_of_ours":"Ulm ${ticketId}"}}` };
}
