import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { fastify } from 'fastify';
import { expressHandler } from '../../templates/runtime/adapters/express.js';
import { fastifyPlugin } from '../../templates/runtime/adapters/fastify.js';
import { lambdaHandler } from '../../templates/runtime/adapters/lambda.js';
import { nodeListener } from '../../templates/runtime/adapters/node.js';
import type { Receiver } from '../../templates/runtime/receiver.js';
import { gateway, type Front } from './gateway.js';

/** A receiver with the base path `/webhooks`, in a server that listens. */
export interface Serving {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

type ErrorMiddleware = (error: unknown, ...rest: Parameters<Middleware>) => void;

/** As much of Express as is used here; it comes without types. */
export interface Express {
  (): App;
  json(options?: object): Middleware;
  raw(options?: object): Middleware;
  text(options?: object): Middleware;
  urlencoded(options?: object): Middleware;
}

export interface App {
  (request: IncomingMessage, response: ServerResponse): void;
  use(...given: readonly (string | Middleware | ErrorMiddleware | App)[]): App;
  post(path: string, ...given: readonly Middleware[]): App;
}

const require = createRequire(import.meta.url);
export const expresses = (['express', 'express4'] as const).map(
  (name) => [name, require(name) as Express] as const,
);

export async function listen(server: Server): Promise<Serving> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      (server as Partial<ReturnType<typeof createServer>>).closeAllConnections?.();
      server.close();
      await once(server, 'close');
    },
  };
}

function onExpress(express: Express, before: readonly Middleware[]) {
  return (receiver: Receiver) => {
    const app = express();
    for (const each of before) app.use(each);
    app.use('/webhooks', expressHandler(receiver));
    return listen(createServer(app));
  };
}

async function onFastify(receiver: Receiver): Promise<Serving> {
  const app = fastify();
  await app.register(fastifyPlugin(receiver), { prefix: '/webhooks' });
  app.post('/other', (request) => request.body);
  await app.ready();
  const { port } = await listen(app.server);
  return { port, close: () => app.close() };
}

function onLambda(front: Front) {
  return (receiver: Receiver) => listen(createServer(gateway(front, lambdaHandler(receiver))));
}

export type Platform = 'node' | 'express' | 'fastify' | 'lambda';

/** Every adapter in every server that it is for. */
export const servers: readonly (readonly [
  name: string,
  platform: Platform,
  serve: (receiver: Receiver) => Promise<Serving>,
])[] = [
  ['node:http', 'node', (receiver) => listen(createServer(nodeListener(receiver)))],
  ...expresses.flatMap(([name, express]) => [
    [name, 'express', onExpress(express, [])] as const,
    [
      `${name} behind a parser of something else`,
      'express',
      onExpress(express, [express.json({ type: 'x/y' })]),
    ] as const,
    [
      `${name} behind one that keeps the bytes`,
      'express',
      onExpress(express, [express.raw({ type: () => true, limit: '20mb' })]),
    ] as const,
  ]),
  ['fastify', 'fastify', onFastify],
  ...(['rest', 'http', 'http, format 1.0', 'url', 'alb', 'alb, lists'] as const).map(
    (front) => [`lambda: ${front}`, 'lambda', onLambda(front)] as const,
  ),
];
