import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
      'config-hooks': join(root, 'src/config/program/hooks.ts'),
    },
    outdir: join(workplace, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    external: ['*?raw'],
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
