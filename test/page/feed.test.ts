import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { StreamEvent, Summary } from '../../src/dev/api.js';
import { Client } from '../../src/page/client.js';
import { Feed } from '../../src/page/feed.js';
import type { Connection } from '../../src/page/shown.js';
import { summary } from './deliveries.js';

/**
 * A server that answers when the test says so, and a feed that reads from it.
 *
 * @param first what a stream begins with
 */
async function start(first = '') {
  const streams: ServerResponse[] = [];
  const lists: ServerResponse[] = [];
  const connections: Connection[] = [];
  const waits: number[] = [];
  let isLocked = false;
  const reports: (number | undefined)[] = [];
  const server = createServer(({ url = '' }, response) => {
    if (isLocked) response.writeHead(401).end();
    else if (url === '/api/deliveries') lists.push(response);
    else if (url !== '/api/stream') response.end('[]');
    else {
      streams.push(response);
      response.write(`:\n\n${first}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const feed = new Feed(
    new Client('token', `http://127.0.0.1:${port}`),
    {
      onConnection: (connection) => connections.push(connection),
      onServer: () => undefined,
      onDeliveries: (changed) => reports.push(changed?.size),
    },
    (act, milliseconds) => {
      if (milliseconds !== undefined) waits.push(milliseconds);
      setImmediate(act);
    },
  );
  const end = feed.run();
  onTestFinished(async () => {
    isLocked = true;
    for (const each of [...streams, ...lists]) each.destroy();
    await end;
    server.close();
    server.closeAllConnections();
  });
  return {
    connections,
    lists,
    waits,
    reports,
    drop: (...dropped: readonly string[]) => feed.drop(dropped),
    ids: () => feed.deliveries.rows().map(({ root }) => root),
    /** The one of so many, once it has been asked for. */
    async stream(number: number) {
      await expect.poll(() => streams.length).toBe(number);
      return streams[number - 1]!;
    },
    async list(number: number) {
      await expect.poll(() => lists.length).toBe(number);
      return lists[number - 1]!;
    },
  };
}

const listed = (...ids: readonly string[]) => JSON.stringify(ids.map((id): Summary => summary({ id })));
const told = (event: StreamEvent) => `data: ${JSON.stringify(event)}\n\n`;

test('what was asked for while a stream was open that has ended since, does not count', async () => {
  const { stream, list, ids, connections } = await start();
  const old = await list(1);
  (await stream(1)).end();
  const next = await list(2);
  old.end(listed('old'));
  // It has been read by the time that what came after it has.
  await new Promise((resolve) => old.on('close', resolve));
  next.end(listed('next'));
  await expect.poll(ids).toEqual(['next']);
  expect(connections).toEqual(['lost', 'live']);
});

test('what comes while the list is read once more is not lost', async () => {
  const { stream, list, ids } = await start();
  const events = await stream(1);
  const first = await list(1);
  events.write(told({ reloaded: true }));
  first.end(listed('1'));
  const second = await list(2);
  // The second list was made before this one came.
  events.write(told({ delivery: summary({ id: '3' }) }));
  second.end(listed('1', '2'));
  await expect.poll(ids).toEqual(['3', '2', '1']);
});

test('what the page has deleted is gone at once, and does not come back', async () => {
  const { stream, list, ids, drop, reports } = await start();
  const events = await stream(1);
  const first = await list(1);
  drop('1');
  expect(reports).toEqual([]);
  first.end(listed('1', '2', '3'));
  await expect.poll(ids).toEqual(['3', '2']);
  drop('2');
  expect(ids()).toEqual(['3']);
  // The server has answered this before it deleted it.
  events.write(told({ delivery: summary({ id: '2' }) }) + told({ delivery: summary({ id: '4' }) }));
  await expect.poll(ids).toEqual(['4', '3']);
  // Everything is looked at anew for what was not known to be gone, and for nothing else.
  reports.length = 0;
  events.write(told({ removed: ['1', '2'] }));
  events.write(told({ removed: ['3'] }));
  await expect.poll(ids).toEqual(['4']);
  drop('3');
  expect(reports.filter((each) => each === undefined)).toHaveLength(1);
});

test('of two lists that are read at once, the one that was asked for last counts', async () => {
  const reloaded = told({ reloaded: true });
  const { stream, list, lists, ids, connections } = await start(reloaded + reloaded);
  const events = await stream(1);
  (await list(1)).end(listed('1'));
  const last = await list(3);
  const second = lists[1]!;
  last.end(listed('1', '2'));
  await expect.poll(ids).toEqual(['2', '1']);
  second.end(listed('1'));
  await new Promise((resolve) => second.on('close', resolve));
  events.write(told({ delivery: summary({ id: '3' }) }));
  await expect.poll(ids).toEqual(['3', '2', '1']);
  expect(connections).not.toContain('lost');
});

test('whoever answers but never with a list is asked less and less often', async () => {
  const { list, waits, connections } = await start();
  for (const each of [1, 2, 3]) (await list(each)).writeHead(500).end();
  (await list(4)).end('[]');
  await expect.poll(() => connections.at(-1)).toBe('live');
  expect(waits).toEqual([500, 1000, 2000]);
});

test('after a list, the next attempt comes as soon as the first one', async () => {
  const { stream, list, waits, connections } = await start();
  for (const each of [1, 2]) (await list(each)).writeHead(500).end();
  (await list(3)).end('[]');
  await expect.poll(() => connections.at(-1)).toBe('live');
  (await stream(3)).end();
  await list(4);
  expect(waits).toEqual([500, 1000, 500]);
});
