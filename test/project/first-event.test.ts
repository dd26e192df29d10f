import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { blockOf, blocksOf, pages } from './shown.js';

const readme = pages.get('README.md')!;

test('whoever follows the README has a delivery handled', async () => {
  const folder = temporaryFolder();
  const command = /^npx freshworks-gen (generate .*--products .*)$/m.exec(readme)?.[1] ?? '';
  expect(await runIn(folder, command.split(' '))).toMatchObject({ exitCode: 0 });
  const files = blocksOf('first').filter(({ subject }) => subject.endsWith('.ts'));
  put(folder, Object.fromEntries(files.map(({ subject, text }) => [subject, text])));
  const code = Object.entries(snapshot(folder)).filter(([path]) => path.endsWith('.ts'));
  expect(faults(new Map(code))).toEqual([]);

  const outfile = join(folder, 'server.mjs');
  const entryPoints = [join(folder, 'src/server.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node' });
  const port = await freePort();
  const [, name = '', password = ''] = /with `(\w+)=([\w-]+)`/.exec(readme) ?? [];
  const env = { ...process.env, [name]: password, PORT: String(port) };
  const server = spawn(process.execPath, [outfile], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill());
  let printed = '';
  server.stdout.on('data', (data: Buffer) => (printed += data.toString()));

  const delivery = blockOf('first', 'delivery').text.replace(':8080', `:${port}`);
  expect(delivery).toContain(`:${port}`);
  // The server may not listen yet.
  const patient = `${delivery.trimEnd()} --retry 20 --retry-delay 1 --retry-connrefused --noproxy '*' --silent`;
  const [closed] = (await once(spawn('sh', ['-c', patient], { stdio: 'ignore' }), 'close')) as [number];
  expect(closed).toBe(0);
  const [, words = ''] = /the handler prints `(.+?)`/.exec(readme) ?? [];
  await expect.poll(() => printed).toBe(`${words}\n`);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
