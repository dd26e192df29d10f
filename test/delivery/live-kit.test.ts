import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';
import { temporaryFolder } from '../output/tree.js';

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

test.each(['__proto__', 'constructor', 'toString', 'nothing'])('%s is no event', (name) => {
  expect(kit.check(name, {})).toEqual([]);
  expect(kit.findings(name, {})).toEqual([]);
  expect(kit.sample(name)).toBe(null);
  expect(kit.schema(name)).toEqual({});
});

test('nothing stays in the temporary folder', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  await loadKit({ products: ['freshdesk'] });
  vi.unstubAllEnvs();
  expect(readdirSync(folder)).toEqual([]);
});
