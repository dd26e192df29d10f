import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expressHandler } from '../../templates/runtime/adapters/express.js';
import { expresses, listen, type App, type Express, type Middleware } from './servers.js';
import { good, path, post, watched, type Posted } from './setup.js';

/** What stands in front of the handler, and what is answered; `hint` where the bytes are gone. */
type Row = readonly [
  what: string,
  before: (express: Express) => readonly Middleware[],
  status: number,
  sent?: Posted,
];

const keep = (request: object, _: unknown, bytes: Buffer) => void Object.assign(request, { rawBody: bytes });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const rows: readonly Row[] = [
  ['nothing', () => [], 200],
  ['express.json()', ({ json }) => [json()], 500],
  [
    'express.json(), which leaves another type alone',
    ({ json }) => [json()],
    200,
    { headers: { 'content-type': '' } },
  ],
  ['express.json(), which leaves nothing alone', ({ json }) => [json()], 400, { body: '' }],
  [
    'express.urlencoded(), for a form',
    ({ urlencoded }) => [urlencoded({ extended: false })],
    500,
    { path: '/webhooks/reviews/posted', body: 'a=1', headers: form },
  ],
  [
    'express.json() that keeps the bytes, as Nest and Cloud Functions do',
    ({ json }) => [json({ verify: keep })],
    200,
  ],
  ['express.raw()', ({ raw }) => [raw({ type: () => true })], 200],
  ['express.text()', ({ text }) => [text({ type: () => true })], 500],
  [
    'what reads the body and keeps nothing',
    () => [(request, _, next) => void request.resume().on('end', next)],
    500,
  ],
  ['what pauses the request', () => [(request, _, next) => (request.pause(), next())], 200],
  [
    'what listens and does not read',
    () => [(request, _, next) => (request.on('readable', () => undefined), next())],
    200,
  ],
  ['what waits', () => [(_, __, next) => void setTimeout(next, 30)], 200],
];

describe.each(expresses)('%s', (_, express) => {
  test.each(rows.map(([what, before, status, sent = {}]) => [what, before, status, sent] as const))(
    'behind %s',
    async (__, before, status, sent) => {
      const { receiver, handled, errors } = watched();
      const app = express();
      for (const each of before(express)) app.use(each);
      app.use('/webhooks', expressHandler(receiver));
      const { port, close } = await listen(createServer(app));
      onTestFinished(close);
      const started = performance.now();
      expect(await post(port, sent)).toMatchObject({ status });
      expect(performance.now() - started).toBeLessThan(2000);
      expect(errors).toEqual(
        status === 500 ? [expect.stringMatching(/write app\.use\(path, expressHandler/)] : [],
      );
      expect(handled.map(({ rawBody }) => Buffer.from(rawBody).toString())).toEqual(
        status === 200 ? [good] : [],
      );
    },
  );

  test.each<[what: string, mount: (app: App, handler: Middleware) => unknown, basePath: string]>([
    ['below a path', (app, handler) => app.use('/webhooks', handler), '/webhooks'],
    ['below two', (app, handler) => app.use('/webhooks', express().use('/shop', handler)), '/webhooks'],
    ['as a route', (app, handler) => app.post(path, handler), '/webhooks'],
    ['at the top', (app, handler) => app.use(handler), '/webhooks'],
  ])('mounted %s, other routes go on', async (__, mount, basePath) => {
    const { receiver, handled } = watched({ basePath });
    const app = express();
    app.use('/other', (...[, response]: Parameters<Middleware>) => void response.writeHead(204).end());
    mount(app, expressHandler(receiver));
    const { port, close } = await listen(createServer(app));
    onTestFinished(close);
    expect(await post(port, { path: `${path}?key=1` })).toMatchObject({ status: 200 });
    expect(await post(port, { path: '/other' })).toMatchObject({ status: 204 });
    expect(handled).toHaveLength(1);
  });

  test('a sender that is gone before the handler has its turn is not waited for', async () => {
    const { receiver, refused, errors } = watched();
    const app = express();
    app.use((...[, , next]: Parameters<Middleware>) => void setTimeout(next, 50));
    app.use('/webhooks', expressHandler(receiver));
    const { port, close } = await listen(createServer(app));
    onTestFinished(close);
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`);
      setTimeout(() => socket.destroy(), 10);
    });
    await expect.poll(() => refused, { timeout: 2000 }).toEqual([400]);
    expect(errors).toEqual([]);
  });

  test('a handler that fails is told to onError, not to Express', async () => {
    const { receiver, errors } = watched({
      handlers: new Proxy({}, { getOwnPropertyDescriptor: () => undefined }) as never,
    });
    const app = express();
    app.use('/webhooks', expressHandler(receiver));
    app.use((error: unknown, ...[, response]: Parameters<Middleware>) => {
      errors.push(`Express: ${String(error)}`);
      response.writeHead(500).end();
    });
    const { port, close } = await listen(createServer(app));
    onTestFinished(close);
    expect(await post(port)).toMatchObject({ status: 500 });
    expect(errors).toEqual([expect.stringContaining('the event has no handler')]);
  });
});
