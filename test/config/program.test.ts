import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledForBuild } from '../../build/compiled.mjs';
import { formats } from '../../src/cli/render.js';
import { drives, driving } from '../cli/driving.js';
import { programs, projectOf, told } from './programs.js';

const root = resolve(import.meta.dirname, '../..');
const workplace = realpathSync(mkdtempSync(join(tmpdir(), 'programs-')));

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

test.each(programs.map((each) => [each.what, each] as const))(
  'what is run of a project: %s',
  (_, program) => {
    const project = projectOf(program, realpathSync(tmpdir()));
    const before = readdirSync(project, { recursive: true });
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(workplace, 'dist/cli.js'), 'config', '--json'],
      { cwd: project, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: undefined } },
    );
    expect(stderr).toBe('');
    const { found, message } = told(stdout, project);
    expect(found).toEqual(program.expected);
    if (program.message !== undefined) expect(message).toBe(program.message);
    expect(readdirSync(project, { recursive: true })).toEqual(before);
    rmSync(project, { recursive: true });
  },
);

const mjs = 'freshworks-gen.config.mjs';

test.each([
  ['a loop', mjs, 'while (true) {}'],
  ['a loop that catches', mjs, 'for (;;) try { while (true) {} } catch {} finally { for (;;); }'],
  ['a loop of promises', mjs, 'for (;;) await undefined;'],
  ['a loop in what is exported', mjs, 'export default () => { while (true) {} };'],
  ['what it awaits, while something goes on', mjs, 'setInterval(() => {}, 10); await new Promise(() => {});'],
  ['a loop in TypeScript', 'freshworks-gen.config.ts', 'while (true as boolean) {}'],
])(
  'a program that does not end is given up: %s',
  (_, file, text) => {
    const project = projectOf({ what: '', expected: [], files: { [file]: text } }, realpathSync(tmpdir()));
    // Long enough for a loader of TypeScript to begin.
    const atMostMs = file === mjs ? 300 : 6_000;
    const script = `import { runProgram } from ${JSON.stringify(join(workplace, 'dist/run.js'))};
    await runProgram(${JSON.stringify(join(project, file))}, 'the file', '.', ${atMostMs}).catch((error) => {
      console.log(JSON.stringify(error.diagnostics));
    });
    process.exit();`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, NODE_OPTIONS: undefined },
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject([
      { code: 'config-endless', message: `the file: it did not finish within ${atMostMs / 1_000} s.` },
    ]);
    rmSync(project, { recursive: true });
  },
  30_000,
);

test('what a program leaves running does not keep the command', () => {
  const files = { [mjs]: 'setInterval(() => {}, 10); export default { out: "a" };' };
  const project = projectOf({ what: '', expected: [], files }, realpathSync(tmpdir()));
  const { status, signal } = spawnSync(process.execPath, [join(workplace, 'dist/cli.js'), 'config'], {
    cwd: project,
    timeout: 20_000,
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  expect({ status, signal }).toEqual({ status: 0, signal: null });
  rmSync(project, { recursive: true });
});

test.each([
  ['an error', `throw new Error(${JSON.stringify(driving)})`],
  ['what is no error', `throw ${JSON.stringify(driving)}`],
  ['the name of an error', `throw Object.assign(new Error('a'), { name: ${JSON.stringify(driving)} })`],
  ['a key', `export default { out: 'a', ${JSON.stringify(driving)}: 1 }`],
  ['a value that is no data', `export default { out: 'a', ${JSON.stringify(driving)}: () => 1 }`],
  [
    'a class',
    `export default { out: new ({ ${JSON.stringify(driving)}: class {} })[${JSON.stringify(driving)}]() }`,
  ],
])('what a program says drives no terminal and no CI log: %s', (_, text) => {
  const files = { [mjs]: text };
  const project = projectOf({ what: '', expected: [], files }, realpathSync(tmpdir()));
  for (const format of formats) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(workplace, 'dist/cli.js'), 'config', '--format', format],
      { cwd: project, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: undefined } },
    );
    expect({ format, status, stdout: drives(stdout), stderr: drives(stderr) }).toEqual({
      format,
      status: 2,
      stdout: [],
      stderr: [],
    });
    expect(stdout + stderr).toMatch(/\\u(?:000a|001b|0023|202e|003a)/);
  }
  rmSync(project, { recursive: true });
});
