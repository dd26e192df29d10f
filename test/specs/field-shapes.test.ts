import { beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { fieldsOf } from './declared.js';
import { payloadOf, validator } from './payload-schema.js';
import { corrections, delivery, helpdesk, published, read, whatsapp } from './shipped.js';

let documents: ReadonlyMap<string, JsonObject>;

beforeAll(async () => {
  const freshworks = await read(published, [delivery, corrections]);
  documents = new Map([
    ['freshdesk', freshworks],
    ['freshservice', freshworks],
    ['freshchat', freshworks],
    ['helpdesk', await read(helpdesk)],
    ['whatsapp', await read(whatsapp)],
  ]);
});

interface Row {
  readonly shape: string;
  readonly event: string;
  readonly payload: Json;
}

const now: Json = {
  conversation_id: 'c',
  app_id: 'a',
  status: 'waiting on customer',
  channel_id: 'h',
  skill_id: 0,
  sla_policy_id: 0,
  sla_breached: false,
  assigned_org_agent_id: '518880769882375380',
};

/* Shapes known from the field that no sample shows; values are made up. All their fields are declared. */
// prettier-ignore
const known: readonly Row[] = [
  { shape: 'an empty wrapper', ...freshdesk({}) },
  { shape: 'no wrapper', event: 'freshdesk/ticket-created', payload: {} },
  { shape: 'an id in text', ...freshdesk({ ticket_id: '11' }) },
  { shape: 'custom and lower-case labels', ...freshdesk({ ticket_status: 'on hold', ticket_priority: 'urgent' }) },
  { shape: 'numeric codes', ...freshdesk({ ticket_status: 2, ticket_priority: 1, ticket_source: 3 }) },
  { shape: 'a date in words', ...freshdesk({ ticket_due_by_time: 'March 23 2016 at 10:06 AM' }) },
  { shape: 'a date with a zone', ...freshdesk({ ticket_created_at: 'July 10 2023 at 05:00 PM EDT' }) },
  { shape: 'a date in ISO', ...freshdesk({ ticket_updated_at: '2026-05-13T00:35:26-05:00' }) },
  { shape: 'no agent, no page', ...freshdesk({ ticket_agent_email: '', ticket_agent_name: null, ticket_url: '' }) },
  { shape: 'no tags', ...freshdesk({ ticket_tags: '[]' }) },
  { shape: 'a reply', ...freshdesk({ ticket_latest_public_comment: 'Robin : <div>Hi</div>', triggered_event: '{reply_sent:sent}' }) },
  { shape: 'custom fields', ...freshdesk({ ticket_cf_room: null, ticket_cf_amount: 12.5, ticket_cf_reference: 'A-1' }) },
  { shape: 'custom fields of every type', ...freshdesk({ ticket_cf_urgent: true, ticket_cf_regions: ['north', 'south'], ticket_cf_map: {}, ticket_tags: ['a', 'b'] }) },
  { shape: 'nothing where there is nothing', ...freshdesk({ ticket_id: null, ticket_status: null, ticket_priority: null, ticket_source: null, ticket_tags: null }) },
  { shape: 'a state of null and no id', ...freshdesk({ ticket_status: null, ticket_priority: null }) },
  { shape: 'digits without quotes', ...freshdesk({ ticket_subject: 4711, ticket_description: 1, ticket_company_name: 1848, ticket_tags: 2026, ticket_contact_phone: 15551234567, ticket_contact_mobile: 15551234567, ticket_requester_phone: 15551234567, ticket_contact_unique_external_id: 99, ticket_requester_name: 15551234567, ticket_group_name: 2, ticket_type: 7 }) },
  { shape: 'older keys', ...freshdesk({ requester_name: 'Robin', requester_email: 'robin@example.com' }) },
  { shape: 'current keys', ...freshdesk({ ticket_contact_name: 'Robin', ticket_contact_unique_external_id: null, ticket_ticket_type: 'Question' }) },
  { shape: 'a prefixed id', ...freshservice('freshdesk_webhook', { ticket_id: 'INC-42', ticket_status: 'Open' }) },
  { shape: 'its own root key', ...freshservice('freshservice_webhook', { ticket_id: 'SR-7', ticket_category: null }) },
  { shape: 'requested items', ...freshservice('freshdesk_webhook', { ri_1_cf_model: 'X1', ri_12_cf_count: 2, ticket_service_item_fields: '<table></table>' }) },
  { shape: 'fields of requested items of every type', ...freshservice('freshdesk_webhook', { ticket_cf_a: [], ri_1_cf_a: {}, ri_2_cf_b: false, ticket_tags: ['a'] }) },
  { shape: 'digits without quotes', ...freshservice('freshdesk_webhook', { ticket_subject: 1, ticket_category: 2, ticket_sub_category: 3, ticket_department_name: 4, ticket_company_name: 5, ticket_requester_phone: 6, ticket_tags: 7, ticket_priority: null, ticket_status: null }) },
  { shape: 'names of its own for ids', ...message({ freshchat_channel_id: 'c', freshchat_conversation_id: 'd', isBotsInput: true }) },
  { shape: 'nothing where there is nothing', ...message({ id: 'a', message_parts: null, reply_parts: null, msg_parts: null, channel_id: null, message_type: null, message_source: null, user_id: null, isBotsInput: null, created_time: null }) },
  { shape: 'a text that is null', ...parts({ text: { content: null } }, { image: { url: null } }, { collection: { sub_parts: null } }) },
  { shape: 'a conversation of nulls', ...conversation('resolution', { resolver: null, resolver_id: null, interaction_id: null, conversation: { status: null, skill_id: null, sla_breached: null, channel_id: null }, user: { first_name: null, properties: null, login_status: null } }) },
  { shape: 'a message of a bot', ...message({ actor_type: 'bot', message_type: 'system', restrictResponse: false, botsPrivateNote: false }) },
  { shape: 'a message without a type', ...message({ id: 'a', created_time: '2022-11-22T10:55:23.123456789Z' }) },
  { shape: 'a source nobody listed', ...message({ message_source: 'whatsapp' }) },
  { shape: 'a text', ...parts({ text: { content: 'Hi' } }) },
  { shape: 'an image', ...parts({ image: { url: 'https://cdn.example.com/a.png' } }) },
  { shape: 'a file', ...parts({ file: { name: 'a.pdf', url: 'https://cdn.example.com/a.pdf', file_size_in_bytes: 9, content_type: 'application/pdf' } }) },
  { shape: 'a link', ...parts({ url_button: { url: 'https://example.com', label: 'Open', target: '_self' } }) },
  { shape: 'a quick reply', ...parts({ quick_reply_button: { label: 'Yes', custom_reply_text: 'Yes, please' } }) },
  { shape: 'a collection', ...parts({ collection: { sub_parts: [{ text: { content: 'a' } }, { collection: { sub_parts: [] } }] } }) },
  { shape: 'a callback', ...parts({ callback: { label: 'Again', payload: '{"step":1}' } }) },
  { shape: 'a reference', ...parts({ reference: { label: 'Article', reference_id: '12' } }) },
  { shape: 'a template', ...parts({ template_content: { type: 'carousel', sections: [{ name: 'title', parts: [{ text: { content: 'a' } }] }] } }) },
  { shape: 'an email', ...parts({ email: { subject: 'Hi', content: '<p>Hi</p>' } }) },
  { shape: 'offered replies', ...message({ reply_parts: [{ collection: { sub_parts: [{ quick_reply_button: { label: 'Yes' } }] } }] }) },
  { shape: 'an assignment of 2022', ...conversation('assignment', { assignor: 'system', assignor_id: '', to_agent_id: '', to_group_id: 'g', from_agent_id: null, interaction_id: '1-2', conversation: now }) },
  { shape: 'a resolution with its user', ...conversation('resolution', { resolver: 'agent', resolver_id: 'a', interaction_id: '1-2', conversation: now, user: { id: 'u', first_name: 'Robin', avatar: { url: 'https://cdn.example.com/u.png' }, properties: [{ name: 'plan', value: 'free' }], login_status: false, created_time: '2022-11-22T10:55:23.126Z' } }) },
  { shape: 'a reopening of 2018', ...conversation('reopen', { reopener: 'agent', reopener_id: 'a', conversation: { conversation_id: 'a_b_feedback', app_id: 'a', status: 'reopen', assigned_agent_id: 'b' } }) },
  { shape: 'a state nobody listed', ...conversation('reopen', { conversation: { status: 'snoozed' } }) },
  { shape: 'a deletion', ...ticket('deleted', { id: 'tkt_1' }) },
  { shape: 'a reassignment', ...ticket('assignment.changed', { id: 'tkt_1', assigneeId: 'usr_1', customFields: [{ id: 'cf_1', value: 3 }] }) },
  { shape: 'a status nobody listed', ...ticket('resolved', { id: 'tkt_1', status: 'escalated' }) },
  { shape: 'changes of any type', ...ticket('updated', { id: 'tkt_1', updatedFields: { tags: { from: [], to: ['a'] }, assigneeId: { from: null, to: 'usr_1' } } }) },
  { shape: 'a failure that has a reference', ...status({ status: 'FAILED', external_reference_id: 'r', error: { code: 'INVALID', message: 'x' } }) },
  { shape: 'progress without a reference', ...status({ status: 'READ' }) },
  { shape: 'a reference that is null', ...status({ status: 'READ', external_reference_id: null }) },
  { shape: 'a status nobody listed', ...status({ status: 'DELETED' }) },
  { shape: 'a failure with a numeric code', ...status({ status: 'FAILED', external_reference_id: null, error: { code: 131026, message: 'x' } }) },
];

describe('accepted, and declared throughout', () => {
  test.each(known)('$event: $shape', ({ event, payload }) => {
    const document = documentOf(event);
    const validate = validator(document, payloadOf(document, event));
    expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
    const strangers = fieldsOf(document, { $ref: payloadOf(document, event) }, payload).filter(
      (field) => !field.declared,
    );
    expect(strangers.map(({ path }) => path.join('.'))).toEqual([]);
  });
});

const ownTemplates: readonly Row[] = [
  {
    shape: 'names of its own',
    event: 'freshdesk/ticket-created',
    payload: { id: 11, who: { name: 'Robin' } },
  },
  {
    shape: 'fields beside the wrapper',
    event: 'freshdesk/ticket-updated',
    payload: { freshdesk_webhook: {}, source: 'x' },
  },
  {
    shape: 'names of its own',
    event: 'freshservice/ticket-created',
    payload: { ticket: { id: 'INC-1', tags: ['a'] } },
  },
  { shape: 'an unknown kind of part', ...parts({ video: { url: 'https://cdn.example.com/a.mp4' } }) },
];

test.each(ownTemplates)('accepted without being declared: $event with $shape', ({ event, payload }) => {
  const document = documentOf(event);
  expect(validator(document, payloadOf(document, event))(payload)).toBe(true);
});

// prettier-ignore
const wrong: readonly Row[] = [
  { shape: 'null', event: 'freshdesk/ticket-created', payload: null },
  { shape: 'a list', event: 'freshservice/ticket-created', payload: [] },
  { shape: 'a wrapper in text', event: 'freshdesk/ticket-created', payload: { freshdesk_webhook: '{}' } },
  { shape: 'a wrapper that is a list', event: 'freshservice/ticket-created', payload: { freshdesk_webhook: [] } },
  { shape: 'an id that is an object', ...freshdesk({ ticket_id: { value: 1 } }) },
  { shape: 'a fraction for an id', ...freshdesk({ ticket_id: 1.5 }) },
  { shape: 'tags in an object', ...freshdesk({ ticket_tags: { a: true } }) },
  { shape: 'a list of other things than tags', ...freshdesk({ ticket_tags: [{}] }) },
  { shape: 'a subject that is a flag', ...freshdesk({ ticket_subject: true }) },
  { shape: 'an address in digits', ...freshdesk({ ticket_contact_email: 5 }) },
  { shape: 'no action', event: 'freshchat/message-create', payload: { action: null } },
  { shape: 'a time that is none', ...message({ created_time: 'yesterday' }) },
  { shape: 'a flag in text', ...message({ restrictResponse: 'false' }) },
  { shape: 'a part that is text', ...parts('Hi') },
  { shape: 'a wrong part deep inside', ...parts({ collection: { sub_parts: [{ text: 'Hi' }] } }) },
  { shape: 'another action', event: 'freshchat/message-create', payload: { action: 'conversation_reopen' } },
  { shape: 'a conversation in text', ...conversation('resolution', { conversation: 'a' }) },
  { shape: 'no ticket', event: 'helpdesk/ticket.created', payload: { event: 'ticket.created', timestamp: '2026-04-13T07:32:00Z', data: {} } },
  { shape: 'a ticket without an id', ...ticket('resolved', { status: 'resolved' }) },
  { shape: 'a change that is no pair', ...ticket('updated', { id: 'tkt_1', updatedFields: { status: 'open' } }) },
  { shape: 'a failure without its error', ...status({ status: 'FAILED' }) },
  { shape: 'a status that is no text', ...status({ status: 5 }) },
  { shape: 'a status of null', ...status({ status: null }) },
  { shape: 'a code that is a flag', ...status({ status: 'FAILED', error: { code: true, message: 'x' } }) },
  { shape: 'a status at no time', ...status({ status: 'READ', timestamp: 'soon' }) },
  { shape: 'an event at no time', ...status({ status: 'READ' }, { event_time: 'soon' }) },
  { shape: 'another event type', ...status({ status: 'READ' }, { event_type: 'inbound_message_event' }) },
  { shape: 'an actor in text', ...status({ status: 'READ' }, { actor: 'system' }) },
];

test.each(wrong)('refused: $event with $shape', ({ event, payload }) => {
  const document = documentOf(event);
  expect(validator(document, payloadOf(document, event))(payload)).toBe(false);
});

function freshdesk(fields: JsonObject) {
  return { event: 'freshdesk/ticket-updated', payload: { freshdesk_webhook: fields } };
}

function freshservice(root: string, fields: JsonObject) {
  return { event: 'freshservice/ticket-updated', payload: { [root]: fields } };
}

function message(fields: JsonObject) {
  const actor = { actor_type: 'bot', actor_id: 'b' };
  return {
    event: 'freshchat/message-create',
    payload: {
      actor,
      action: 'message_create',
      action_time: '2022-11-22T10:55:23.126Z',
      data: { message: fields },
    },
  };
}

function parts(...list: readonly Json[]) {
  return message({ message_parts: list });
}

function conversation(what: 'assignment' | 'resolution' | 'reopen', fields: JsonObject) {
  const member = { assignment: 'assignment', resolution: 'resolve', reopen: 'reopen' }[what];
  return {
    event: `freshchat/conversation-${what}`,
    payload: { actor: { actor_type: 'user' }, action: `conversation_${what}`, data: { [member]: fields } },
  };
}

function ticket(what: string, fields: JsonObject) {
  return {
    event: `helpdesk/ticket.${what}`,
    payload: { event: `ticket.${what}`, timestamp: '2026-04-13T07:32:00.745Z', data: { ticket: fields } },
  };
}

function status(data: JsonObject, envelope: JsonObject = {}) {
  const time = '2025-11-18T10:18:32.387246015Z';
  return {
    event: 'whatsapp/outbound-message',
    payload: {
      version: '1.0.0',
      account_id: '1',
      event_type: 'outbound_message_event',
      event_time: time,
      actor: { type: 'system' },
      data: { message_id: 'm', timestamp: time, ...data },
      ...envelope,
    },
  };
}

function documentOf(event: string): JsonObject {
  return documents.get(event.split('/')[0] as string) as JsonObject;
}
