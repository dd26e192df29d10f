import { inspect } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiError, helpdeskClient, Secret } from '../../templates/runtime/clients/helpdesk.js';
import type { NewHelpdeskWebhook } from '../../templates/runtime/clients/helpdesk.js';
import { helpdeskServer, secretOf, type KeptWebhook } from './helpdesk-server.js';

const server = await helpdeskServer();
const { add, requests } = server;
afterAll(() => server.close());
beforeEach(() => server.reset());

const client = helpdeskClient(server);
const wanted: NewHelpdeskWebhook = {
  name: 'ours',
  targetUrl: 'https://a.example/webhooks/helpdesk',
  events: ['ticket.created', 'ticket.updated'],
};

/** What was asked for, without what lists asked for. */
const changes = () => requests.filter(({ line }) => !line.startsWith('GET'));

describe('webhooks', () => {
  test('a new one has its secret, which nothing prints', async () => {
    const created = await client.webhooks.create(wanted);
    const secret = created.signingSecret;
    expect(secret.reveal()).toBe(secretOf('whk_1'));
    const printed = [
      String(secret),
      JSON.stringify(created),
      inspect(created, { depth: 9, showHidden: true }),
      inspect(secret, { showHidden: true }),
      JSON.stringify(Object.entries(secret)),
    ].join();
    expect(printed).not.toContain('whsec_');
    expect(inspect(secret)).toBe('[secret]');
    expect(new Secret('a')).not.toHaveProperty('text');
  });

  test('only the answer of its creation has a secret, whatever the vendor sends', async () => {
    const { id } = add(wanted as Partial<KeptWebhook>);
    Object.assign(server.kept[0]!, { signingSecret: 'whsec_late' });
    const others = [
      await client.webhooks.get(id),
      await client.webhooks.list(),
      await client.webhooks.update(id, { active: false }),
      await client.ensureWebhook(wanted),
    ];
    expect(inspect(others, { depth: 9 })).not.toContain('whsec_');
  });

  test('a list has all pages', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) add({ name });
    const list = await client.webhooks.list();
    expect(list.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test.each<[what: string, next: (page: number) => string, pages: number, words: string]>([
    ['a new page each time', (page) => `c${page}`, 300, 'does not end within 300 pages'],
    ['the same page each time', () => 'c', 2, 'that was there before'],
    ['two pages in turn', (page) => `c${page % 2}`, 3, 'that was there before'],
  ])('a list that names %s ends in an error', async (_, next, pages, words) => {
    let asked = 0;
    const endless = helpdeskClient({
      ...server,
      // The clock runs with the requests, so that nobody waits for the limit of a minute.
      now: () => new Date(asked * 60_000),
      after: () => () => undefined,
      fetch: () =>
        Promise.resolve(Response.json({ webhooks: [], meta: { hasMore: true, afterCursor: next(++asked) } })),
    });
    const error: unknown = await endless.webhooks.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      method: 'GET',
      status: 200,
      message: expect.stringContaining(words) as unknown,
    });
    expect(asked).toBe(pages);
  });

  test('an update sends what is given and nothing else', async () => {
    const { id } = add({});
    await client.webhooks.update(id, { active: false, name: undefined });
    expect(changes()).toEqual([
      { line: `PUT /helpdesk/api/v1/webhooks/${id}`, body: { webhook: { active: false } } },
    ]);
    await client.webhooks.delete(id);
    expect(server.kept).toEqual([]);
  });

  test.each(['http://a.example/', 'a.example', '', 'ftp://a.example'])(
    '%j is no address',
    async (targetUrl) => {
      const refused = [
        client.webhooks.create({ ...wanted, targetUrl }),
        client.webhooks.update('whk_1', { targetUrl }),
        client.ensureWebhook({ ...wanted, targetUrl }),
      ];
      for (const each of refused) await expect(each).rejects.toThrow('targetUrl must be an https address');
      expect(requests).toEqual([]);
    },
  );

  test('an identifier is one step of the path', async () => {
    await expect(client.webhooks.get('../tickets')).rejects.toThrow('an id may have');
    expect(requests).toEqual([]);
  });

  test('a refusal says what the vendor says, without the key', async () => {
    const wrong = helpdeskClient({ ...server, apiKey: 'aclou_wrong' });
    const error = await wrong.webhooks.list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 401, product: 'helpdesk', fields: [{ code: 'INVALID_API_KEY' }] });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('aclou_wrong');
  });
});

describe('ensureWebhook', () => {
  test('creates, then leaves alone', async () => {
    const first = await client.ensureWebhook(wanted);
    expect(first).toMatchObject({ action: 'created', duplicates: [] });
    expect(first.action === 'created' && first.webhook.signingSecret.reveal()).toBe(secretOf('whk_1'));
    const second = await client.ensureWebhook({ ...wanted, events: [...wanted.events].reverse() });
    expect(second).toMatchObject({ action: 'unchanged', webhook: { id: 'whk_1' }, duplicates: [] });
    expect(changes()).toHaveLength(1);
  });

  test('keeps the secret of a new one when the list after it fails', async () => {
    server.meanwhile = (line) => {
      if (line.startsWith('POST')) server.refused = 'GET';
    };
    const ensured = await client.ensureWebhook(wanted);
    expect(ensured).toMatchObject({ action: 'created', webhook: { id: 'whk_1' }, duplicates: [] });
    expect(ensured.action === 'created' && ensured.webhook.signingSecret.reveal()).toBe(secretOf('whk_1'));
    expect(requests.map(({ line }) => line.split(' ')[0])).toEqual(['GET', 'POST', 'GET']);
  });

  test.each([
    ['its address', { targetUrl: 'https://b.example/' }, { targetUrl: 'https://b.example/' }],
    ['its events', { events: ['ticket.created'] }, { events: ['ticket.created'] }],
    ['that it is off', { active: false }, { active: false }],
    ['that it is on', {}, { active: true }],
  ])('updates %s alone', async (what, difference, body) => {
    add({ ...(wanted as Partial<KeptWebhook>), active: what !== 'that it is on' });
    const ensured = await client.ensureWebhook({ ...wanted, ...difference });
    expect(ensured).toMatchObject({ action: 'updated', webhook: body });
    expect(changes()).toEqual([{ line: 'PUT /helpdesk/api/v1/webhooks/whk_1', body: { webhook: body } }]);
  });

  test('takes back what another run has created before', async () => {
    server.meanwhile = (line) => {
      if (!line.startsWith('POST')) return;
      server.meanwhile = () => undefined;
      add(wanted as Partial<KeptWebhook>);
    };
    const ensured = await client.ensureWebhook(wanted);
    expect(ensured).toMatchObject({ action: 'unchanged', webhook: { id: 'whk_1' }, duplicates: [] });
    expect(server.kept.map(({ id }) => id)).toEqual(['whk_1']);
  });

  test('of many at once, one creates it and one is left', async () => {
    const ensured = await Promise.all(Array.from({ length: 8 }, () => client.ensureWebhook(wanted)));
    expect(server.kept).toHaveLength(1);
    const creators = ensured.filter(({ action }) => action === 'created');
    expect(creators.map(({ webhook: { id } }) => id)).toEqual([server.kept[0]?.id]);
  });

  test('says what else has the name, and changes the oldest', async () => {
    add({ name: 'other' });
    for (const targetUrl of ['https://b.example/', 'https://c.example/'])
      add({ ...(wanted as Partial<KeptWebhook>), targetUrl });
    const ensured = await client.ensureWebhook(wanted);
    expect(ensured).toMatchObject({
      action: 'updated',
      webhook: { id: 'whk_2' },
      duplicates: [{ id: 'whk_3', targetUrl: 'https://c.example/' }],
    });
  });
});
