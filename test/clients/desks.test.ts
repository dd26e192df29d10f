import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakePlatform, fastClock, type FakePlatform } from '../../templates/fake-platform.js';
import { freshdeskClient, query } from '../../templates/runtime/clients/freshdesk.js';
import { freshserviceClient } from '../../templates/runtime/clients/freshservice.js';

const time = (second: number) => new Date(Date.UTC(2025, 0, 1, 0, 0, second)).toISOString();

/** Tickets, each a second younger than the one before. */
const tickets = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    subject: `Ticket ${index + 1}`,
    status: 2,
    priority: (index % 4) + 1,
    tags: index % 2 === 0 ? ['even'] : ["it's odd"],
    custom_fields: { cf_region: 'north' },
    created_at: time(index),
    updated_at: time(index),
  }));

async function collected<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const clients = { freshdesk: freshdeskClient, freshservice: freshserviceClient } as const;

describe.each(['freshdesk', 'freshservice'] as const)('%s', (product) => {
  let platform: FakePlatform;
  let client: {
    readonly tickets:
      ReturnType<typeof freshserviceClient>['tickets'] | ReturnType<typeof freshdeskClient>['tickets'];
  };

  beforeAll(async () => {
    platform = await fakePlatform({ product, records: { tickets: tickets(250) } });
    client = clients[product]({ domain: 'acme', ...platform });
  });
  afterAll(() => platform.close());

  test('reads, creates, changes and deletes a ticket', async () => {
    const made = await client.tickets.create({
      subject: 'New',
      email: 'jane@example.com',
      status: 2,
      priority: 1,
    });
    expect(await client.tickets.get(made.id)).toMatchObject({ subject: 'New' });
    expect(await client.tickets.update(String(made.id), { tags: ['vip'] })).toMatchObject({ tags: ['vip'] });
    await client.tickets.delete(made.id);
    await expect(client.tickets.get(made.id)).rejects.toMatchObject({ status: 404, product });
  });

  test('a note is private unless it is said otherwise', async () => {
    expect(await client.tickets.addNote(1, { body: 'Seen.' })).toMatchObject({
      body: 'Seen.',
      private: true,
    });
    expect(await client.tickets.addNote(1, { body: 'Hello', private: false })).toMatchObject({
      private: false,
    });
    expect(await client.tickets.reply(1, { body: 'Answer' })).toMatchObject({ body: 'Answer' });
    const said = await collected(client.tickets.conversations(1));
    expect(said.map(({ body }) => body)).toEqual(['Seen.', 'Hello', 'Answer']);
  });

  test('lists all pages, and what has changed since', async () => {
    const all = await collected(client.tickets.list({ order_type: 'asc' }));
    expect(all.map(({ id }) => id).filter((id) => id <= 250)).toHaveLength(250);
    const late = await collected(client.tickets.changes({ updatedSince: new Date(time(200)) }));
    expect(new Set(late.map(({ id }) => id))).toEqual(
      new Set(all.map(({ id }) => id).filter((id) => id > 200)),
    );
  });

  test('searches with escaped values, over several pages', async () => {
    const tag = "it's odd";
    const found = await collected(client.tickets.search(query`tag:${tag} AND status:${2}`));
    expect(found).toHaveLength(125);
    const few = await collected(client.tickets.search(query`tag:${'no such'}`));
    expect(few).toEqual([]);
  });

  test('an update of many says of each whether it was done', async () => {
    expect(await client.tickets.updateMany([3, 1, 3], { status: 4 })).toMatchObject({
      ok: true,
      records: [{ id: 3 }, { id: 1 }],
    });
    expect(platform.records('tickets').get(3)).toMatchObject({ status: 4 });
    const result = await client.tickets.updateMany([1, 9_999], { status: 5 });
    expect(result).toMatchObject({ ok: false, succeeded: [{ id: 1 }], failed: [{ id: 9_999 }], unknown: [] });
    expect(result.ok ? [] : result.failed[0]?.errors[0]?.message).toBeTruthy();
    const many = Array.from({ length: 101 }, (_, index) => index);
    await expect(client.tickets.updateMany(many, { status: 5 })).rejects.toThrow(RangeError);
  });

  test.each(['1/notes', '', '../contacts', '1?a=b'])('%j is no identifier', async (id) => {
    const before = platform.requests.length;
    await expect(client.tickets.get(id)).rejects.toThrow('an id may have');
    expect(platform.requests).toHaveLength(before);
  });
});

describe('freshdesk', () => {
  test('a job that is under way is waited for, and a record that it does not name is unknown', async () => {
    await using platform = await platformOf('freshdesk');
    const client = freshdeskClient({
      domain: 'acme',
      deadlineMs: 86_400_000,
      ...platform,
      ...fastClock(1_000),
    });
    platform.trouble(
      { status: 202, body: { job_id: 'job_1', href: 'https://elsewhere.example/' } },
      { status: 200, body: { id: 'job_1', status: 'IN PROGRESS' } },
      { status: 200, body: { id: 'job_1', status: 'in_progress' } },
      { status: 200, body: { id: 'job_1', status: 'COMPLETED', data: [{ id: 1, success: true }] } },
    );
    expect(await client.tickets.updateMany([1, 2], { status: 4 })).toEqual({
      ok: false,
      succeeded: [{ id: 1 }],
      failed: [],
      unknown: [2],
    });
    // The key goes to no address that an answer names.
    expect(platform.requests.map(({ path }) => path)).toEqual([
      '/api/v2/tickets/bulk_update',
      ...Array<string>(3).fill('/api/v2/jobs/job_1'),
    ]);
  });

  test.each([
    ['a job that says nothing of records', { status: 'COMPLETED' }],
    ['a list of others', [{ id: 7, success: true }]],
    ['records without a word of success', { records: [{ id: 1 }] }],
    ['nothing', null],
  ])('%s is never a success', async (_, body) => {
    await using platform = await platformOf('freshdesk');
    const client = freshdeskClient({ domain: 'acme', ...platform });
    platform.trouble({ status: 200, body });
    expect(await client.tickets.updateMany([1], { status: 4 })).toMatchObject({ ok: false, succeeded: [] });
  });

  test('contacts are changed one by one', async () => {
    const contacts = [1, 2, 3].map((id) => ({
      id,
      name: `C${id}`,
      created_at: time(0),
      updated_at: time(0),
    }));
    await using platform = await platformOf('freshdesk', { contacts });
    const client = freshdeskClient({ domain: 'acme', ...platform });
    platform.trouble({ status: 400, body: { errors: [{ field: 'job_title', message: 'too long' }] } });
    const result = await client.contacts.updateMany([1, 2, 3], { job_title: 'CTO' });
    expect(result).toMatchObject({ ok: false, failed: [{ errors: [{ field: 'job_title' }] }] });
    expect(result.ok ? [] : result.succeeded).toHaveLength(2);
    const jane = await client.contacts.create({ name: 'Jane', email: 'jane@example.com' });
    expect(await collected(client.contacts.search(query`name:${'Jane'}`))).toMatchObject([{ id: jane.id }]);
    expect(await collected(client.contacts.list())).toHaveLength(4);
  });

  test('more than a search gives out is an error, not a shorter list', async () => {
    await using platform = await platformOf('freshdesk', { tickets: tickets(301) });
    const client = freshdeskClient({ domain: 'acme', ...platform });
    await expect(collected(client.tickets.search(query`status:${2}`))).rejects.toThrow('narrow it');
    platform.records('tickets').delete(301);
    expect(await collected(client.tickets.search(query`status:${2}`))).toHaveLength(300);
  });

  test('an access token is sent as a bearer token', async () => {
    let sent: string | null = null;
    const client = freshdeskClient({
      domain: 'acme',
      accessToken: () => 'token',
      fetch: (url, init) => {
        sent = `${String(url)} ${new Headers(init?.headers).get('authorization')}`;
        return Promise.resolve(Response.json(tickets(1)[0]));
      },
    });
    await client.tickets.get(1);
    expect(sent).toBe('https://acme.freshdesk.com/api/v2/tickets/1 Bearer token');
  });
});

async function platformOf(
  product: 'freshdesk',
  records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {},
): Promise<FakePlatform & AsyncDisposable> {
  const platform = await fakePlatform({ product, records });
  return { ...platform, [Symbol.asyncDispose]: () => platform.close() };
}
