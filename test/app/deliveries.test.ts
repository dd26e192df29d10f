import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deliveriesOf } from '../../src/app/deliveries.js';
import { pathOf } from '../../src/store/folder.js';

function newProject(): string {
  const project = realpathSync.native(mkdtempSync(join(tmpdir(), 'My project!')));
  writeFileSync(join(project, 'package.json'), '{}');
  mkdirSync(join(project, 'a', 'b'), { recursive: true });
  return project;
}

const state = realpathSync.native(mkdtempSync(join(tmpdir(), 'state-')));

test('a project has one folder, wherever in it the command runs, and no other project has it', () => {
  const [project, other] = [newProject(), newProject()];
  const folder = pathOf(deliveriesOf(project, { XDG_STATE_HOME: state }));
  expect(pathOf(deliveriesOf(join(project, 'a', 'b'), { XDG_STATE_HOME: state }))).toBe(folder);
  expect(pathOf(deliveriesOf(other, { XDG_STATE_HOME: state }))).not.toBe(folder);
  expect(folder.slice(state.length)).toMatch(
    /^\/freshworks-gen\/deliveries\/My-project-[A-Za-z\d]{6}-[\da-f]{12}$/,
  );
});

test.skipIf(process.platform !== 'linux')('a relative folder is ignored, as its specification says', () => {
  const { base } = deliveriesOf(newProject(), { XDG_STATE_HOME: 'state' });
  expect(base).toBe(join(homedir(), '.local/state'));
});

test('the folder is never in the project', () => {
  const project = newProject();
  expect(() => deliveriesOf(join(project, 'a'), { XDG_STATE_HOME: join(project, '.state') })).toThrow(
    'would lie in the project',
  );
});
