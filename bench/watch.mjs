/**
 * How long it takes from saving a document to the files that follow from it, while `generate --watch` runs over the shipped
 * documents: one description changes each time. The first saves, which find the program cold, are told apart.
 *
 *     node bench/watch.mjs [saves]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { command, newFolder, specs, workplace } from './package.mjs';
import { median, table } from './table.mjs';

const saves = Number(process.argv[2] ?? 40);
const cold = 10;
const names = ['freshworks.asyncapi.yaml', 'helpdesk.asyncapi.yaml', 'whatsapp.asyncapi.yaml'];
for (const name of names) cpSync(join(specs, name), join(workplace, name));
const out = newFolder();

const args = [command, 'generate', '--watch', '--out', out, ...names.flatMap((name) => ['--spec', name])];
const watcher = spawn(process.execPath, args, { cwd: workplace, stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
watcher.stderr.setEncoding('utf8');
for await (const text of watcher.stderr) if ((said += text).includes('Watching ')) break;

const document = join(workplace, names[0]);
const payloads = join(out, 'payloads/freshdesk.ts');
const times = [];
for (let save = 0; save < saves; save++) {
  const words = `The group that has it, ${save}.`;
  const text = readFileSync(document, 'utf8');
  const changed = text.replace(/(?:Name of the assigned group|The group that has it, \d+)\./, words);
  if (changed === text) throw new Error('the document has no place for another description');
  const written = new Promise((resolve) => {
    const listener = watch(join(out, 'payloads'), () => {
      if (!readFileSync(payloads, 'utf8').includes(words)) return;
      listener.close();
      resolve();
    });
  });
  const start = performance.now();
  writeFileSync(document, changed);
  await written;
  times.push(performance.now() - start);
  // The manifest is written last.
  await setTimeout(200);
}
watcher.kill();
await once(watcher, 'exit');

const slowest = (list) => Math.max(...list).toFixed(0);
table(`From a saved document to written files, \`generate --watch\` (Node ${process.versions.node})`, [
  ['', 'median ms', 'slowest ms'],
  [`the first ${cold} saves`, median(times.slice(0, cold)).toFixed(0), slowest(times.slice(0, cold))],
  [`${saves - cold} more`, median(times.slice(cold)).toFixed(0), slowest(times.slice(cold))],
]);
