/** Timing of whole processes side by side. */
import { spawnSync } from 'node:child_process';
import { median, table } from './table.mjs';

/** The wall time of a Node process, in milliseconds. */
export function node(cwd, args, env = {}) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

/**
 * Prints how long each of some runs takes, and beside which other run. Rounds are interleaved, so that a busy machine slows
 * all alike; a ratio is the median of the rounds' own ratios. A first round, which fills the file system's caches, does not
 * count.
 *
 * @param {string} heading
 * @param {number} rounds
 * @param {Readonly<Record<string, readonly [run: () => number, beside?: string]>>} runs
 */
export function compare(heading, rounds, runs) {
  const names = Object.keys(runs);
  const times = new Map(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const time = runs[name][0]();
      if (round >= 0) times.get(name).push(time);
    }
  }
  table(`${heading} (Node ${process.versions.node}, medians of ${rounds} interleaved rounds)`, [
    ['', 'ms', 'ratio', 'to'],
    ...[...times].map(([name, list]) => {
      const other = runs[name][1];
      const ratio = other && median(list.map((time, round) => time / times.get(other)[round])).toFixed(2);
      return [name, median(list).toFixed(0), ratio ?? '', other ?? ''];
    }),
  ]);
}

/** A program that loads @asyncapi/parser and parses documents, which nobody can do without. */
export function parserAlone(documents, root) {
  return node(root, ['--input-type=module', '-e', program, ...[documents].flat()]);
}

const program = `
  const { readFileSync } = await import('node:fs');
  const { Parser } = await import('@asyncapi/parser');
  for (const path of process.argv.slice(1)) {
    const { document } = await new Parser().parse(readFileSync(path, 'utf8'));
    if (!document) process.exit(1);
  }
`;
