import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolder } from '../../src/output/folder.js';
import { put, temporaryFolder } from './tree.js';

const cwd = 'work/app/src';

test.each([
  ['work', 'holds the working directory'],
  ['work/app', 'holds the working directory'],
  ['.', 'holds the working directory'],
  ['work/other', undefined],
  ['work/app/src', undefined],
  ['work/app/src/events', undefined],
])('a kit in %s of a run in work/app/src: %s', async (out, fault) => {
  const root = temporaryFolder();
  put(root, { 'work/app/src/x': '', 'work/other/x': '' });
  const checked = checkFolder(join(root, out), join(root, cwd));
  if (fault === undefined) await checked;
  else await expect(checked).rejects.toThrow(fault);
});

test('a kit that is there may be named from one of its folders', async () => {
  const root = temporaryFolder();
  put(root, { 'work/app/.freshworks-gen.json': '{}', 'work/app/src/x': '' });
  await checkFolder(join(root, 'work/app'), join(root, cwd));
});
