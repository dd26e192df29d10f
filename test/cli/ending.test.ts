import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { sample } from '../sample.js';

const module = transformSync(readFileSync(join(import.meta.dirname, '../../src/cli/ending.ts'), 'utf8'), {
  loader: 'ts',
  format: 'esm',
}).code;

/** Runs a program under guard, as a command runs a configuration; the command itself ends with 4. */
function exitOf(program: string): { readonly status: number | null; readonly stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'ending-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'ending.mjs'), module);
  writeFileSync(join(folder, 'config.mjs'), program);
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { holdExitCode } from './ending.mjs';
     const ending = holdExitCode(2);
     await import('./config.mjs');
     await new Promise((resolve) => setTimeout(resolve, 100));
     ending.settle(4);`,
  );
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'main.mjs')], { encoding: 'utf8' });
  return { status, stderr };
}

const notFinished = /the run did not finish/;

const ends = [
  ['process.exit(0)', 'process.exit(0);'],
  ['process.exit()', 'process.exit();'],
  ['process.reallyExit(0)', 'process.reallyExit(0);'],
  ['later', 'setTimeout(() => process.exit(0), 10);'],
  ['from a listener', "process.on('exit', () => process.exit(0)); process.exit(0);"],
  ['with an exit code first', 'process.exitCode = 0; process.exit();'],
  ['after patches', 'process.emit = () => true; process.reallyExit = () => {}; process.exit(0);'],
  ['after definitions', "Object.defineProperty(process, 'reallyExit', { value() {} });"],
  ['before anything', "process.on('uncaughtException', () => process.exit(0)); throw new Error('x');"],
  ['never settles', 'await new Promise(() => {});'],
  ['never settles, unreferenced', 'await new Promise((go) => setTimeout(go, 1e6).unref());'],
  ['swallowed', "process.on('uncaughtException', () => {}); throw new Error('x');"],
  ['rejected and swallowed', "process.on('unhandledRejection', () => {}); throw new Error('x');"],
  ['at the end of the loop', "process.on('beforeExit', () => process.exit(0)); await new Promise(() => {});"],
] as const;

test.each(sample(ends, 6))('a program that ends the process exits with 2: %s', (_, program) => {
  const { status, stderr } = exitOf(program);
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(notFinished) as string,
  });
});

test.each([
  ['nothing', ''],
  ['an exit code', 'process.exitCode = 0;'],
  ['an exit code later', 'setTimeout(() => { process.exitCode = 0; }, 150);'],
  ['an exit code at the end', "process.on('exit', () => { process.exitCode = 0; });"],
  ['an exit at the end', "process.on('exit', () => process.exit(0));"],
  ['an exit when idle', "process.on('beforeExit', () => process.exit(0));"],
])('a program does not change what the command answers: %s', (_, program) => {
  const { status, stderr } = exitOf(program);
  expect({ status, stderr }).toEqual({ status: 4, stderr: '' });
});
