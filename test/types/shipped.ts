/**
 * What the types of the kit for the shipped documents promise. Nothing here runs: the compiler is the test, and every
 * `@ts-expect-error` is a line that must not compile.
 */
import type { StandardSchemaV1 as Published } from '@standard-schema/spec';
import {
  basicAuth,
  createReceiver,
  dangerouslyUnverified,
  freshchatSignature,
  freshworksSignature,
  handlers as stubs,
  ignore,
  ignoringRest,
  isFreshdeskTicketPayload,
  isWhatsappOutboundMessagePayload,
  parseTags,
  standardWebhooks,
  textOf,
  unhandled,
  validators,
  type AnyWebhookEvent,
  type EventName,
  type EventPayloads,
  type FreshchatMessagePayload,
  type FreshdeskTicketPayload,
  type Handler,
  type Handlers,
  type Product,
  type ProductOf,
  type WebhookEvent,
  type WhatsappOutboundMessagePayload,
} from './kit/index.js';

/** Holds where the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<T extends true>(_: T): void {}

// ---- Names ----

holds<Same<Product, 'freshchat' | 'freshdesk' | 'freshservice' | 'helpdesk' | 'whatsapp'>>(true);
holds<Same<ProductOf<'helpdesk/ticket.created'>, 'helpdesk'>>(true);
export const name: EventName = 'freshdesk/ticket-created';
// @ts-expect-error the leading slash is not part of the name
export const slashed: EventName = '/freshdesk/ticket-created';
// @ts-expect-error a misspelt event
export const misspelt: EventName = 'freshdesk/ticket-create';

// ---- Handlers: a decision for every event ----

const fine: Handlers = {
  'freshchat/conversation-assignment': ignore,
  'freshchat/conversation-reopen': ignore,
  'freshchat/conversation-resolution': ignore,
  'freshchat/message-create': ignore,
  'freshdesk/ticket-created': ({ payload }) => console.log(payload.freshdesk_webhook),
  'freshdesk/ticket-updated': async () => {},
  'freshservice/ticket-created': ignore,
  'freshservice/ticket-updated': ignore,
  'helpdesk/ticket.assignment.changed': ignore,
  'helpdesk/ticket.created': ignore,
  'helpdesk/ticket.deleted': ignore,
  'helpdesk/ticket.resolved': ignore,
  'helpdesk/ticket.updated': ignore,
  'whatsapp/outbound-message': ignore,
};

const { 'whatsapp/outbound-message': forgotten, ...rest } = fine;
// @ts-expect-error a forgotten event
export const incomplete: Handlers = rest;
export const complete: Handlers = { ...rest, 'whatsapp/outbound-message': forgotten };
// @ts-expect-error an event that no document has
export const unknownEvent: Handlers = { ...fine, 'freshdesk/ticket-deleted': ignore };
const stub = unhandled('freshdesk/ticket-created');
// @ts-expect-error a stub is not a handler
export const stubbed: Handlers = { ...fine, 'freshdesk/ticket-created': stub };
// @ts-expect-error nor are the stubs as they are generated
export const generated: Handlers = stubs;
// @ts-expect-error a handler of another event, whose payload it cannot read
export const crossed: Handlers = { ...fine, 'helpdesk/ticket.created': onTicketCreated };
// @ts-expect-error what is returned is not awaited
export const returning: Handlers = { ...fine, 'freshdesk/ticket-created': () => 200 };
// @ts-expect-error there is no such event to leave unhandled
unhandled('freshdesk/ticket-deleted');

export const some: Handlers = ignoringRest({ 'freshdesk/ticket-created': onTicketCreated });
export const allIgnored: Handlers = ignoringRest(stubs);
export const none: Handlers = ignoringRest({});
// @ts-expect-error a misspelt event
ignoringRest({ 'freshdesk/ticket-create': ignore });
// @ts-expect-error the wrong handler
ignoringRest({ 'helpdesk/ticket.created': onTicketCreated });

function onTicketCreated({ payload, name, product }: WebhookEvent<'freshdesk/ticket-created'>): void {
  holds<Same<typeof name, 'freshdesk/ticket-created'>>(true);
  holds<Same<typeof product, 'freshdesk'>>(true);
  holds<Same<typeof payload, FreshdeskTicketPayload>>(true);
}

export const typed: Handler<'whatsapp/outbound-message'> = async ({
  payload,
  deliveryKey,
  headers,
  rawBody,
  receivedAt,
}) => {
  holds<Same<typeof deliveryKey, string | undefined>>(true);
  holds<Same<typeof headers, ReadonlyMap<string, string>>>(true);
  holds<Same<typeof rawBody, Uint8Array>>(true);
  holds<Same<typeof receivedAt, Date>>(true);
  holds<Same<typeof payload.event_type, 'outbound_message_event'>>(true);
  // @ts-expect-error headers are read, not written
  headers.set('a', 'b');
};

// ---- The receiver: a verifier for every product ----

const verify = {
  freshchat: freshchatSignature({ publicKeys: 'pem' }),
  freshdesk: basicAuth({ username: 'u', password: 'p' }),
  freshservice: freshworksSignature({ secrets: ['old', 'new'] }),
  helpdesk: standardWebhooks({ secrets: async () => ['whsec_a'] }),
  whatsapp: dangerouslyUnverified(),
};
const { whatsapp, ...without } = verify;
createReceiver({ handlers: fine, verify });
// @ts-expect-error a product without its verifier
createReceiver({ handlers: fine, verify: without });
createReceiver({ handlers: fine, verify: { ...without, whatsapp } });
// @ts-expect-error a product that no document describes
createReceiver({ handlers: fine, verify: { ...verify, freshsales: whatsapp } });
// @ts-expect-error no verifier at all
createReceiver({ handlers: fine });
// @ts-expect-error stubs instead of decisions
createReceiver({ handlers: stubs, verify });
createReceiver({ handlers: fine, verify, routes: { '/hooks/fd-new': 'freshdesk/ticket-created' } });
// @ts-expect-error a route to no event
createReceiver({ handlers: fine, verify, routes: { '/hooks/fd-new': 'freshdesk/ticket-new' } });
// @ts-expect-error a misspelt option
createReceiver({ handlers: fine, verify, maxBodyByte: 1 });

// ---- Narrowing ----

/** Exhaustive: an event that the documents gain does not compile here. */
export function describe(event: AnyWebhookEvent): string {
  switch (event.name) {
    case 'freshchat/conversation-assignment':
      holds<Same<typeof event.payload.action, 'conversation_assignment'>>(true);
      return event.payload.action;
    case 'freshchat/conversation-reopen':
      // @ts-expect-error the action of another event
      return event.payload.action === 'conversation_resolution' ? '' : event.payload.action;
    case 'freshchat/conversation-resolution':
      holds<Same<typeof event.payload.action, 'conversation_resolution'>>(true);
      return event.product;
    case 'freshchat/message-create':
      holds<Same<typeof event.payload.action, 'message_create'>>(true);
      return event.payload.data?.message?.id ?? '';
    case 'freshdesk/ticket-created':
    case 'freshdesk/ticket-updated':
      holds<Same<typeof event.product, 'freshdesk'>>(true);
      return String(event.payload.freshdesk_webhook?.ticket_id);
    case 'freshservice/ticket-created':
    case 'freshservice/ticket-updated':
      // @ts-expect-error WhatsApp's
      return event.payload.data;
    case 'helpdesk/ticket.updated':
      holds<Same<typeof event.payload.event, 'ticket.updated'>>(true);
      return event.payload.data.ticket.id;
    case 'helpdesk/ticket.assignment.changed':
    case 'helpdesk/ticket.created':
    case 'helpdesk/ticket.deleted':
    case 'helpdesk/ticket.resolved':
      holds<
        Same<
          typeof event.payload.event,
          'ticket.assignment.changed' | 'ticket.created' | 'ticket.deleted' | 'ticket.resolved'
        >
      >(true);
      return event.payload.data.ticket.id;
    case 'whatsapp/outbound-message':
      return event.payload.data.message_id;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** Leaves one out. */
export function forgetful(event: AnyWebhookEvent): void {
  if (event.name.startsWith('fresh')) return;
  switch (event.name) {
    case 'helpdesk/ticket.created':
      return;
    default: {
      // @ts-expect-error there are others
      const never: never = event;
      void never;
    }
  }
}

export function failure({ data }: WhatsappOutboundMessagePayload): string {
  if (data.status === 'FAILED') return `${data.error.code} ${data.error.message}`;
  // Any other text has a word that stands for it: beside `string` no comparison would narrow.
  holds<Same<typeof data.status, 'DELIVERED' | 'QUEUED' | 'READ' | 'SENT' | '(any other)'>>(true);
  // @ts-expect-error only a failed message has one
  return data.error.code;
}

// ---- Fields ----

export function fields(
  { freshdesk_webhook: ticket }: FreshdeskTicketPayload,
  message: FreshchatMessagePayload,
): void {
  if (ticket === undefined || ticket === null) return;
  holds<Same<typeof ticket.ticket_id, string | number | null | undefined>>(true);
  holds<Same<(typeof ticket)['ticket_cf_region'], unknown>>(true);
  holds<Same<typeof ticket.ticket_tags, string | number | string[] | null | undefined>>(true);
  const tags: string[] = parseTags(ticket.ticket_tags);
  const subject: string | undefined = textOf(ticket.ticket_subject);
  void [tags, subject, message.data?.message?.freshchat_channel_id, message.data?.message?.isBotsInput];
  // @ts-expect-error a misspelt field
  void ticket.ticket_subjct;
  // @ts-expect-error not a custom field: the underscore is missing
  void ticket.ticket_cfregion;
  // @ts-expect-error it may be anything
  void ticket['ticket_cf_region'].length;
  // @ts-expect-error fields may be absent
  void ticket.ticket_subject.length;
  // @ts-expect-error a misspelt member of a nested object
  void message.data?.mesage;
}

export const customField: FreshdeskTicketPayload = {
  freshdesk_webhook: {
    ticket_cf_region: 'EMEA',
    ticket_cf_size: 4,
    ticket_cf_none: null,
    ticket_cf_regions: ['a'],
  },
};
// @ts-expect-error a typo is an error
export const typo: FreshdeskTicketPayload = { freshdesk_webhook: { ticket_cfx: 'EMEA' } };
// @ts-expect-error of no type that a field has
export const wrong: FreshdeskTicketPayload = { freshdesk_webhook: { ticket_id: true } };

/** Open: completed by editors, closed to nobody. */
type ActorType = WhatsappOutboundMessagePayload['actor']['type'];
export const known: ActorType = 'agent';
export const outgrown: ActorType = 'bot';
// @ts-expect-error but a text all the same
export const number: ActorType = 5;
holds<Same<ActorType, 'agent' | 'system' | (string & {})>>(true);

// ---- Guards and Standard Schemas ----

export function guarded(value: unknown): string | undefined {
  if (isWhatsappOutboundMessagePayload(value)) return value.data.status;
  return isFreshdeskTicketPayload(value) ? typeof value.freshdesk_webhook : undefined;
}

export const published: Published<unknown, FreshdeskTicketPayload> = validators['freshdesk/ticket-created'];
export const narrowed: Published<unknown, { action: 'message_create' }> =
  validators['freshchat/message-create'];
// @ts-expect-error another event's payload
export const other: Published<unknown, FreshdeskTicketPayload> = validators['helpdesk/ticket.created'];
holds<
  Same<
    Published.InferOutput<(typeof validators)['whatsapp/outbound-message']>,
    EventPayloads['whatsapp/outbound-message']
  >
>(true);
holds<Same<Published.InferInput<(typeof validators)['whatsapp/outbound-message']>, unknown>>(true);
for (const validator of Object.values(validators)) {
  const accepted: Published = validator;
  void accepted;
}
