/**
 * A server that `adapters.mjs` measures, in a process of its own: a framework with an adapter of a kit, or with the HMAC and
 * `JSON.parse` alone that nobody can do without.
 *
 *     node bench/adapters-server.mjs <the kit's bundle> node|express|fastify|lambda bare|adapter
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { fastify } from 'fastify';

const [, , bundle, framework, kind] = process.argv;
const secret = 'bench'.repeat(8);
const path = '/webhooks/freshdesk/ticket-created';

const kit = await import(pathToFileURL(bundle).href);
let handled = 0;
const receiver = kit.createReceiver({
  handlers: kit.ignoringRest({ 'freshdesk/ticket-created': async () => void (handled += 1) }),
  verify: { freshdesk: kit.hmacSignature({ header: 'x-signature', secrets: secret }) },
  basePath: '/webhooks',
});

/** What nobody can do without. */
function alone(headers, body) {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(String(headers['x-signature']), 'hex');
  if (given.length !== 32 || !timingSafeEqual(expected, given)) return 401;
  if (JSON.parse(body.toString()) === null) return 400;
  handled += 1;
  return 200;
}

/** A gateway in front of a function: the same for both. */
function gateway(handler) {
  return (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const { statusCode, headers, body } = await handler({
        version: '2.0',
        routeKey: '$default',
        rawPath: request.url,
        rawQueryString: '',
        headers: request.headers,
        requestContext: { stage: '$default', http: { method: request.method, path: request.url } },
        body: Buffer.concat(chunks).toString(),
        isBase64Encoded: false,
      });
      response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    });
  };
}

const answer = '{"result":"handled"}';
const json = { 'content-type': 'application/json' };

const servers = {
  node: {
    bare: () =>
      createServer((request, response) => {
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
          const status = alone(request.headers, Buffer.concat(chunks));
          response.writeHead(status, { ...json, 'content-length': answer.length }).end(answer);
        });
      }),
    adapter: () => createServer(kit.nodeListener(receiver)),
  },
  express: {
    bare() {
      const app = express();
      app.post(path, express.raw({ type: '*/*' }), (request, response) => {
        response.status(alone(request.headers, request.body)).json({ result: 'handled' });
      });
      return createServer(app);
    },
    adapter() {
      const app = express();
      app.use('/webhooks', kit.expressHandler(receiver));
      return createServer(app);
    },
  },
  fastify: {
    async bare() {
      const app = fastify();
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
      app.post(path, (request, reply) => {
        reply.code(alone(request.headers, request.body)).send({ result: 'handled' });
      });
      await app.ready();
      return app.server;
    },
    async adapter() {
      const app = fastify();
      await app.register(kit.fastifyPlugin(receiver), { prefix: '/webhooks' });
      await app.ready();
      return app.server;
    },
  },
  lambda: {
    bare: () =>
      createServer(
        gateway(async ({ headers, body, isBase64Encoded }) => {
          const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
          return { statusCode: alone(headers, bytes), headers: json, body: answer };
        }),
      ),
    adapter: () => createServer(gateway(kit.lambdaHandler(receiver))),
  },
};

const server = await servers[framework][kind]();
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
// What has been spent so far.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ handled, cpu: user + system, memory: process.memoryUsage() });
});
process.on('disconnect', () => process.exit());
