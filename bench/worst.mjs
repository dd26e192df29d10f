/**
 * The most that checking one body of 1 MiB takes: bodies made to hurt, each under the schema that it hurts most, each in a
 * process of its own. Time is the processor's, memory what the process grows by.
 *
 *     node bench/worst.mjs
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { newKit, workplace } from './package.mjs';
import { table } from './table.mjs';

const [cases, bundle, document] = ['cases.mjs', 'kit.mjs', 'worst.json'].map((name) => join(workplace, name));
await build({
  entryPoints: [resolve(import.meta.dirname, '../test/emit/hurtful.ts')],
  outfile: cases,
  format: 'esm',
});
const { hurtful, named } = await import(pathToFileURL(cases).href);
const channel = (payload) => ({ publish: { message: { payload } } });
writeFileSync(
  document,
  JSON.stringify({
    asyncapi: '2.6.0',
    info: { title: 'Worst', version: '1.0.0' },
    channels: Object.fromEntries(hurtful.map(({ schema }, at) => [`worst/c${at}`, channel(schema)])),
    components: { schemas: named },
  }),
);
const kit = newKit('--spec', document, '--no-handlers');
await build({
  entryPoints: [join(kit, 'index.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
});

const script = `
  const { hurtful } = await import(${JSON.stringify(pathToFileURL(cases).href)});
  const { validators } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
  const at = process.argv[1];
  const value = JSON.parse(JSON.stringify(hurtful[at].body(2 ** 20)));
  globalThis.gc();
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  validators['worst/c' + at]['~standard'].validate(value);
  const { user } = process.cpuUsage(start);
  const grown = Math.max(process.memoryUsage().rss, process.resourceUsage().maxRSS * 1024) - before;
  console.log(JSON.stringify({ ms: user / 1000, mb: grown / 1e6 }));
`;
const measured = hurtful.map(({ name }, at) => {
  if (name === 'deeper than the stack is high') return { name, ms: 0, mb: 0 }; // nor can JSON.stringify() write it
  const words = ['--expose-gc', '--input-type=module', '-e', script, String(at)];
  return { name, ...JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) };
});
const rows = measured
  .toSorted((a, b) => b.ms - a.ms)
  .slice(0, 8)
  .map(({ name, ms, mb }) => [name, `${Math.round(ms)} ms`, `${Math.round(mb)} MB`]);
const memory = Math.max(...measured.map(({ mb }) => mb));
table(`The worst of ${measured.length} bodies of 1 MiB (at most ${Math.round(memory)} MB)`, [
  ['body', 'processor', 'memory'],
  ...rows,
]);
