/** A user's server: a handler for every event, each product authenticated in the way it offers. Prints what it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  anyOf,
  basicAuth,
  createReceiver,
  freshchatSignature,
  freshworksSignature,
  handlers as stubs,
  ignore,
  nodeListener,
  standardWebhooks,
  staticHeaders,
  type AnyWebhookEvent,
  type Handlers,
  type ReceiverOptions,
} from './events/index.js';

function secret(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function told(event: AnyWebhookEvent): void {
  print({
    handled: event.name,
    product: event.product,
    deliveryKey: event.deliveryKey,
    detail: detailOf(event),
  });
}

/** One field of each payload, as its type has it. */
function detailOf(event: AnyWebhookEvent): string | number | null | undefined {
  switch (event.name) {
    case 'freshdesk/ticket-created':
    case 'freshdesk/ticket-updated':
      return event.payload.freshdesk_webhook?.ticket_id;
    case 'freshservice/ticket-created':
    case 'freshservice/ticket-updated':
      return event.payload.freshdesk_webhook?.ticket_id;
    case 'freshchat/message-create':
      return event.payload.data?.message?.id;
    case 'freshchat/conversation-assignment':
      return event.payload.data?.assignment?.interaction_id;
    case 'freshchat/conversation-resolution':
      return event.payload.data?.resolve?.interaction_id;
    case 'freshchat/conversation-reopen':
      return event.payload.action satisfies 'conversation_reopen';
    case 'helpdesk/ticket.created':
    case 'helpdesk/ticket.deleted':
    case 'helpdesk/ticket.resolved':
    case 'helpdesk/ticket.assignment.changed':
    case 'helpdesk/ticket.updated':
      return event.payload.data.ticket.id;
    case 'whatsapp/outbound-message':
      return event.payload.data.status === 'FAILED'
        ? event.payload.data.error.code
        : event.payload.data.message_id;
  }
}

const verify: ReceiverOptions['verify'] = {
  freshdesk: anyOf(
    basicAuth({ username: 'freshdesk', password: secret('FRESHDESK_PASSWORD') }),
    freshworksSignature({ secrets: secret('FRESHWORKS_SECRET') }),
  ),
  freshservice: staticHeaders({ 'x-webhook-token': secret('FRESHSERVICE_TOKEN') }),
  freshchat: freshchatSignature({ publicKeys: secret('FRESHCHAT_PUBLIC_KEY') }),
  helpdesk: standardWebhooks({ secrets: secret('HELPDESK_SIGNING_SECRET') }),
  whatsapp: staticHeaders({ authorization: `Bearer ${secret('WHATSAPP_TOKEN')}` }),
};

const handlers: Handlers = {
  'freshchat/conversation-assignment': told,
  'freshchat/conversation-reopen': told,
  'freshchat/conversation-resolution': told,
  'freshchat/message-create': told,
  'freshdesk/ticket-created': told,
  'freshdesk/ticket-updated': told,
  'freshservice/ticket-created': told,
  'freshservice/ticket-updated': told,
  'helpdesk/ticket.assignment.changed': told,
  'helpdesk/ticket.created': told,
  'helpdesk/ticket.deleted': () => {
    throw new Error('the handler failed');
  },
  'helpdesk/ticket.resolved': ignore,
  'helpdesk/ticket.updated': told,
  'whatsapp/outbound-message': told,
};

const receiver = createReceiver({
  handlers,
  verify,
  basePath: '/webhooks',
  onRejected: ({ status, reason, issues, event }) =>
    print({ rejected: status, reason, event, issues: issues.length }),
  onUnknownEvent: ({ product, discriminator }) => print({ unknown: discriminator, product }),
  onError: (error, { event }) =>
    print({ error: error instanceof Error ? error.message : 'not an error', event }),
});

const undecided = createReceiver({
  // @ts-expect-error a stub is no decision
  handlers: stubs,
  verify,
  basePath: '/undecided',
  onError: (_, { event }) => print({ undecided: event }),
});

const listeners = [nodeListener(receiver), nodeListener(undecided)] as const;
const server = createServer((request, response) => {
  listeners[request.url?.startsWith('/undecided') ? 1 : 0](request, response);
});
server.listen(0, '127.0.0.1', () => {
  print({ port: (server.address() as AddressInfo).port });
});
