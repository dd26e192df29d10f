import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject, out, readText, run, writeText } from './project.js';

test.each([
  ['.prettierrc', '{ "semi": false }'],
  ['.prettierrc', 'semi: false'],
  ['.prettierrc.json', '{ "semi": false }'],
  ['.prettierrc.yaml', 'semi: false'],
  ['.prettierrc.yml', 'semi: false'],
  ['.prettierrc.json5', '{ semi: false }'],
  ['.prettierrc.toml', 'semi = false'],
  ['package.json', '{ "type": "module", "prettier": { "semi": false } }'],
  ['package.yaml', 'prettier: { semi: false }'],
])('the options in %s, %s, are in force', (name, text) => {
  const project = newProject({ kit: false });
  writeText(text, project, name);
  expect(run(project, ['generate', '--out', out])).toMatchObject({ exitCode: 0 });
  expect(readText(project, out, 'index.ts')).not.toMatch(/;$/m);
});

test.each([
  ['a string', '{ "name": "v", "prettier": "./evil.cjs" }', 'prettier-config-code'],
  ['the key twice', '{ "prettier": {}, "prettier": "./evil.cjs" }', 'prettier-config-unreadable'],
  ['a long key', `{ "${'a'.repeat(1_100)}": 1, "prettier": "./evil.cjs" }`, 'prettier-config-code'],
  ['what is no JSON', '{ "prettier": "./evil.cjs", }', 'prettier-config-unreadable'],
])('no program of the project runs: %s', (_, text, code) => {
  const project = newProject({ kit: false });
  writeText(text, project, 'package.json');
  writeText('[*]\nindent_style = tab\n', project, '.editorconfig');
  writeText(
    "require('node:fs').writeFileSync(__dirname + '/ran', ''); process.exit(0);",
    project,
    'evil.cjs',
  );
  for (const command of ['generate', 'check']) {
    const { exitCode, stderr } = run(project, [command, '--out', out]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(code) as string,
    });
    expect(stderr).toMatch(/up to date|written/);
  }
  expect(existsSync(join(project, 'ran'))).toBe(false);
});
