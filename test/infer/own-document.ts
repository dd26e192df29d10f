import { runIn, type Outcome } from '../cli/command.js';
import { folder, type Files } from '../load/folder.js';

/** A document with one event, of which the payload is given as it stands in YAML. */
export const documentOf = (payload: string): string => `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  order:
    address: null
    messages:
      placed: { payload: ${payload} }
operations:
  placed: { action: send, channel: { $ref: '#/channels/order' } }
`;

/** A folder with the document and its deliveries, each in a file that is called after the event. */
export const ordersIn = (payload: string, deliveries: readonly unknown[], more: Files = {}): string =>
  folder({
    'api.yaml': documentOf(payload),
    ...Object.fromEntries(
      deliveries.map((each, at): [string, string] => [`in/orders/order/${at}.json`, JSON.stringify(each)]),
    ),
    ...more,
  });

export const inferIn = (root: string, ...args: readonly string[]): Promise<Outcome> =>
  runIn(root, ['infer', ...(args.length > 0 ? args : ['in']), '--spec', 'api.yaml', '--overlay', 'own.yaml']);

export const coveredIn = (root: string): Promise<Outcome> =>
  runIn(root, ['infer', 'in', '--check', '--spec', 'api.yaml', '--overlay', 'own.yaml']);
