import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { fakePlatform, type FakePlatformOptions, type FakeProduct } from '../../templates/fake-platform.js';
import { clock } from '../../templates/testing.js';

const keys: Readonly<Record<FakeProduct, string>> = {
  freshdesk: `Basic ${btoa('KEY:X')}`,
  freshservice: `Basic ${btoa('KEY:X')}`,
  freshsales: 'Token token=KEY',
  freshchat: 'Bearer KEY',
  helpdesk: 'Bearer KEY',
};

interface Row {
  readonly id: number;
  readonly success?: boolean;
}

/** What the tests read of answers. */
type Said = readonly Row[] & {
  readonly job_id: string;
  readonly data: readonly Row[];
  readonly webhook: Readonly<Record<'id' | 'signingSecret' | 'createdAt' | 'updatedAt', string>>;
};

/** A platform, and a way to ask it. */
async function asked(options: FakePlatformOptions) {
  const platform = await fakePlatform(options);
  return {
    ...platform,
    ask: async (line: string, body?: unknown, authorization = keys[options.product]) => {
      const [method = '', path = ''] = line.split(' ');
      const response = await fetch(`${platform.baseUrl}${path}`, {
        method,
        headers: { authorization },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const value = (text === '' ? undefined : JSON.parse(text)) as Said;
      return { status: response.status, headers: response.headers, value };
    },
    [Symbol.asyncDispose]: () => platform.close(),
  };
}

const tickets = Array.from({ length: 40 }, (_, index) => ({
  id: index + 1,
  subject: `Ticket ${index + 1}`,
  tags: index % 2 ? ["it's"] : [],
  priority: (index % 4) + 1,
  updated_at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
}));
const find = (search: string) => `GET /api/v2/search/tickets?query=${encodeURIComponent(search)}`;

/** A line, what it is sent, the status, and members of the answer. */
test.each<[product: FakeProduct, line: string, body: unknown, status: number, answer: unknown]>([
  ['freshdesk', 'GET /api/v2/tickets/7', undefined, 200, { id: 7, subject: 'Ticket 7' }],
  ['freshdesk', 'GET /api/v2/tickets/99', undefined, 404, undefined],
  ['freshdesk', 'PATCH /api/v2/tickets/7', undefined, 405, undefined],
  ['freshdesk', 'GET /api/v2/nothing', undefined, 404, undefined],
  ['freshdesk', 'POST /api/v2/tickets', { subject: 'New' }, 201, { id: 41, subject: 'New' }],
  ['freshdesk', 'PUT /api/v2/tickets/7', { subject: 'Other' }, 200, { id: 7, subject: 'Other', priority: 3 }],
  ['freshdesk', 'DELETE /api/v2/tickets/7', undefined, 204, undefined],
  ['freshdesk', 'GET /api/v2/tickets?per_page=101', undefined, 400, { errors: [{ field: 'per_page' }] }],
  ['freshdesk', 'GET /api/v2/tickets?page=301', undefined, 400, { errors: [{ field: 'page' }] }],
  [
    'freshdesk',
    'POST /api/v2/tickets/7/notes',
    { body: 'Seen.', private: true },
    201,
    { id: 1, ticket_id: 7, private: true },
  ],
  ['freshdesk', 'POST /api/v2/tickets/7/notes', {}, 400, { errors: [{ field: 'body' }] }],
  ['freshdesk', 'POST /api/v2/tickets/99/notes', { body: 'Seen.' }, 404, undefined],
  ['freshdesk', find('"priority:4 AND id:4"'), undefined, 200, { total: 1, results: [{ id: 4 }] }],
  [
    'freshdesk',
    find("\"tag:'it\\'s' AND (id:<3 OR id:>40)\""),
    undefined,
    200,
    { total: 2, results: [{ id: 2 }, { id: 40 }] },
  ],
  ['freshdesk', find('"tag:null AND id:<2"'), undefined, 200, { total: 1, results: [{ id: 1 }] }],
  ['freshdesk', find('"updated_at:<\'2026-01-01T00:00:00Z\'"'), undefined, 200, { total: 1 }],
  ['freshdesk', find('priority:4'), undefined, 400, { errors: [{ field: 'query' }] }],
  ['freshdesk', find('"priority:4 AND"'), undefined, 400, { errors: [{ field: 'query' }] }],
  ['freshservice', 'GET /api/v2/tickets/7', undefined, 200, { ticket: { id: 7 } }],
  [
    'freshservice',
    'GET /api/v2/tickets/filter?query="id:7"',
    undefined,
    200,
    { total: 1, tickets: [{ id: 7 }] },
  ],
  [
    'freshservice',
    'POST /api/v2/tickets/7/notes',
    { body: 'Seen.' },
    201,
    { conversation: { ticket_id: 7 } },
  ],
  [
    'freshsales',
    'POST /crm/sales/api/contacts',
    { contact: { email: 'a@example.com' } },
    201,
    { contact: { id: 1, email: 'a@example.com' } },
  ],
  ['freshsales', 'GET /crm/sales/api/deals/view/1', undefined, 200, { deals: [], meta: { total: 0 } }],
  ['freshsales', 'GET /crm/sales/api/deals/filters', undefined, 200, { filters: [{ id: 1 }] }],
  [
    'freshsales',
    'GET /crm/sales/api/lookup?q=Ticket%204&f=subject&entities=ticket',
    undefined,
    200,
    { tickets: { tickets: [{ id: 4 }] } },
  ],
  ['freshsales', 'GET /crm/sales/api/lookup?q=4', undefined, 400, { errors: [{ field: 'q' }] }],
  ...([null, 7, 'text', undefined] as const).map(
    (body) =>
      ['freshdesk', 'POST /api/v2/tickets/7/notes', body, 400, { code: 'invalid_json' }] as [
        FakeProduct,
        string,
        unknown,
        number,
        unknown,
      ],
  ),
  [
    'freshchat',
    'POST /v2/conversations/c1/messages',
    { actor_id: 'a' },
    202,
    { conversation_id: 'c1', actor_id: 'a' },
  ],
  ['freshchat', 'GET /v2/users?page=1', undefined, 200, { users: [], pagination: { total_pages: 0 } }],
  [
    'helpdesk',
    'POST /helpdesk/api/v1/webhooks',
    { webhook: { name: 'a' } },
    400,
    { errors: [{ field: 'targetUrl' }] },
  ],
])('%s: %s %j', async (product, line, body, status, answer) => {
  await using platform = await asked({ product, records: { tickets } });
  const given = await platform.ask(line, body);
  expect(given.status).toBe(status);
  if (answer === undefined) expect(given.value).toBeUndefined();
  else expect(given.value).toMatchObject(answer as object);
  expect(platform.requests).toMatchObject([{ method: line.split(' ')[0], body, status }]);
});

test.each(Object.keys(keys) as FakeProduct[])('%s takes its key and no other', async (product) => {
  await using platform = await asked({ product });
  expect((await platform.ask('GET /nothing')).status).toBe(404);
  for (const wrong of ['', 'KEY', 'Bearer KE', `Basic ${btoa('KEYS:X')}`, 'Token token=KEYS'])
    expect((await platform.ask('GET /nothing', undefined, wrong)).status).toBe(401);
});

test('pages follow each other by links, in the order that is asked for', async () => {
  await using platform = await asked({ product: 'freshdesk', records: { tickets } });
  const first = await platform.ask('GET /api/v2/tickets?per_page=15&order_by=updated_at&order_type=desc');
  expect(first.value[0]!.id).toBe(40);
  const next = /<http:\/\/[^/]+([^>]*)>; rel="next"/.exec(first.headers.get('link')!)![1]!;
  const second = await platform.ask(`GET ${next}`);
  expect(second.value.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => 25 - index));
  const third = await platform.ask('GET /api/v2/tickets?per_page=15&page=3');
  expect(third.value).toHaveLength(10);
  expect(third.headers.has('link')).toBe(false);
});

test('what has changed since, in the order of the change', async () => {
  const time = clock(new Date('2026-02-01T00:00:00Z'));
  await using platform = await asked({ product: 'freshdesk', records: { tickets }, now: time.now });
  const ids = async () => {
    const line =
      'GET /api/v2/tickets?updated_since=2026-01-01T00:00:37.000Z&order_by=updated_at&order_type=asc';
    return (await platform.ask(line)).value.map(({ id }) => id);
  };
  expect(await ids()).toEqual([38, 39, 40]);
  platform.records('tickets').change(39, { subject: 'Changed' });
  await platform.ask('PUT /api/v2/tickets/2', { subject: 'Changed' });
  expect(await ids()).toEqual([38, 40, 39, 2]);
});

test.each<[product: FakeProduct, line: string, body: object, names: readonly string[]]>([
  ['freshdesk', 'POST /api/v2/tickets', {}, ['created_at', 'updated_at']],
  ['freshsales', 'POST /crm/sales/api/deals', { deal: {} }, ['created_at', 'updated_at']],
  ['freshchat', 'POST /v2/users', {}, ['created_time', 'updated_time']],
  [
    'helpdesk',
    'POST /helpdesk/api/v1/webhooks',
    { webhook: { name: 'a', targetUrl: 'https://example.com', events: [] } },
    ['createdAt', 'updatedAt'],
  ],
])('%s has its own names of times', async (product, line, body, [made = '', changed = '']) => {
  const time = clock(new Date('2026-02-01T00:00:00Z'));
  await using platform = await asked({ product, now: time.now });
  await platform.ask(line, body);
  const [collection = ''] = /[a-z]+$/.exec(line) ?? [];
  const records = platform.records(collection);
  const [record = {}] = records.all();
  const names = () => Object.keys(records.all()[0] ?? {}).filter((name) => /^(?:created|updated)/.test(name));
  expect(names()).toEqual([made, changed]);
  time.advance(1000);
  const after = records.change(String(record['id']), {}) ?? {};
  expect(names()).toEqual([made, changed]);
  expect(Date.parse(String(after[changed])) - Date.parse(String(after[made]))).toBe(1000);
});

test('a caller that sends no JSON, or half of a request, ends nothing', async () => {
  await using platform = await asked({ product: 'freshdesk' });
  const headers = { authorization: keys.freshdesk };
  const broken = await fetch(`${platform.baseUrl}/api/v2/tickets`, {
    method: 'POST',
    headers,
    body: '{"a":',
  });
  expect(broken.status).toBe(400);
  const { port } = new URL(platform.baseUrl);
  const socket = connect(Number(port), '127.0.0.1');
  await new Promise<void>((resolve) => {
    socket.write('POST /api/v2/tickets HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{', () => resolve());
  });
  socket.destroy();
  expect((await platform.ask('GET /api/v2/tickets')).status).toBe(200);
  expect(platform.requests.map(({ body }) => body)).toEqual(['{"a":', undefined]);
});

test('calls are counted by the minute', async () => {
  const time = clock();
  await using platform = await asked({ product: 'freshdesk', limitPerMinute: 2, now: time.now });
  const ask = async () => {
    const { status, headers } = await platform.ask('GET /api/v2/tickets');
    return [
      status,
      headers.get('x-ratelimit-total'),
      headers.get('x-ratelimit-remaining'),
      headers.get('retry-after'),
    ];
  };
  expect(await ask()).toEqual([200, '2', '1', null]);
  time.advance(20_000);
  expect(await ask()).toEqual([200, '2', '0', null]);
  expect(await ask()).toEqual([429, '2', '0', '40']);
  time.advance(40_000);
  expect(await ask()).toEqual([200, '2', '1', null]);
});

test('a bulk update says of each record whether it was changed', async () => {
  await using platform = await asked({ product: 'freshdesk', records: { tickets } });
  platform.refuse(2);
  const properties = { priority: 4 };
  const line = 'POST /api/v2/tickets/bulk_update';
  const { status, value } = await platform.ask(line, { bulk_action: { ids: [1, 2, 99], properties } });
  expect(status).toBe(202);
  const job = await platform.ask(`GET /api/v2/jobs/${value.job_id}`);
  expect(job.value.data.map(({ id, success }) => [id, success])).toEqual([
    [1, true],
    [2, false],
    [99, false],
  ]);
  expect(platform.records('tickets').get(1)).toMatchObject({ priority: 4 });
  const ids = Array.from({ length: 101 }, (_, id) => id);
  expect((await platform.ask(line, { bulk_action: { ids, properties } })).status).toBe(400);
});

test('a webhook of Helpdesk has its secret in the answer to its creation alone', async () => {
  await using platform = await asked({ product: 'helpdesk' });
  const webhook = { name: 'a', targetUrl: 'https://example.com', events: ['ticket.created'] };
  const { status, value } = await platform.ask('POST /helpdesk/api/v1/webhooks', { webhook });
  expect(status).toBe(201);
  const { signingSecret, ...rest } = value.webhook;
  expect(signingSecret).toMatch(/^whsec_/);
  expect(rest).toEqual({
    ...webhook,
    active: true,
    id: expect.stringMatching(/^whk_/),
    createdAt: expect.any(String),
    updatedAt: rest.createdAt,
  });
  const path = `/helpdesk/api/v1/webhooks/${rest.id}`;
  expect((await platform.ask(`GET ${path}`)).value).toEqual({ webhook: rest });
  expect((await platform.ask('GET /helpdesk/api/v1/webhooks')).value).toEqual({ webhooks: [rest] });
  const changed = await platform.ask(`PUT ${path}`, { webhook: { active: false } });
  expect(changed.value.webhook).toMatchObject({ name: 'a', active: false });
  expect((await platform.ask(`DELETE ${path}`)).status).toBe(204);
  expect((await platform.ask(`GET ${path}`)).status).toBe(404);
});

test('trouble comes when it is asked for, once each', async () => {
  await using platform = await asked({ product: 'freshdesk' });
  platform.trouble({ status: 503, headers: { 'retry-after': '7' }, body: 'down' }, 'drop');
  const response = await fetch(platform.baseUrl);
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
    503,
    '7',
    'down',
  ]);
  await expect(fetch(platform.baseUrl)).rejects.toThrow('fetch failed');
  expect((await platform.ask('GET /api/v2/tickets')).status).toBe(200);
});
