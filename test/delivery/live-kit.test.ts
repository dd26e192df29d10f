import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';

let kit: LiveKit;
beforeAll(async () => {
  kit = await loadKit();
});

test('every sample is valid, by the kit that the documents give', () => {
  const faults = kit.catalog.events.flatMap(({ name }) => kit.check(name, kit.sample(name)));
  expect(kit.catalog.events).toHaveLength(14);
  expect(faults).toEqual([]);
});

test('what is wrong has its place, its keyword and its words', () => {
  const payload = { freshdesk_webhook: { ticket_id: true } };
  expect(kit.check('freshdesk/ticket-created', payload)[0]?.path).toEqual(['freshdesk_webhook', 'ticket_id']);
  expect(kit.findings('freshdesk/ticket-created', payload)[0]).toMatchObject({
    instancePath: '/freshdesk_webhook/ticket_id',
  });
});

describe('the event of a delivery', () => {
  test.each([
    ['/freshdesk/ticket-created', {}, 'freshdesk/ticket-created'],
    ['/webhooks/freshdesk/ticket-created?key=1', {}, 'freshdesk/ticket-created'],
    ['/a/b/c/freshdesk/ticket-updated/', {}, 'freshdesk/ticket-updated'],
    ['/freshchat', { action: 'message_create' }, 'freshchat/message-create'],
    ['/hooks/1', { action: 'message_create' }, 'freshchat/message-create'],
    ['/hooks/1', { event: 'ticket.created' }, 'helpdesk/ticket.created'],
    ['/helpdesk', { event: 'nothing.known' }, undefined],
    ['/hooks/1', {}, undefined],
    ['/', null, undefined],
  ])('%s %j', (path, payload, event) => {
    expect(kit.identify(path, payload)).toBe(event);
  });
});

test('nothing stays in the temporary folder', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('freshworks-gen-'));
  await loadKit({ products: ['freshdesk'] });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('freshworks-gen-'))).toEqual(before);
});
