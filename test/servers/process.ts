// A process of a user's: a receiver or a worker, until it is killed. `fleet.ts` bundles and starts it.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { openInbox, type Store } from './engines.js';

const { ROLE, STORE = '', PORT, LOG = '' } = process.env;
const { inbox, close } = await openInbox(JSON.parse(STORE) as Store);

if (ROLE === 'receiver') {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const record = {
        key: String(request.headers['x-key']),
        product: 'shop' as never,
        path: request.url ?? '',
        receivedAt: new Date().toISOString(),
        headers: {},
        body: Buffer.concat(chunks).toString('base64'),
      };
      inbox.put(record, AbortSignal.timeout(4_000)).then(
        () => response.writeHead(200).end(),
        () => response.writeHead(503).end(),
      );
    });
  });
  server.listen(Number(PORT), '127.0.0.1', () => process.send?.('ready'));
} else {
  const worker = inbox.work(
    async ({ key }) => {
      await pause(Math.random() * 10);
      appendFileSync(LOG, `${key ?? ''}\n`);
    },
    {
      concurrency: 20,
      onError: () => undefined,
      onDead: ({ key }) => appendFileSync(LOG, `dead ${key ?? ''}\n`),
    },
  );
  process.once('SIGTERM', () => {
    void worker
      .stop()
      .then(close)
      .then(() => process.exit());
  });
  process.send?.('ready');
}
