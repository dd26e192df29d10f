import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookUp } from '../../src/kit/disk.js';
import { temporaryFolder } from '../output/tree.js';

/** Looks again and again at a path that something else changes meanwhile, and returns all that was found there. */
async function found(change: (path: string) => Promise<void>): Promise<readonly string[]> {
  const out = temporaryFolder();
  const end = new AbortController();
  const changing = (async () => {
    while (!end.signal.aborted) await change(join(out, 'file'));
  })();
  const kinds = new Set<string>();
  for (let count = 0; count < 3_000; count += 1) kinds.add((await lookUp(out, 'file')).kind);
  end.abort();
  await changing;
  return [...kinds].sort();
}

test('a file that comes and goes is there or absent, and no error', async () => {
  const kinds = await found(async (path) => {
    await writeFile(path, 'text');
    await rm(path);
  });
  expect(kinds).toEqual(['absent', 'file']);
});

test('a file that a link takes the place of is never read through it', async () => {
  const kinds = await found(async (path) => {
    await symlink('elsewhere', `${path}.link`);
    await rename(`${path}.link`, path);
    await writeFile(`${path}.new`, 'text');
    await rename(`${path}.new`, path);
  });
  expect(kinds.filter((kind) => kind !== 'absent')).toEqual(['file', 'refused']);
});
