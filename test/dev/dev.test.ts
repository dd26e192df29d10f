import { describe, expect, test } from 'vitest';
import type { EventInfo, Inference, Sent, State, Text } from '../../src/dev/api.js';
import { serverOf } from '../delivery/server.js';
import { listen, newFolder, raw, running, sharedKit } from './dev.js';

const ticket = '{"freshdesk_webhook":{"ticket_id":1,"ticket_cf_plant":"Berlin","plant":true}}';
const json = [['Content-Type', 'application/json'] as const];

test('a delivery is kept, judged and shown the moment it comes', async () => {
  const one = await running();
  const page = await listen(one);
  const answer = await raw(one.dev.endpoint, {
    path: '/webhooks/freshdesk/ticket-created?a=1',
    headers: json,
    body: ticket,
  });
  expect(answer.status).toBe(200);
  const { delivery } = (await page.until((event) => 'delivery' in event)) as { delivery: { id: string } };
  expect(delivery).toMatchObject({
    source: 'received',
    attempt: 1,
    event: 'freshdesk/ticket-created',
    product: 'freshdesk',
    method: 'POST',
    path: '/webhooks/freshdesk/ticket-created?a=1',
    size: ticket.length,
    authenticity: 'unchecked',
    validity: 'valid',
    issues: 0,
    unknownFields: 1,
    outcome: { kept: true },
  });
  expect(await one.list()).toEqual([delivery]);
  const detail = await one.detail(delivery.id);
  expect(detail).toMatchObject({
    text: ticket,
    isCut: false,
    contentType: 'application/json',
    unknownAt: ['/freshdesk_webhook/plant'],
    issuesAt: [],
  });
  expect(JSON.parse(detail.payload!)).toEqual(JSON.parse(ticket));
  expect(detail.descriptions.map(({ pointer }) => pointer)).toContain('/freshdesk_webhook/ticket_id');
  // What is printed holds no value of a delivery.
  expect(one.seen).toEqual([{ ...delivery, path: '/webhooks/freshdesk/ticket-created?a=…' }]);
});

test('it is forwarded byte for byte, and the sender gets the answer of the app', async () => {
  const app = await serverOf((_, response) => {
    response.sendDate = false;
    response.writeHead(418, ['X-App', '1', 'x-app', '2', 'Content-Length', '5']);
    response.end('tea\n\0');
  });
  const one = await running({ forward: `${app.url.origin}/hooks/` });
  const body = Buffer.from([0, 255, 10, 13, 128]);
  const headers = [
    ['X-Order', '1'],
    ['x-ORDER', '\u00e9 2'],
    ['Accept', '*/*'],
    ['Connection', 'close, X-Hop'],
    ['X-Hop', 'dropped'],
    ['X-Last', ''],
  ] as const;
  const path = '/a//b/../%7e?x=%zz&y=1;2';
  const answer = await raw(one.dev.endpoint, { method: 'PUT', path, headers, body });
  expect(answer).toMatchObject({ status: 418, body: Buffer.from('tea\n\0') });
  expect(answer.headers).toContainEqual(['X-App', '1']);
  expect(answer.headers).toContainEqual(['x-app', '2']);
  const [arrived] = app.arrived;
  expect(arrived).toMatchObject({ method: 'PUT', path: `/hooks${path}`, body });
  expect(arrived!.headers.filter(([name]) => /^(x-|accept)/i.test(name))).toEqual([
    ['X-Order', '1'],
    ['x-ORDER', '\u00e9 2'],
    ['Accept', '*/*'],
    ['X-Last', ''],
  ]);
  expect(arrived!.headers.find(([name]) => name === 'Host')?.[1]).toBe(app.url.host);
});

describe('where the app says nothing', () => {
  test('nobody listens: 502', async () => {
    const one = await running({ forward: 'http://127.0.0.1:9' });
    const answer = await raw(one.dev.endpoint, { body: ticket, headers: json });
    expect(answer.status).toBe(502);
    expect(answer.body.toString()).toBe('freshworks-gen dev: nothing listens at 127.0.0.1:9\n');
    await expect.poll(() => one.seen).toHaveLength(1);
    expect(one.seen[0]!.outcome).toMatchObject({ error: 'nothing listens at 127.0.0.1:9' });
  });

  test('it is silent: 504', async () => {
    const app = await serverOf(() => undefined);
    const one = await running({ forward: app.url.href, timeoutMs: 50 });
    const answer = await raw(one.dev.endpoint, { body: ticket, headers: json });
    expect(answer.status).toBe(504);
  });
});

test('a body that is too large is answered 413, and neither kept nor forwarded', async () => {
  const app = await serverOf((_, response) => void response.end());
  const one = await running({ forward: app.url.href, maxBodyBytes: 1000 });
  const large = 'x'.repeat(1001);
  expect((await raw(one.dev.endpoint, { body: large })).status).toBe(413);
  const chunked = [['Transfer-Encoding', 'chunked'] as const];
  expect((await raw(one.dev.endpoint, { body: large, headers: chunked })).status).toBe(413);
  expect((await raw(one.dev.endpoint, { body: 'x'.repeat(1000), headers: chunked })).status).toBe(200);
  expect(app.arrived).toHaveLength(1);
  expect(await one.list()).toHaveLength(1);
  expect(one.problems).toHaveLength(2);
});

test('what another process takes is seen, and its answer once it is there', async () => {
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  const app = await serverOf(async (_, response) => {
    await held;
    response.writeHead(422).end();
  });
  const folder = newFolder();
  const [one, other] = [await running({ folder, forward: app.url.href }), await running({ folder })];
  const came = raw(one.dev.endpoint, { body: ticket, headers: json });
  await expect.poll(() => other.list(), { timeout: 20_000 }).toHaveLength(1);
  expect((await other.list())[0]!.outcome).toBeUndefined();
  const page = await listen(other);
  answer();
  await came;
  const event = await page.until((each) => 'delivery' in each);
  expect(event).toMatchObject({ delivery: { outcome: { status: 422 } } });
  expect(await other.list()).toEqual(await one.list());
});

describe('retries of one delivery are one row', () => {
  test.each([
    [
      'the same bytes to the same path',
      '/freshdesk/ticket-created',
      ticket,
      '/freshdesk/ticket-created',
      ticket,
      true,
    ],
    [
      'the same bytes to another path',
      '/freshdesk/ticket-created',
      ticket,
      '/freshdesk/ticket-updated',
      ticket,
      false,
    ],
    ['other bytes', '/freshdesk/ticket-created', ticket, '/freshdesk/ticket-created', `${ticket} `, false],
    [
      'the key that the documents name, in other bytes',
      '/whatsapp/outbound-message',
      '{"event_type":"outbound_message_event","data":{"message_id":"m1","status":"SENT"}}',
      '/whatsapp/outbound-message',
      '{"event_type":"outbound_message_event", "data":{"message_id":"m1","status":"SENT"}}',
      true,
    ],
  ])('%s', async (_, path, body, nextPath, nextBody, isRetry) => {
    const one = await running();
    await raw(one.dev.endpoint, { path, headers: json, body });
    await raw(one.dev.endpoint, { path: nextPath, headers: json, body: nextBody });
    const [second, first] = await one.list();
    expect(first).toMatchObject({ attempt: 1 });
    expect(second).toMatchObject(isRetry ? { attempt: 2, of: first!.id } : { attempt: 1 });
    if (isRetry)
      expect((await one.detail(second!.id)).attempts.map(({ id }) => id)).toEqual([first!.id, second!.id]);
  });
});

test('a restart finds the rows, the answers and the token again', async () => {
  const folder = newFolder();
  const app = await serverOf((_, response) => void response.end('{}'));
  const one = await running({ folder, forward: app.url.href });
  const path = '/freshdesk/ticket-created';
  await raw(one.dev.endpoint, { path, headers: json, body: ticket });
  await expect.poll(() => one.seen).toHaveLength(1);
  const before = await one.list();
  await one.dev.close();
  const again = await running({ folder, forward: app.url.href });
  expect(again.token).toBe(one.token);
  expect(await again.list()).toEqual(before);
  await raw(again.dev.endpoint, { path, headers: json, body: ticket });
  expect((await again.list())[0]).toMatchObject({ of: before[0]!.id, attempt: 2 });
});

describe('actions', () => {
  test('replay sends the same bytes and headers; edit and resend keeps what was not edited; a sample is valid', async () => {
    const app = await serverOf((_, response) => void response.end('{}'));
    const one = await running({ forward: app.url.href });
    const headers = [...json, ['X-Own', '1'] as const];
    await raw(one.dev.endpoint, { path: '/freshdesk/ticket-created?k=1', headers, body: ticket });
    const [first] = await one.list();
    const { id } = await one.ask<Sent>('POST', `deliveries/${first!.id}/replay`);
    await one.ask<Sent>('POST', 'send', { of: id, body: '{"edited":true}' });
    await one.ask<Sent>('POST', 'send', { event: 'freshdesk/ticket-updated' });
    await expect.poll(() => app.arrived).toHaveLength(4);
    const [came, replayed, edited, sample] = app.arrived;
    expect(replayed).toEqual(came);
    expect(edited).toMatchObject({
      path: '/freshdesk/ticket-created?k=1',
      body: Buffer.from('{"edited":true}'),
    });
    expect(edited!.headers).toContainEqual(['X-Own', '1']);
    expect(sample!.path).toBe('/freshdesk/ticket-updated');
    await expect.poll(async () => (await one.list()).every(({ outcome }) => outcome)).toBe(true);
    expect(
      (await one.list()).map(({ source, of, attempt, validity }) => [source, of, attempt, validity]),
    ).toEqual([
      ['sample', undefined, 1, 'valid'],
      ['edited', first!.id, 3, 'valid'],
      ['replayed', first!.id, 2, 'valid'],
      ['received', undefined, 1, 'valid'],
    ]);
  });

  test('without an app nothing is replayed, and a sample is kept', async () => {
    const one = await running();
    const { id } = await one.ask<Sent>('POST', 'send', { event: 'freshdesk/ticket-created' });
    expect((await one.list())[0]).toMatchObject({ id, source: 'sample', outcome: { kept: true } });
    await expect(one.ask('POST', `deliveries/${id}/replay`)).rejects.toThrow('409 Nothing is forwarded');
  });

  test('deleting one and all is told to every page', async () => {
    const one = await running();
    for (const body of ['1', '2', '3']) await raw(one.dev.endpoint, { body });
    const pages = [await listen(one), await listen(one)];
    const [last] = await one.list();
    await one.ask('DELETE', `deliveries/${last!.id}`);
    await expect(one.ask('DELETE', `deliveries/${last!.id}`)).rejects.toThrow('404');
    await one.ask('DELETE', 'deliveries');
    for (const page of pages) await page.until((event) => 'cleared' in event);
    expect(pages[0]!.events).toEqual([{ removed: [last!.id] }, { cleared: true }]);
    expect(pages[1]!.events).toEqual(pages[0]!.events);
    expect(await one.list()).toEqual([]);
  });

  test('what is edited is checked', async () => {
    const one = await running();
    const event = 'freshdesk/ticket-created';
    expect(await one.ask('POST', 'check', { event, body: '{' })).toMatchObject({
      unreadable: expect.any(String) as string,
      issues: [],
      unknown: [],
    });
    expect(
      await one.ask('POST', 'check', { event, body: '{"freshdesk_webhook":{"ticket_id":[]},"x":1}' }),
    ).toMatchObject({
      issues: [{ pointer: '/freshdesk_webhook/ticket_id', message: expect.any(String) as string }],
      unknown: ['/x'],
    });
  });

  test('the page learns what there is', async () => {
    const one = await running({
      credentials: { secretEnv: ['freshdesk=PASSWORD'] },
      env: { PASSWORD: 'change-me' },
    });
    expect(await one.ask<State>('GET', 'state')).toMatchObject({
      endpoint: one.dev.endpoint,
      signing: ['freshdesk'],
      verifying: ['freshdesk'],
      store: { isKept: true, mostDeliveries: 10_000, mostDays: 7 },
    });
    const events = await one.ask<readonly EventInfo[]>('GET', 'events');
    expect(events).toHaveLength(14);
    expect(
      events.every(
        ({ sample, schema, path }) =>
          JSON.parse(sample) && JSON.stringify(schema).length > 100 && path.startsWith('/'),
      ),
    ).toBe(true);
    await raw(one.dev.endpoint, { path: '/freshdesk/ticket-created', headers: json, body: ticket });
    const [first] = await one.list();
    expect((await one.ask<Text>('GET', `deliveries/${first!.id}/curl`)).text).toMatch(/^curl /);
    expect((await one.ask<Text>('GET', `deliveries/${first!.id}/test`)).text).toMatch(/^import /);
  });

  test('a command that is copied runs nothing that a document says', async () => {
    const kit = await sharedKit();
    const events = kit.catalog.events.map((each, at) => (at === 0 ? { ...each, name: 'a/b#$(c)' } : each));
    const one = await running({
      documents: { spec: ['my own.yaml'] },
      loadKit: () => Promise.resolve({ ...kit, catalog: { ...kit.catalog, events } }),
    });
    expect((await one.ask<State>('GET', 'state')).commands).toEqual({
      send: `npx freshworks-gen send 'a/b#$(c)' --to ${one.dev.endpoint} --spec 'my own.yaml'`,
      forward: `npx freshworks-gen dev --forward http://localhost:3000/webhooks --spec 'my own.yaml'`,
    });
  });

  test('what arrives is inferred from, and nothing is written', async () => {
    const one = await running({ documents: { products: ['freshdesk', 'freshchat'] } });
    const path = '/freshdesk/ticket-created';
    await raw(one.dev.endpoint, { path, headers: json, body: ticket });
    const { overlay, changes, types, command } = await one.ask<Inference>('POST', 'infer', {});
    expect(overlay).toContain('plant');
    expect(overlay).not.toContain('Berlin');
    expect(changes.length).toBeGreaterThan(0);
    expect(types).toContain('+');
    expect(command).toBe(
      'npx freshworks-gen infer dev --overlay deliveries.overlay.yaml --products freshdesk,freshchat',
    );
    const { id } = (await one.list())[0]!;
    expect((await one.ask<Inference>('POST', 'infer', { ids: [id] })).command).toBe(
      `npx freshworks-gen dev --export deliveries --products freshdesk,freshchat ${id} && npx freshworks-gen infer deliveries --overlay deliveries.overlay.yaml --products freshdesk,freshchat`,
    );
  });
});
