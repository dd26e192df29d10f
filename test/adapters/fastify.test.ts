import { fastify, type FastifyInstance } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fastifyPlugin } from '../../templates/runtime/adapters/fastify.js';
import { listen } from './servers.js';
import { good, path, post, signedHeaders, watched } from './setup.js';

async function start(build: (app: FastifyInstance) => unknown, options = {}): Promise<number> {
  const app = fastify(options);
  await build(app);
  await app.ready();
  const { port } = await listen(app.server);
  onTestFinished(() => app.close());
  return port;
}

const prefix = '/webhooks';

describe('the plugin', () => {
  test('leaves the parsers, the limit and the answers of other routes as they are', async () => {
    const { receiver } = watched();
    const port = await start(
      async (app) => {
        await app.register(fastifyPlugin(receiver), { prefix });
        app.post('/other', (request) => request.body);
      },
      { bodyLimit: 30 },
    );
    const other = (body: string, headers = {}) => post(port, { path: '/other', body, headers });
    expect(await post(port)).toMatchObject({ status: 200 });
    expect(await other('{"a":1}')).toEqual({ status: 200, body: '{"a":1}' });
    expect(await other('{')).toMatchObject({ status: 400 });
    expect(await other('a', { 'content-type': 'x/y' })).toMatchObject({ status: 415 });
    expect(await other(JSON.stringify('a'.repeat(100)))).toMatchObject({ status: 413 });
    expect(await post(port, { path: '/nothing', body: '{}' })).toMatchObject({
      body: expect.stringContaining('Route POST:/nothing') as string,
    });
  });

  test.each([
    [100, 200],
    [10, 413],
  ])('has the limit of the receiver, %i', async (maxBodyBytes, status) => {
    const { receiver } = watched({ maxBodyBytes });
    const port = await start((app) => app.register(fastifyPlugin(receiver), { prefix }), { bodyLimit: 20 });
    expect(await post(port)).toMatchObject({ status });
  });

  test.each(['', 'text/plain', 'application/json', 'no type at all'])(
    'takes the content type %j, or leaves it to the receiver',
    async (type) => {
      const { receiver, errors } = watched();
      const port = await start((app) => app.register(fastifyPlugin(receiver), { prefix }));
      const answer = await post(port, { headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: /^(?:$|application)/.test(type) ? 200 : 415 });
      expect(JSON.parse(answer.body)).toBeTypeOf('object');
      expect(errors).toEqual([]);
    },
  );

  test('is not kept from the bytes by the parsers and hooks of the application', async () => {
    const { receiver, handled } = watched();
    const seen: string[] = [];
    const port = await start(async (app) => {
      app.addContentTypeParser('*', { parseAs: 'string' }, (_, __, done) => done(null, 'parsed'));
      app.addHook('onRequest', async () => void seen.push('onRequest'));
      app.addHook('preValidation', () => Promise.reject(new Error('no')));
      app.addHook('onResponse', async () => void seen.push('onResponse'));
      await app.register(fastifyPlugin(receiver), { prefix });
    });
    expect(await post(port)).toMatchObject({ status: 200 });
    expect(handled.map(({ rawBody }) => Buffer.from(rawBody).toString())).toEqual([good]);
    await expect.poll(() => seen).toEqual(['onRequest', 'onResponse']);
  });

  test('says what has read the bytes, at once', async () => {
    const { receiver, errors } = watched();
    const port = await start(async (app) => {
      app.addHook('onRequest', (request, _, done) => void request.raw.resume().on('end', () => done()));
      await app.register(fastifyPlugin(receiver), { prefix });
    });
    expect(await post(port)).toMatchObject({ status: 500 });
    expect(errors).toEqual([expect.stringMatching(/something read the body .* onRequest hook/)]);
  });

  test('without a prefix takes what no other route does', async () => {
    const { receiver } = watched({ basePath: '/', routes: { '/hooks/paid': 'shop/order-paid' } });
    const port = await start(async (app) => {
      app.post('/other', () => 'other');
      await app.register(fastifyPlugin(receiver));
    });
    expect(await post(port, { path: '/hooks/paid' })).toMatchObject({ status: 200 });
    expect(await post(port, { path: '/shop/order-paid' })).toMatchObject({ status: 200 });
    expect(await post(port, { path: '/other' })).toMatchObject({ body: 'other' });
    expect(await post(port, { path: '/nothing' })).toMatchObject({ body: '{"error":"not found"}' });
  });

  test('twice, for two receivers', async () => {
    const [one, other] = [watched(), watched({ basePath: '/more' })];
    const port = await start(async (app) => {
      await app.register(fastifyPlugin(one.receiver), { prefix });
      await app.register(fastifyPlugin(other.receiver), { prefix: '/more' });
    });
    await post(port);
    await post(port, { path: '/more/shop/order-paid' });
    expect([one.handled.length, other.handled.length]).toEqual([1, 1]);
  });

  test('answers what is injected', async () => {
    const { receiver, handled } = watched();
    const app = fastify();
    await app.register(fastifyPlugin(receiver), { prefix });
    const { statusCode } = await app.inject({
      method: 'POST',
      url: path,
      headers: signedHeaders(),
      payload: good,
    });
    expect([statusCode, handled.length]).toEqual([200, 1]);
  });
});
