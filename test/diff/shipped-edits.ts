import type { Action } from './edited.js';

/** An edit of the shipped documents, and what it means for those who receive the events. */
export type Edit = readonly [what: string, actions: readonly Action[], ...labels: readonly string[]];

const schema = (name: string) => `$.components.schemas.${name}`;
const field = (name: string, of: string) => `$.components.schemas.${name}.properties.${of}`;
const remove = (target: string): Action => ({ target, remove: true });
const update = (target: string, value: unknown): Action => ({ target, update: value });
/** In place of what is there; an update alone would merge. */
const put = (target: string, key: string, value: unknown): readonly Action[] => [
  remove(`${target}.${key}`),
  update(target, { [key]: value }),
];
const channel = (name: string) => `$.channels['/${name}']`;
const security = '$.components.securitySchemes';

const freshworks = 'Freshworks Webhook Events';
const whatsapp = 'Freshdesk WhatsApp Webhook Events';
/** A channel of a product with the message that WhatsApp's has. */
const another = (product: string) => ({
  'x-event': { product },
  publish: { message: { $ref: '#/components/messages/WhatsappOutboundMessageEvent' } },
});
const moved = (name: string) => `risky type-moved type ${name}`;
const actor = {
  type: 'object',
  required: ['type'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    type: { type: 'string', enum: ['agent', 'system'], 'x-open-enum': true },
  },
};

export const shippedEdits: readonly Edit[] = [
  ['a description', [update(field('HelpdeskTicket', 'id'), { description: 'Other words.' })]],
  [
    'a field removed',
    [remove(field('HelpdeskTicket', 'subject'))],
    'breaking field-removed HelpdeskTicket.subject',
  ],
  [
    'a field renamed',
    [
      remove(field('HelpdeskTicket', 'requesterEmail')),
      update(schema('HelpdeskTicket.properties'), { requester_email: { type: 'string' } }),
    ],
    'breaking field-renamed HelpdeskTicket.requesterEmail',
  ],
  [
    'a field replaced by one that nothing tells it is',
    [
      remove(field('HelpdeskTicket', 'subject')),
      update(schema('HelpdeskTicket.properties'), { headline: { type: 'string' } }),
    ],
    'breaking field-removed HelpdeskTicket.subject',
    'safe field-added HelpdeskTicket.headline',
  ],
  [
    'a field retyped',
    [update(field('HelpdeskTicket', 'id'), { type: 'integer' })],
    'breaking retyped HelpdeskTicket.id',
  ],
  [
    'a field newly nullable',
    [update(field('HelpdeskTicket', 'subject'), { type: ['string', 'null'] })],
    'breaking nullable-added HelpdeskTicket.subject',
  ],
  [
    'a field never null any more',
    [update(field('HelpdeskTicket', 'assigneeId'), { type: 'string' })],
    'risky nullable-removed HelpdeskTicket.assigneeId',
  ],
  [
    'a field of one more type',
    [update(field('HelpdeskTicket', 'id'), { type: ['string', 'integer'] })],
    'breaking type-widened HelpdeskTicket.id',
  ],
  [
    'a field of fewer types',
    [update(field('HelpdeskCustomField', 'value'), { type: ['string', 'number', 'null'] })],
    'risky type-narrowed HelpdeskCustomField.value',
  ],
  [
    'a required field that may be absent',
    [
      update(schema('WhatsappOutboundMessagePayload'), {
        required: ['account_id', 'event_type', 'event_time', 'actor', 'data'],
      }),
    ],
    'breaking field-optional WhatsappOutboundMessagePayload.version',
  ],
  [
    'a field that has to be there',
    [update(schema('HelpdeskTicket'), { required: ['id', 'subject'] })],
    'risky field-required HelpdeskTicket.subject',
  ],
  [
    'a new field',
    [update(schema('HelpdeskTicket.properties'), { watchers: { type: 'array', items: { type: 'string' } } })],
    'safe field-added HelpdeskTicket.watchers',
  ],
  [
    'a new field that has to be there',
    [
      update(schema('HelpdeskTicket'), {
        required: ['id', 'watchers'],
        properties: { watchers: { type: 'integer' } },
      }),
    ],
    'risky field-added-required HelpdeskTicket.watchers',
  ],
  [
    'a new field of what is told from others by its fields',
    [update(schema('WhatsappMessageProgress.properties'), { read_by: { type: 'string' } })],
    'risky field-added-to-variant WhatsappMessageProgress.read_by',
  ],
  [
    'a member more in a closed enum',
    [
      update(field('WhatsappMessageProgress', 'status'), {
        enum: ['QUEUED', 'SENT', 'DELIVERED', 'READ', 'PLAYED'],
      }),
    ],
    'breaking enum-member-added WhatsappMessageProgress.status',
  ],
  [
    'a member less in a closed enum',
    [update(field('WhatsappMessageProgress', 'status'), { enum: ['QUEUED', 'SENT', 'DELIVERED'] })],
    'breaking enum-member-removed WhatsappMessageProgress.status',
  ],
  [
    'a member more in an open enum',
    [
      update(field('HelpdeskTicket', 'status'), {
        enum: ['new', 'open', 'pending', 'resolved', 'closed', 'spam'],
      }),
    ],
    'safe open-values-changed HelpdeskTicket.status',
  ],
  [
    'an enum opened',
    [update(field('WhatsappMessageProgress', 'status'), { 'x-open-enum': true })],
    'breaking enum-opened WhatsappMessageProgress.status',
  ],
  [
    'an enum closed',
    [update(field('HelpdeskTicket', 'priority'), { 'x-open-enum': false })],
    'breaking enum-closed HelpdeskTicket.priority',
  ],
  [
    'an enum in another order',
    [update(field('WhatsappMessageProgress', 'status'), { enum: ['READ', 'DELIVERED', 'SENT', 'QUEUED'] })],
  ],
  [
    'another const',
    [update(field('WhatsappMessageFailure', 'status'), { const: 'BROKEN' })],
    'breaking const-changed WhatsappMessageFailure.status',
  ],
  [
    'a format that is no longer promised',
    [remove(`${field('HelpdeskTicket', 'createdAt')}.format`)],
    'risky format-changed HelpdeskTicket.createdAt',
  ],
  [
    'a length at most',
    [update(field('HelpdeskTicket', 'subject'), { maxLength: 200 })],
    'risky constraint-changed HelpdeskTicket.subject',
  ],
  [
    'items of another type',
    [update(field('HelpdeskTicket', 'tags.items'), { type: 'integer' })],
    'breaking retyped HelpdeskTicket.tags[]',
  ],
  [
    'a list in place of its items',
    put(schema('HelpdeskTicket.properties'), 'tags', { type: 'string' }),
    'breaking retyped HelpdeskTicket.tags',
  ],
  [
    'values of a map that are something else',
    put(field('HelpdeskTicketChanges', 'updatedFields'), 'additionalProperties', { type: 'string' }),
    'breaking retyped HelpdeskTicketChanges.updatedFields[string]',
  ],
  [
    'custom fields that may be less',
    [update(`${schema('FreshdeskTicketFields')}.patternProperties.*`, { type: ['string', 'null'] })],
    'risky type-narrowed FreshdeskTicketFields[/^ticket_cf_/]',
  ],
  [
    'custom fields that nothing is said of',
    [remove(`${schema('FreshdeskTicketFields')}.patternProperties`)],
    'breaking keys-removed FreshdeskTicketFields[/^ticket_cf_/]',
  ],
  [
    'a custom field by its name',
    [update(schema('FreshdeskTicketFields.properties'), { ticket_cf_plant: { type: ['string', 'null'] } })],
    'risky type-narrowed FreshdeskTicketFields.ticket_cf_plant',
  ],
  [
    'a variant more',
    [
      update(field('WhatsappOutboundMessagePayload', 'data'), {
        anyOf: [
          { $ref: '#/components/schemas/WhatsappMessageProgress' },
          { $ref: '#/components/schemas/WhatsappMessageFailure' },
          { $ref: '#/components/schemas/WhatsappMessageOtherStatus' },
          {
            type: 'object',
            required: ['status', 'emoji'],
            properties: { status: { const: 'REACTED' }, emoji: { type: 'string' } },
          },
        ],
      }),
    ],
    'breaking variant-added WhatsappOutboundMessagePayload.data | what has status REACTED',
  ],
  [
    'a variant less',
    put(field('WhatsappOutboundMessagePayload', 'data'), 'anyOf', [
      { $ref: '#/components/schemas/WhatsappMessageProgress' },
      { $ref: '#/components/schemas/WhatsappMessageOtherStatus' },
    ]),
    'breaking variant-removed WhatsappOutboundMessagePayload.data | WhatsappMessageFailure',
  ],
  [
    'a field deprecated',
    [update(field('HelpdeskTicket', 'type'), { deprecated: true })],
    'safe deprecated HelpdeskTicket.type',
  ],
  [
    'an event gone',
    [remove(channel('helpdesk/ticket.resolved'))],
    'breaking event-removed event helpdesk/ticket.resolved',
  ],
  [
    'an event and its payload gone',
    [remove(channel('helpdesk/ticket.updated'))],
    'breaking event-removed event helpdesk/ticket.updated',
  ],
  [
    'an event more',
    [
      {
        document: whatsapp,
        target: '$.channels',
        update: { '/whatsapp/message-deleted': another('whatsapp') },
      },
    ],
    'risky event-added event whatsapp/message-deleted',
  ],
  [
    'an event by another name',
    [
      remove(channel('freshdesk/ticket-updated')),
      {
        document: freshworks,
        target: '$.channels',
        update: {
          '/freshdesk/ticket-changed': {
            'x-event': {
              product: 'freshdesk',
              contentTypes: ['application/x-www-form-urlencoded', 'text/plain'],
            },
            publish: {
              operationId: 'onFreshdeskTicketUpdated',
              message: { $ref: '#/components/messages/FreshdeskTicketEvent' },
            },
          },
        },
      },
    ],
    'breaking event-renamed event freshdesk/ticket-updated',
  ],
  [
    'a product more, with a type of another',
    [{ document: whatsapp, target: '$.channels', update: { '/sms/outbound-message': another('sms') } }],
    'risky event-added event sms/outbound-message',
    'risky product-added product sms',
    ...[
      'WhatsappActor',
      'WhatsappMessageError',
      'WhatsappMessageFailure',
      'WhatsappMessageOtherStatus',
      'WhatsappMessageProgress',
    ].map(moved),
    moved('WhatsappOutboundMessagePayload'),
  ],
  [
    'a product less',
    [remove(channel('freshservice/ticket-created')), remove(channel('freshservice/ticket-updated'))],
    'breaking event-removed event freshservice/ticket-created',
    'breaking event-removed event freshservice/ticket-updated',
    'breaking product-removed product freshservice',
  ],
  [
    'an event of another product',
    [update(`${channel('freshchat/message-create')}['x-event']`, { product: 'chat' })],
    'breaking event-moved event freshchat/message-create',
    'risky product-added product chat',
  ],
  [
    'a handler by another name',
    [update(`${channel('freshdesk/ticket-created')}.publish`, { operationId: 'onTicketBorn' })],
    'safe handler-renamed event freshdesk/ticket-created',
  ],
  [
    'another word for the event',
    [
      update(`${channel('freshchat/message-create')}['x-event'].discriminator`, {
        pointer: '/data/message/message_type',
      }),
    ],
    'breaking discriminator-changed event freshchat/message-create',
  ],
  [
    'no word for the event',
    [remove(`${channel('freshchat/message-create')}['x-event'].discriminator`)],
    'breaking discriminator-removed event freshchat/message-create',
  ],
  [
    'a word for the event',
    [
      update(`${channel('freshdesk/ticket-created')}['x-event']`, {
        discriminator: { pointer: '/event', value: 'created' },
      }),
    ],
    'risky discriminator-added event freshdesk/ticket-created',
  ],
  [
    'a delivery key',
    [update(`${channel('freshdesk/ticket-created')}['x-event']`, { deliveryKey: ['$message.header#/x-id'] })],
    'safe delivery-key-added event freshdesk/ticket-created',
  ],
  [
    'another delivery key',
    put(`${channel('freshchat/message-create')}['x-event']`, 'deliveryKey', [
      '$message.payload#/action_time',
    ]),
    'breaking delivery-key-changed event freshchat/message-create',
  ],
  [
    'no delivery key',
    put(`${channel('freshchat/message-create')}['x-event']`, 'deliveryKey', []),
    'breaking delivery-key-removed event freshchat/message-create',
  ],
  [
    'a media type more',
    put(`${channel('freshchat/message-create')}['x-event']`, 'contentTypes', [
      'application/x-www-form-urlencoded',
    ]),
    'safe content-type-added event freshchat/message-create',
  ],
  [
    'a media type less',
    put(`${channel('freshdesk/ticket-created')}['x-event']`, 'contentTypes', []),
    'breaking content-type-removed event freshdesk/ticket-created',
  ],
  [
    'another signature',
    [update(`${security}.freshworksSignature['x-signature']`, { encoding: 'base64' })],
    'breaking authentication-changed product freshdesk',
  ],
  [
    'another header of a signature',
    [update(`${security}.freshchatSignature`, { name: 'X-Chat-Signature' })],
    'breaking authentication-changed product freshchat',
  ],
  [
    'a way to authenticate less',
    put(`${channel('whatsapp/outbound-message')}.publish`, 'security', [{ whatsappHeader: [] }]),
    'breaking authentication-removed product whatsapp',
  ],
  [
    'both ways to authenticate needed',
    ['message-create', 'conversation-assignment', 'conversation-resolution', 'conversation-reopen'].map(
      (name) =>
        update(`${channel(`freshchat/${name}`)}.publish`, {
          security: [{ freshchatSignature: [], freshworksSignature: [] }],
        }),
    ),
    'risky authentication-extended product freshchat',
  ],
  [
    'a way to authenticate more',
    [
      update(`${channel('freshchat/message-create')}.publish`, {
        security: [{ freshchatSignature: [] }, { freshworksSignature: [] }],
      }),
    ],
    'risky authentication-added product freshchat',
  ],
  [
    'a type by another name',
    [
      {
        document: whatsapp,
        target: '$.components.schemas',
        update: { WhatsappAgent: actor },
      },
      remove(schema('WhatsappActor')),
      update(field('WhatsappOutboundMessagePayload', 'actor'), {
        $ref: '#/components/schemas/WhatsappAgent',
      }),
    ],
    'breaking type-renamed type WhatsappActor',
  ],
];
