import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { compiledForBuild } from '../../build/compiled.mjs';
import { runs } from '../sample.js';
import { generation, isWhole } from './generation.js';
import { rejection, writeKit } from './kit.js';
import { snapshot, temporaryFolder } from './tree.js';

const writer = join(import.meta.dirname, '../../node_modules/.cache/output-writer.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'writer.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [compiledForBuild],
  });
});

function start(out: string, ...generations: readonly (number | 'wait')[]): ChildProcess {
  return spawn(process.execPath, [writer, out, ...generations.map(String)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The generated files of a folder: not the generator's own records, not a folder that is still empty. */
function kitIn(out: string): [path: string, text: string][] {
  return Object.entries(snapshot(out)).filter(([path]) => !/(^|\/)(\.[^/]*)?$/.test(path));
}

describe('a run killed at a random moment', () => {
  test('leaves every file whole, and the next run completes the job, whatever it generates', async () => {
    const out = join(temporaryFolder(), 'events');
    let inTheMiddle = 0;
    for (let round = 0; round < runs(4, 30); round += 1) {
      const first = round * 10;
      const child = start(out, ...Array.from({ length: 9 }, (_, step) => first + step));
      const ended = once(child, 'exit');
      // From its first sign of life on, so that most kills hit a write and not the start of Node.
      while (!existsSync(join(out, '.freshworks-gen.lock')) && child.exitCode === null) await sleep(1);
      await sleep(Math.random() * 25);
      child.kill('SIGKILL');
      await ended;

      if (existsSync(join(out, '.freshworks-gen.lock'))) inTheMiddle += 1;
      for (const [path, text] of kitIn(out)) expect(isWhole(text), `${path} in round ${round}`).toBe(true);

      // The same generation that was being written, an older or a newer one: all have to do.
      const then = first + (round % 3) * 9;
      await writeKit(out, { files: generation(then) });
      expect(Object.fromEntries(kitIn(out))).toEqual(generation(then));
      expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual(['.freshworks-gen.json']);
    }
    expect(inTheMiddle, 'rounds in which the kill hit a write').toBeGreaterThan(0);
  });
});

describe('two runs at once', () => {
  test('the second stops and names the first; a signal gives the folder back', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const out = join(temporaryFolder(), 'events');
      mkdirSync(out);
      const child = start(out, 'wait');
      onTestFinished(() => void child.kill('SIGKILL'));
      await once(child.stdout ?? child, 'data');

      const failure = writeKit(out, { files: generation(1) });
      await expect(failure).rejects.toThrow(`Process ${child.pid} on `);
      expect(kitIn(out)).toEqual([]);

      const ended = once(child, 'exit');
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(readdirSync(out)).toEqual([]);
      await writeKit(out, { files: generation(1) });
    }
  });

  test('many at once never mix their files', async () => {
    const out = join(temporaryFolder(), 'events');
    const run = promisify(execFile);
    await Promise.allSettled([1, 2, 3, 4].map((number) => run(process.execPath, [writer, out, `${number}`])));
    const generations = new Set(kitIn(out).map(([, text]) => text.slice(0, 5)));
    expect(generations.size).toBe(1);
  });
});

describe('on a full disk', () => {
  /** A file system of 2 MB, which holds one generation and not two, where the system lets us have one. */
  function smallDisk(): string | undefined {
    const folder = join(temporaryFolder(), 'disk');
    mkdirSync(folder);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status !== 0) return undefined;
    onTestFinished(() => void spawnSync('umount', [folder]));
    return folder;
  }

  test('nothing is replaced, nothing is left behind, and the message names the file', async (context) => {
    const folder = smallDisk();
    if (folder === undefined) return context.skip('needs the right to mount a small file system');
    const out = join(folder, 'events');
    await writeKit(out, { files: generation(0) });
    const before = snapshot(folder);

    const failure = writeKit(out, { files: generation(1) });
    await expect(failure).rejects.toThrow(/^Cannot write .*\.ts: the disk is full\.$/);
    expect(snapshot(folder)).toEqual(before);
    expect(await rejection(failure)).toEqual(['output-io']);
    expect(readFileSync(join(out, 'index.ts'), 'utf8').startsWith('// 0\n')).toBe(true);
  });

  test('a folder that could not be filled is not left behind', async (context) => {
    const folder = smallDisk();
    if (folder === undefined) return context.skip('needs the right to mount a small file system');
    const files = { 'a.ts': 'a', 'deep/b.ts': 'b'.repeat(4_000_000) };
    expect(await rejection(writeKit(join(folder, 'src/events'), { files }))).toEqual(['output-io']);
    expect(snapshot(folder)).toEqual({});
  });
});
