import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject, out, run, writeText } from './project.js';

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
