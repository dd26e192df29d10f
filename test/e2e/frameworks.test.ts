import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { blocksOf } from '../project/shown.js';
import { typeErrors } from './type-errors.js';
import { out, run } from './project.js';

/** The recipes of docs/frameworks.md, each in what it is for. */

const frameworks = join(import.meta.dirname, 'frameworks');
const modules = join(frameworks, 'node_modules');
let workplace: string;

beforeAll(() => {
  if (!existsSync(modules)) execFileSync('npm', ['ci'], { cwd: frameworks, stdio: 'inherit' });
  // Below the packages, so that they are found as those of a project are.
  workplace = mkdtempSync(join(frameworks, 'projects-'));
});
afterAll(() => rmSync(workplace, { recursive: true, force: true }));

interface Recipe {
  readonly adapters: string;
  readonly compilerOptions?: object;
  /** What the recipe does not show. */
  readonly files?: Readonly<Record<string, string>>;
  /** Makes it ready; returns the command that starts it. */
  readonly prepare: (project: string, port: number) => Promise<readonly string[]>;
  readonly basePath?: string;
}

const esm = (project: string, entry: string, options: BuildOptions = {}) => {
  const outfile = join(project, 'out', 'main.mjs');
  return build({
    entryPoints: [join(project, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    ...options,
  }).then(() => outfile);
};

const onNode =
  (entry = 'src/server.ts') =>
  async (project: string) => [process.execPath, await esm(project, entry)];

/** A platform that calls a function is stood in for by what calls it the same way. */
const calledBy = (caller: string) => async (project: string) => {
  const outfile = await esm(project, `${caller}.ts`, {
    alias: { ...(caller === 'azure' && { '@azure/functions': join(project, 'registry.ts') }) },
  });
  return [process.execPath, outfile];
};

const fetchCaller = (from: string, name: string) => `import { serve } from '@hono/node-server';
import * as module from '${from}';
const work: Promise<unknown>[] = [];
const context = { waitUntil: (more: Promise<unknown>) => void work.push(more) };
serve({ fetch: (request: Request) => module.${name}(request, context), port: Number(process.env['PORT']) });
`;

const recipes: Readonly<Record<string, Recipe>> = {
  express: { adapters: 'express', prepare: onNode() },
  fastify: { adapters: 'fastify', prepare: onNode() },
  hono: { adapters: 'none', prepare: onNode() },
  koa: { adapters: 'node', prepare: onNode() },
  nest: {
    adapters: 'express',
    files: {
      'src/app.module.ts': `import { Controller, Get, Module } from '@nestjs/common';
@Controller('health')
class Health {
  @Get()
  health() { return { ok: true }; }
}
@Module({ controllers: [Health] })
export class AppModule {}
`,
    },
    compilerOptions: { experimentalDecorators: true },
    prepare: onNode('src/main.ts'),
  },
  google: {
    adapters: 'express',
    prepare: async (project, port) => [
      process.execPath,
      join(modules, '@google-cloud/functions-framework/build/src/main.js'),
      '--target=webhooks',
      `--source=${await esm(project, 'src/index.ts')}`,
      `--port=${port}`,
    ],
  },
  lambda: {
    adapters: 'lambda',
    files: {
      // What AWS publishes types for is what the handler takes.
      'src/typed.ts': `import type { ALBHandler, APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler } from 'aws-lambda';
import { handler } from './handler.js';
export const all: [ALBHandler, APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler] = [handler, handler, handler, handler];
`,
      'lambda.ts': `import { createServer } from 'node:http';
import { gateway } from '${join(import.meta.dirname, '../adapters/gateway.ts')}';
import { handler } from './src/handler.js';
createServer(gateway('http', handler)).listen(Number(process.env['PORT']));
`,
    },
    prepare: calledBy('lambda'),
  },
  vercel: {
    adapters: 'none',
    basePath: '/api',
    files: { 'vercel.ts': fetchCaller('./api/freshdesk/ticket-created.js', 'POST') },
    prepare: calledBy('vercel'),
  },
  netlify: {
    adapters: 'none',
    files: { 'netlify.ts': fetchCaller('./netlify/functions/webhooks.js', 'default') },
    prepare: calledBy('netlify'),
  },
  azure: {
    adapters: 'none',
    basePath: '/api/webhooks',
    files: {
      'registry.ts': `export let registered: any;
export const app = { http: (_name: string, options: unknown) => void (registered = options) };
`,
      'azure.ts': `import { serve } from '@hono/node-server';
import { createRequire } from 'node:module';
import './src/functions/webhooks.js';
import { registered } from './registry.js';
const { HttpRequest } = createRequire(import.meta.url)('${join(modules, '@azure/functions')}');
serve({
  port: Number(process.env['PORT']),
  async fetch({ method, url, headers, body }: Request) {
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    const request = new HttpRequest({ method, url, headers: Object.fromEntries(headers), body: { bytes } });
    const answer = await registered.handler(request, {});
    return new Response(answer.body, answer);
  },
});
`,
    },
    prepare: calledBy('azure'),
  },
  bun: {
    adapters: 'none',
    prepare: (project) =>
      Promise.resolve([
        join(modules, '@oven/bun-linux-x64/bin/bun'),
        join(project, commandOf('bun').at(-1)!),
      ]),
  },
  deno: {
    adapters: 'none',
    compilerOptions: { allowImportingTsExtensions: true, noEmit: true },
    prepare: (_, port) =>
      Promise.resolve([
        join(modules, '.bin/deno'),
        ...commandOf('deno')
          .slice(1)
          .map((word) => (word === '8080' ? String(port) : word)),
      ]),
  },
  workers: {
    adapters: 'none',
    prepare: async (project, port) => {
      const { compatibility_date: date, compatibility_flags: flags } = JSON.parse(
        blockOf('workers', 'wrangler.jsonc').text,
      ) as { compatibility_date: string; compatibility_flags: string[] };
      await esm(project, 'src/worker.ts', { packages: 'bundle', external: ['node:*'] });
      writeFileSync(
        join(project, 'worker.capnp'),
        `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "main", esModule = embed "out/main.mjs")],
    compatibilityDate = "${date}",
    compatibilityFlags = ${JSON.stringify(flags)},
    bindings = [(name = "FRESHDESK_PASSWORD", fromEnvironment = "FRESHDESK_PASSWORD")],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
`,
      );
      return [join(modules, '@cloudflare/workerd-linux-64/bin/workerd'), 'serve', 'worker.capnp'];
    },
  },
  next: {
    adapters: 'none',
    compilerOptions: { module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx' },
    files: {
      'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(frameworks)} }, typescript: { ignoreBuildErrors: true } };\n`,
      'app/layout.jsx': `export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n`,
      'app/page.jsx': `export default function Page() { return <p>Here</p>; }\n`,
    },
    prepare: (project, port) => {
      const next = [process.execPath, join(modules, 'next/dist/bin/next')] as const;
      execFileSync(next[0], [next[1], 'build'], {
        cwd: project,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      return Promise.resolve([...next, 'start', '--port', String(port)]);
    },
  },
};

const env = {
  ...process.env,
  FRESHDESK_PASSWORD: 'change-me',
  NEXT_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
  CI: '1',
};

function filesOf(name: string) {
  return blocksOf('framework').filter(
    ({ subject }) => subject.startsWith(`${name} `) && !subject.endsWith(' command'),
  );
}

function blockOf(name: string, file: string) {
  return blocksOf('framework').find(({ subject }) => subject === `${name} ${file}`)!;
}

function commandOf(name: string): readonly string[] {
  return blockOf(name, 'command').text.trim().split(' ');
}

test('every recipe of the page is tried', () => {
  const names = blocksOf('framework').map(({ subject }) => subject.split(' ')[0]!);
  expect([...new Set(names)].sort()).toEqual(['all', ...Object.keys(recipes)].sort());
});

describe.each(Object.entries(recipes))('%s', (name, recipe) => {
  const { adapters, compilerOptions = {}, files = {}, prepare, basePath = '/webhooks' } = recipe;

  test('compiles, answers a delivery, and refuses one with another password', async () => {
    const project = mkdtempSync(join(workplace, `${name}-`));
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    };
    put('package.json', '{ "type": "module", "private": true }');
    put('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', ...compilerOptions } }));
    const generated = run(project, [
      'generate',
      '--out',
      out,
      '--products',
      'freshdesk',
      '--adapters',
      adapters,
    ]);
    expect(generated, generated.stderr).toMatchObject({ exitCode: 0 });
    const handlers = blocksOf('first').find(({ subject }) => subject.endsWith('handlers/freshdesk.ts'))!;
    const ending =
      /from ["']\.\/events(.*?)["']/.exec(readFileSync(join(project, out, 'index.ts'), 'utf8'))?.[1] ?? '.js';
    for (const { subject, text } of [...filesOf('all'), ...filesOf(name)])
      put(
        subject.slice(subject.indexOf(' ') + 1),
        text
          .replace(`basePath: '/webhooks'`, `basePath: '${basePath}'`)
          .replace(/(events\/index)\.js'/, `$1${ending}'`),
      );
    put(handlers.subject, handlers.text.replace("events.js'", `events${ending}'`));
    for (const [path, text] of Object.entries(files)) put(path, text);
    expect(typeErrors(project, modules, compilerOptions)).toEqual([]);

    const port = await freePort();
    const [command = '', ...args] = await prepare(project, port);
    const server = spawn(command, args, {
      cwd: project,
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (data: Buffer) => (said += data.toString()));
    onTestFinished(() => void server.kill('SIGKILL'));
    const address = `http://127.0.0.1:${port}${basePath}/freshdesk/ticket-created`;
    const deliver = (password: string) =>
      fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${btoa(`freshdesk:${password}`)}`,
        },
        body: '{"freshdesk_webhook":{"ticket_id":42,"ticket_subject":"größer"}}',
      }).then(async (response) => ({ status: response.status, text: await response.text() }));
    let answer: { status: number; text: string } | undefined;
    for (let tries = 0; tries < 300 && answer === undefined && server.exitCode === null; tries += 1) {
      answer = await deliver('change-me').catch(() => undefined);
      if (answer === undefined) await sleep(100);
    }
    expect(answer, said).toEqual({ status: 200, text: '{"result":"handled"}' });
    await expect.poll(() => said).toContain('42 größer');
    expect(await deliver('other')).toEqual({ status: 401, text: '{"error":"unauthorized"}' });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
