/**
 * How long commands take, each beside what it cannot do without: a cold `generate` of everything beside a script that loads
 * @asyncapi/parser and parses the published document; `--help`, and a `check` and a `generate` that find nothing new beside
 * an empty program.
 * Rounds are interleaved, so that a busy machine slows all alike; a ratio is the median of the rounds' own ratios.
 *
 *     node bench/start.mjs [rounds]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { command, newFolder, newKit, root, specs, workplace } from './package.mjs';
import { median, table } from './table.mjs';

const rounds = Number(process.argv[2] ?? 9);
const kit = newKit();

const parse = `
  const { readFileSync } = await import('node:fs');
  const { Parser } = await import('@asyncapi/parser');
  const { document } = await new Parser().parse(readFileSync(process.argv[1], 'utf8'));
  if (!document) process.exit(1);
`;
const runs = new Map([
  ['node -e 0', () => node(workplace, '-e', '0')],
  ['freshworks-gen --help', () => node(workplace, command, '--help')],
  [
    'load @asyncapi/parser, parse one document',
    () => node(root, '--input-type=module', '-e', parse, join(specs, 'freshworks.asyncapi.yaml')),
  ],
  ['freshworks-gen generate, cold', () => node(workplace, command, 'generate', '--out', newFolder())],
  ['freshworks-gen check, unchanged', () => node(workplace, command, 'check', '--out', kit)],
  ['freshworks-gen generate, unchanged', () => node(workplace, command, 'generate', '--out', kit)],
  ['freshworks-gen check, nothing remembered', () => forgetful(workplace, command, 'check', '--out', kit)],
]);
const beside = new Map([
  ['freshworks-gen --help', 'node -e 0'],
  ['freshworks-gen check, unchanged', 'node -e 0'],
  ['freshworks-gen generate, unchanged', 'node -e 0'],
  ['freshworks-gen check, nothing remembered', 'node -e 0'],
  ['freshworks-gen generate, cold', 'load @asyncapi/parser, parse one document'],
]);

function node(cwd, ...args) {
  return timed(cwd, args, process.env);
}

function forgetful(cwd, ...args) {
  return timed(cwd, args, { ...process.env, FRESHWORKS_GEN_CACHE: 'off' });
}

/** The wall time of a process, in milliseconds. */
function timed(cwd, args, env) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

const times = new Map([...runs.keys()].map((name) => [name, []]));
for (let round = -1; round < rounds; round++) {
  for (const [name, run] of runs) {
    const time = run();
    // The first round fills the file system's caches.
    if (round >= 0) times.get(name).push(time);
  }
}

table(`Commands (Node ${process.versions.node}, medians of ${rounds} interleaved rounds)`, [
  ['', 'ms', 'ratio', 'to'],
  ...[...times].map(([name, list]) => {
    const other = beside.get(name);
    const ratio = other && median(list.map((time, round) => time / times.get(other)[round])).toFixed(2);
    return [name, median(list).toFixed(0), ratio ?? '', other ?? ''];
  }),
]);
