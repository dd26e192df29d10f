import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakePlatform, type FakePlatform } from '../../templates/fake-platform.js';
import { freshchatClient } from '../../templates/runtime/clients/freshchat.js';
import { freshsalesClient } from '../../templates/runtime/clients/freshsales.js';

async function collected<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('freshsales', () => {
  let platform: FakePlatform;
  let client: ReturnType<typeof freshsalesClient>;
  beforeAll(async () => {
    const deals = Array.from({ length: 65 }, (_, id) => ({
      id: id + 1,
      name: `Deal ${id + 1}`,
      amount: '10.0',
    }));
    platform = await fakePlatform({ product: 'freshsales', records: { deals, contacts: [{ id: 1 }] } });
    client = freshsalesClient({ domain: 'acme', ...platform });
  });
  afterAll(() => platform.close());

  test('lists a view, page by page', async () => {
    expect(await collected(client.deals.list(7, { sort: 'id' }))).toHaveLength(65);
  });

  test('lists a view that says nothing of pages, until one is empty', async () => {
    const of = (...ids: number[]) => ({ status: 200, body: { deals: ids.map((id) => ({ id })) } });
    platform.trouble(of(1, 2), of(3), of());
    expect((await collected(client.deals.list(7))).map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('creates, changes and deletes', async () => {
    const deal = await client.deals.create({ name: 'Big', amount: 1000 });
    expect(platform.requests.at(-1)).toMatchObject({ body: { deal: { name: 'Big', amount: 1000 } } });
    expect(await client.deals.update(deal.id, { probability: 50 })).toMatchObject({ probability: 50 });
    expect(await client.deals.get(deal.id)).toMatchObject({ name: 'Big' });
    await client.deals.delete(deal.id);
    await expect(client.deals.get(deal.id)).rejects.toMatchObject({ status: 404 });
  });

  test('looks contacts up, and reads the views', async () => {
    platform.trouble({
      status: 200,
      body: { contacts: { contacts: [{ id: 5, email: 'jane@example.com' }] } },
    });
    expect(await client.contacts.lookup('email', 'jane@example.com')).toMatchObject([{ id: 5 }]);
    expect(platform.requests.at(-1)?.path).toBe(
      '/crm/sales/api/lookup?q=jane%40example.com&f=email&entities=contact',
    );
    platform.trouble({ status: 200, body: { filters: [{ id: 7, name: 'All Contacts' }] } });
    expect(await client.contacts.views()).toEqual([{ id: 7, name: 'All Contacts' }]);
  });

  test('changes many, and says which failed', async () => {
    const result = await client.contacts.updateMany([1, 404], { city: 'Chennai' });
    expect(result).toMatchObject({
      ok: false,
      succeeded: [{ id: 1, city: 'Chennai' }],
      failed: [{ id: 404 }],
    });
  });
});

describe('freshchat', () => {
  const conversation_id = 'c0ffee00-0000-4000-8000-000000000001';
  let platform: FakePlatform;
  let client: ReturnType<typeof freshchatClient>;
  beforeAll(async () => {
    const messages = Array.from({ length: 120 }, (_, id) => ({ id: `m${String(id).padStart(3, '0')}` }));
    const users = Array.from({ length: 70 }, (_, id) => ({ id: `u${id}` }));
    const records = {
      conversations: [{ conversation_id, status: 'new' }],
      users,
      [`messages ${conversation_id}`]: messages,
    };
    platform = await fakePlatform({ product: 'freshchat', records });
    client = freshchatClient({ ...platform, accessToken: platform.apiKey });
  });
  afterAll(() => platform.close());

  test('what is created has an identifier that is a text, and lists have it at their end', async () => {
    await using fresh = {
      ...(await fakePlatform({ product: 'freshchat', records: { users: [{ id: 'z' }] } })),
      [Symbol.asyncDispose]: () => fresh.close(),
    };
    const chat = freshchatClient({ ...fresh, accessToken: fresh.apiKey });
    const ids = ['z'];
    for (const email of ['a@example.com', 'b@example.com', 'c@example.com'])
      ids.push((await chat.users.create({ email })).id);
    ids.push(fresh.records('users').create({})['id'] as string);
    expect((await collected(chat.users.list({ email: 'a@example.com' }))).map(({ id }) => id)).toEqual(ids);
    const users = [{ id: ids[1]! }];
    const created = await chat.conversations.create({ channel_id: 'c', users, messages: [] });
    expect(await chat.conversations.get(created.conversation_id)).toMatchObject({ channel_id: 'c' });
  });

  test('assigns and resolves a conversation', async () => {
    expect(await client.conversations.get(conversation_id)).toMatchObject({ status: 'new' });
    await client.conversations.assign(conversation_id, 'agent-1');
    expect(platform.requests.at(-1)).toMatchObject({
      method: 'PUT',
      body: { status: 'assigned', assigned_agent_id: 'agent-1' },
    });
    expect(await client.conversations.resolve(conversation_id)).toMatchObject({ status: 'resolved' });
  });

  test('lists messages and users, and sends a message', async () => {
    expect(await collected(client.messages.list(conversation_id))).toHaveLength(120);
    expect(await collected(client.users.list({ created_to: '2030-01-01T00:00:00Z' }))).toHaveLength(70);
    const message_parts = [{ text: { content: 'Hello' } }];
    const sent = await client.messages.send(conversation_id, {
      message_parts,
      actor_type: 'agent',
      actor_id: 'a1',
    });
    expect(sent).toMatchObject({ message_parts, message_type: 'normal', conversation_id });
  });

  test('reads and changes users', async () => {
    expect(await client.users.get('u1')).toMatchObject({ id: 'u1' });
    expect(await client.users.update('u1', { first_name: 'Jane' })).toMatchObject({ first_name: 'Jane' });
    const body = { id: 'u-new', email: 'jane@example.com' };
    platform.trouble({ status: 201, body });
    expect(await client.users.create({ email: 'jane@example.com' })).toEqual(body);
  });
});
