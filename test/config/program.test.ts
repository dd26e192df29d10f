import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledForBuild } from '../../build/compiled.mjs';
import { formats } from '../../src/cli/render.js';
import { drives, driving } from '../cli/driving.js';
import { sample } from '../sample.js';
import type { Answer, Asked } from './answers.js';
import { programs, projectOf, told } from './programs.js';

const root = resolve(import.meta.dirname, '../..');
const workplace = realpathSync(mkdtempSync(join(tmpdir(), 'programs-')));

const configuration = (file: string, text: string) =>
  projectOf({ what: '', expected: [], files: { [file]: text } }, realpathSync(tmpdir()));

/** Runs a script of Node's in a folder, without what NODE_OPTIONS would load into it. */
function node(args: readonly string[], cwd: string, input = '') {
  const env = { ...process.env, NODE_OPTIONS: undefined };
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env, timeout: 60_000, input });
}

/** What commands say, one after another in one process. */
function answersTo(asked: readonly Asked[]): readonly Answer[] {
  const { stdout, stderr } = node([join(workplace, 'dist/answers.js')], workplace, JSON.stringify(asked));
  expect(stderr).toBe('');
  return JSON.parse(stdout) as readonly Answer[];
}

/*
 * A program is run by Node, in whose place the tests' runner would put itself: so the command is bundled, its libraries
 * left where they are, and runs in a process of its own.
 */
beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(workplace, 'node_modules'));
  writeFileSync(join(workplace, 'package.json'), '{ "type": "module" }');
  await build({
    entryPoints: {
      cli: join(root, 'src/cli/main.ts'),
      answers: join(import.meta.dirname, 'answers.ts'),
      index: join(root, 'src/index.ts'),
      run: join(root, 'src/config/program/run.ts'),
      'config-hooks': join(root, 'src/config/program/hooks.ts'),
    },
    outdir: join(workplace, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    external: ['*?raw'],
    plugins: [compiledForBuild],
  });
});

afterAll(() => {
  rmSync(workplace, { recursive: true, force: true });
});

describe('what is run of a project', () => {
  const projects = programs.map((program) => ({
    program,
    project: projectOf(program, realpathSync(tmpdir())),
  }));
  const entries = (folder: string) => readdirSync(folder, { recursive: true });
  const before = projects.map(({ project }) => entries(project));
  let answers: readonly Answer[];

  beforeAll(() => {
    answers = answersTo(projects.map(({ project }) => ({ cwd: project, args: ['config', '--json'] })));
  });

  test.each(projects.map((each, index) => [each.program.what, each, index] as const))(
    '%s',
    (_, { program, project }, index) => {
      const { stdout, stderr } = answers[index]!;
      expect(stderr).toBe('');
      const { found, message } = told(stdout, project);
      expect(found).toEqual(program.expected);
      if (program.message !== undefined) expect(message).toBe(program.message);
      expect(entries(project)).toEqual(before[index]);
    },
  );
});

const mjs = 'freshworks-gen.config.mjs';

const endless = [
  ['a loop', mjs, 'while (true) {}'],
  ['a loop in TypeScript', 'freshworks-gen.config.ts', 'while (true as boolean) {}'],
  ['a loop that catches', mjs, 'for (;;) try { while (true) {} } catch {} finally { for (;;); }'],
  ['a loop of promises', mjs, 'for (;;) await undefined;'],
  ['a loop in what is exported', mjs, 'export default () => { while (true) {} };'],
  ['what it awaits, while something goes on', mjs, 'setInterval(() => {}, 10); await new Promise(() => {});'],
] as const;

test.each(sample(endless, 2))(
  'a program that does not end is given up: %s',
  (_, file, text) => {
    const project = configuration(file, text);
    // Long enough for a loader of TypeScript to begin.
    const atMostMs = file === mjs ? 300 : 6_000;
    const script = `import { runProgram } from ${JSON.stringify(join(workplace, 'dist/run.js'))};
    await runProgram(${JSON.stringify(join(project, file))}, 'the file', '.', ${atMostMs}).catch((error) => {
      console.log(JSON.stringify(error.diagnostics));
    });
    process.exit();`;
    const { stdout, stderr } = node(['--input-type=module', '--eval', script], project);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject([
      { code: 'config-endless', message: `the file: it did not finish within ${atMostMs / 1_000} s.` },
    ]);
  },
  30_000,
);

test('what a program leaves running does not keep the command', () => {
  const project = configuration(mjs, 'setInterval(() => {}, 10); export default { out: "a" };');
  const { status, signal } = node([join(workplace, 'dist/cli.js'), 'config'], project);
  expect({ status, signal }).toEqual({ status: 0, signal: null });
});

describe('what a program says drives no terminal and no CI log', () => {
  const rows = [
    ['an error', `throw new Error(${JSON.stringify(driving)})`],
    ['what is no error', `throw ${JSON.stringify(driving)}`],
    ['the name of an error', `throw Object.assign(new Error('a'), { name: ${JSON.stringify(driving)} })`],
    ['a key', `export default { out: 'a', ${JSON.stringify(driving)}: 1 }`],
    ['a value that is no data', `export default { out: 'a', ${JSON.stringify(driving)}: () => 1 }`],
    [
      'a class',
      `export default { out: new ({ ${JSON.stringify(driving)}: class {} })[${JSON.stringify(driving)}]() }`,
    ],
  ] as const;
  const asked = rows.flatMap(([what, text]) => {
    const cwd = configuration(mjs, text);
    return formats.map((format) => ({ what, format, cwd, args: ['config', '--format', format] }));
  });
  let answers: readonly Answer[];

  beforeAll(() => {
    answers = answersTo(asked);
  });

  test.each(asked.map(({ what, format }, index) => [what, format, index] as const))(
    '%s, as %s',
    (_, __, index) => {
      const { status, stdout, stderr } = answers[index]!;
      expect({ status, stdout: drives(stdout), stderr: drives(stderr) }).toEqual({
        status: 2,
        stdout: [],
        stderr: [],
      });
      expect(stdout + stderr).toMatch(/\\u(?:000a|001b|0023|202e|003a)/);
    },
  );
});
