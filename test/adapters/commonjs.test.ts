import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runIn } from '../cli/command.js';
import { put, temporaryFolder } from '../output/tree.js';
import { root } from '../project/shown.js';
import { sample } from '../sample.js';

/** Without `"type": "module"`, what TypeScript emits is CommonJS: the kit has to compile and run as that as well. */
const projects: readonly (readonly [
  what: string,
  options: object,
  files?: Readonly<Record<string, string>>,
])[] = [
  ['module: commonjs', { module: 'commonjs' }],
  [
    'module: commonjs, as TypeScript 5 resolves',
    { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
  ],
  [
    'module: commonjs without interoperability',
    { module: 'commonjs', esModuleInterop: false, ignoreDeprecations: '6.0' },
  ],
  ['module: node16', { module: 'node16' }],
  ['module: nodenext', { module: 'nodenext' }],
  ['"type": "commonjs"', { module: 'node20' }, { 'package.json': '{ "type": "commonjs" }' }],
];

const server = (ending: string) => `import { createServer } from 'node:http';
import { createReceiver, ignoringRest, nodeListener, staticHeaders, type WebhookEvent } from './events${ending}';
import * as kit from './events${ending}';

const receiver = createReceiver({
  handlers: ignoringRest({
    'whatsapp/outbound-message': ({ payload }: WebhookEvent<'whatsapp/outbound-message'>) => {
      console.log(payload.data.message_id);
    },
  }),
  verify: { whatsapp: staticHeaders({ 'x-token': 'a' }) },
});
const adapters = [kit.nodeListener, kit.expressHandler, kit.fastifyPlugin, kit.lambdaHandler].map((each) => typeof each(receiver));
const listening = createServer(nodeListener(receiver)).listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify([typeof require, adapters, listening.address()]));
});
`;

const delivery = readFileSync(join(root, 'specs/samples/whatsapp-outbound-message-read.json'));

const rows = sample([...projects], 3).map(
  ([what, options, files = { 'package.json': '{}' }]) => [what, options, files] as const,
);

describe.each(rows)('%s', (_, compilerOptions, files) => {
  test('compiles, and answers a delivery', async () => {
    const folder = temporaryFolder();
    const options = {
      target: 'es2022',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      rootDir: 'src',
      outDir: 'out',
      ...compilerOptions,
    };
    put(folder, {
      ...files,
      'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const words = '--out src/events --products whatsapp --adapters node,express,fastify,lambda';
    const { exitCode, stderr } = await runIn(folder, ['generate', ...words.split(' ')]);
    expect(exitCode, stderr).toBe(0);
    const isNode = /node(?:\d\d|next)/.test(JSON.stringify(options));
    put(folder, {
      'src/server.ts': server(isNode && !('moduleResolution' in compilerOptions) ? '/index.js' : ''),
    });
    expect(compiled(folder)).toEqual([]);

    const child = spawn(process.execPath, [join(folder, 'out/server.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill());
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const [require, adapters, { port }] = JSON.parse(line) as [string, string[], { port: number }];
    expect([require, ...adapters]).toEqual(['function', 'function', 'function', 'function', 'function']);
    const response = await fetch(`http://127.0.0.1:${port}/whatsapp`, {
      method: 'POST',
      headers: { 'x-token': 'a', 'content-type': 'application/json' },
      body: delivery,
    });
    expect([response.status, await response.json()]).toEqual([200, { result: 'handled' }]);
  });
});

/** Compiles a project as `tsc` does; returns its errors. */
function compiled(folder: string): readonly string[] {
  const file = join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram(fileNames, options);
  const found = [...errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return found.map(
    ({ messageText, file: at }) =>
      `${at?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}
