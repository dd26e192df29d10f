// A process of a user's: a receiver or a worker, until it is killed. `fleet.ts` bundles and starts it.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ignore } from '../../templates/events.js';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import { createReceiver } from '../../templates/runtime/receiver.js';
import { runInbox } from '../../templates/runtime/run-inbox.js';
import { dangerouslyUnverified, staticHeaders } from '../../templates/runtime/signatures.js';
import { openInbox, type Store } from './engines.js';

const { ROLE, STORE = '', PORT, LOG = '' } = process.env;
const { inbox, close } = await openInbox(JSON.parse(STORE) as Store);
const onError = (): void => undefined;

if (ROLE === 'receiver') {
  const receiver = createReceiver({
    inbox,
    verify: { shop: staticHeaders({ 'x-token': 'a token' }), reviews: dangerouslyUnverified() },
    onError,
  });
  createServer(nodeListener(receiver)).listen(Number(PORT), '127.0.0.1', () => process.send?.('ready'));
} else {
  const worker = runInbox({
    inbox,
    concurrency: 20,
    handlers: {
      'shop/order-paid': async ({ deliveryKey }) => {
        await pause(Math.random() * 10);
        appendFileSync(LOG, `${deliveryKey ?? ''}\n`);
      },
      'shop/order-placed': ignore,
      'reviews/posted': ignore,
    },
    onError,
    on: { deadLettered: ({ error }) => appendFileSync(LOG, `dead: ${String(error)}\n`) },
  });
  process.once('SIGTERM', () => {
    void worker
      .stop()
      .then(close)
      .then(() => process.exit());
  });
  process.send?.('ready');
}
