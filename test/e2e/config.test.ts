import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { programs, projectOf, told, type Program } from '../config/programs.js';
import { bytesLoaded, newProject, run, toolchains, writeText } from './project.js';

/** Other versions of Node; only there on the platform that their packages are for. */
describe.each(['20.19', '22', '24', '26'])('a configuration that is a program, on Node %s', (version) => {
  const node = join(toolchains, `node-${version}/bin/node`);

  test.runIf(existsSync(node)).each(programs.map((each) => [each.what, each] as const))(
    '%s',
    (_, program) => {
      // The package is not installed beside it, as with npx.
      const project = projectOf(program, inject('workplace'));
      const before = readdirSync(project, { recursive: true });
      const { stdout, stderr } = run(project, ['config', '--json'], { node });
      expect(stderr).toBe('');
      expect(told(stdout, project).found).toEqual(program.expected);
      expect(readdirSync(project, { recursive: true })).toEqual(before);
    },
  );
});

test('a program finds the package that is installed beside it', () => {
  const project = newProject({ kit: false });
  const text = `import { defineConfig, version } from 'freshworks-gen';
import { createRequire } from 'node:module';
const { version: installed } = createRequire(import.meta.url)('freshworks-gen/package.json');
export default defineConfig({ out: version === installed ? './same' : './other' });
`;
  writeText(text, project, 'freshworks-gen.config.ts');
  const { stdout } = run(project, ['config', '--json']);
  expect(told(stdout, project).found).toEqual([{ out: 'same' }]);
});

/** Configurations that are data, and what `config` says of them. */
const data: readonly Program[] = [
  {
    what: 'YAML',
    files: { 'freshworks-gen.config.yaml': '# ours\nout: ./a # here\nproducts: [freshchat]\n' },
    expected: [{ out: 'a', products: ['freshchat'] }],
  },
  {
    what: 'JSON',
    files: { 'freshworks-gen.config.json': '\ufeff{ "$schema": "x", "out": "./a", "literal": true }' },
    expected: [{ out: 'a', literal: true }],
  },
  {
    what: 'YAML of several kits',
    files: { 'freshworks-gen.config.yaml': 'kits:\n  - out: a\n  - { out: b, spec: [shipped, c.yaml] }\n' },
    expected: [{ out: 'a' }, { out: 'b', spec: ['shipped', 'c.yaml'] }],
  },
  {
    what: 'JSON of several kits',
    files: { 'freshworks-gen.config.json': '{ "kits": [{ "out": "a" }, { "out": "b", "adapters": [] }] }' },
    expected: [{ out: 'a' }, { out: 'b', adapters: [] }],
  },
  {
    what: 'YAML that is wrong',
    files: { 'freshworks-gen.config.yaml': 'out: a\nspecs: b\n' },
    expected: ['config-unknown-key freshworks-gen.config.yaml:2:1'],
  },
  {
    what: 'YAML with code',
    files: { 'freshworks-gen.config.yaml': 'out: !!js/function "function () {}"\n' },
    expected: ['config-syntax freshworks-gen.config.yaml:1:6'],
  },
  {
    what: 'JSON with comments',
    files: { 'freshworks-gen.config.json': '{\n  // ours\n  "out": "a"\n}' },
    expected: ['config-syntax freshworks-gen.config.json:2:3'],
  },
  ...['.yml', '.cjs', '.cts'].map((ending) => ({
    what: `a name that ends in ${ending}`,
    files: { [`freshworks-gen.config${ending}`]: 'out: a\n' },
    expected: ['config-name'],
  })),
  {
    what: 'two files',
    files: { 'freshworks-gen.config.yaml': 'out: a\n', 'freshworks-gen.config.json': '{ "out": "a" }' },
    expected: ['config-ambiguous'],
  },
];

test.each(data.map((each) => [each.what, each] as const))('a configuration that is data: %s', (_, each) => {
  const project = projectOf(each, inject('workplace'));
  expect(told(run(project, ['config', '--json']).stdout, project).found).toEqual(each.expected);
});

test('a configuration that is only read loads nothing that runs one', () => {
  const project = newProject({ kit: false });
  writeText('out: ./events\n', project, 'freshworks-gen.config.yaml');
  const read = bytesLoaded(project, ['config']);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(500_000);
});

test('the package has the schema that editors complete by', () => {
  const project = newProject({ kit: false });
  const path = 'node_modules/freshworks-gen/config.schema.json';
  const required = createRequire(join(project, 'index.js')).resolve('freshworks-gen/config.schema.json');
  expect(readFileSync(required)).toEqual(readFileSync(join(project, path)));
});
