import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { filesBelow, root } from './project.js';

/** What an `npm` around the tests has asked for, such as silence, is not asked for here. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
);

test('`npm start` in a clone builds, generates, and has nothing to warn of', () => {
  const clone = mkdtempSync(join(inject('workplace'), 'clone-'));
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const path of tracked.filter((each) => each !== '' && !each.startsWith('test/'))) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    cpSync(join(root, path), join(clone, path));
  }
  // `test/project/install.test.ts` has what installing them says.
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'dir');
  const { status, stdout, stderr } = spawnSync('npm', ['start'], { cwd: clone, env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(/warn|deprecat|experimental/i);
  expect(stderr).toMatch(/^out\/events: \d+ files written, 0 unchanged\.$/m);
  expect(filesBelow(join(clone, 'out/events')).size).toBeGreaterThan(20);
});
