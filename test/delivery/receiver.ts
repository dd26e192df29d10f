import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { execute } from '../emit/execute.js';
import { snapshot } from '../output/tree.js';

/** The public surface of the kit for the shipped documents, as far as the tests of deliveries ask for it. */
interface ShippedKit {
  createReceiver(options: object): object;
  nodeListener(receiver: object): RequestListener;
  ignoringRest(handlers: object): object;
  basicAuth(options: object): unknown;
  dangerouslyUnverified(): unknown;
  freshchatSignature(options: object): unknown;
  hmacSignature(options: object): unknown;
  queryParameter(options: object): unknown;
  standardWebhooks(options: object): unknown;
  staticHeaders(options: object): unknown;
}

let executed: Promise<ShippedKit> | undefined;

/** The kit that `generate` writes for the shipped documents. */
export function shippedKit(): Promise<ShippedKit> {
  const files = Object.entries(snapshot(join(import.meta.dirname, '../cases/shipped/expected')));
  return (executed ??= execute(
    new Map(files.filter(([path]) => path.endsWith('.ts'))),
  ) as unknown as Promise<ShippedKit>);
}

/** A receiver with this kit at work, below `/webhooks`; what its handlers were called with. */
export async function receiver(verify: (kit: ShippedKit) => object = () => ({})): Promise<{
  readonly url: string;
  readonly handled: { readonly name: string; readonly payload: unknown }[];
}> {
  const kit = await shippedKit();
  const handled: { readonly name: string; readonly payload: unknown }[] = [];
  const products = ['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'];
  const handle = (event: { name: string; payload: unknown }) => void handled.push(event);
  const events = ['freshdesk/ticket-created', 'freshdesk/ticket-updated', 'freshchat/message-create'];
  const made = kit.createReceiver({
    handlers: kit.ignoringRest(Object.fromEntries(events.map((event) => [event, handle]))),
    verify: {
      ...Object.fromEntries(products.map((product) => [product, kit.dangerouslyUnverified()])),
      ...verify(kit),
    },
    basePath: '/webhooks',
    on: { rejected: () => undefined },
  });
  const server = createServer(kit.nodeListener(made));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`, handled };
}
