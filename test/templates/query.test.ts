import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import { ignoringRest } from '../../templates/events.js';
import { createReceiver } from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified, type SignedRequest } from '../../templates/runtime/signatures.js';

const path = '/reviews/posted?key=a%20b&x';
const url = `https://receiver.example${path}`;
const body = '{}';

test('a verifier gets the query as it came, through receive, fetch and the listener', async () => {
  const queries: string[] = [];
  const receiver = createReceiver({
    handlers: ignoringRest({}),
    verify: {
      shop: dangerouslyUnverified(),
      reviews: ({ query }: SignedRequest) => {
        queries.push(query);
        return { ok: true, credential: 0 };
      },
    },
  });
  await receiver.receive({ method: 'POST', path, headers: {}, body: Buffer.from(body) });
  await receiver.fetch(new Request(url, { method: 'POST', body, headers: { 'content-type': '' } }));
  const server = createServer(nodeListener(receiver)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { status } = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  server.close();
  expect(status).toBe(200);
  expect(queries).toEqual(['key=a%20b&x', 'key=a%20b&x', 'key=a%20b&x']);
});
