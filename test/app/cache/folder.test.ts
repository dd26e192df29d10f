import { symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../../src/app/cache/folder.js';
import { put, temporaryFolder } from '../../output/tree.js';

const own = join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'freshworks-gen');

test('the cache is where the system keeps those of a user', () => {
  expect(cacheFolder({}, [])).toBe(own);
  expect(cacheFolder({ XDG_CACHE_HOME: '/somewhere' }, [])).toBe('/somewhere/freshworks-gen');
  expect(cacheFolder({ XDG_CACHE_HOME: './.cache' }, [])).toBe(own);
});

test('there is none where it is turned off', () => {
  expect(cacheFolder({ FRESHWORKS_GEN_CACHE: 'off' }, [])).toBeUndefined();
});

// What a pull request adds to the project must not be taken for what an earlier run has found.
test.each([
  ['in the working directory', 'project/.cache', {}, 'project', false],
  ['beside the project', 'user', { 'project/package.json': '{}' }, 'project/src', true],
  ['in the package', 'project/.cache', { 'project/package.json': '{}' }, 'project/src', false],
  [
    'in a package around the package',
    'all/.cache',
    { 'all/package.json': '{}', 'all/one/package.json': '{}' },
    'all/one',
    false,
  ],
  ['in the repository', 'project/.cache', { 'project/.git/HEAD': '' }, 'project/one/src', false],
  [
    'in a work tree of a repository',
    'project/.cache',
    { 'project/.git': 'gitdir: elsewhere' },
    'project/one',
    false,
  ],
  [
    'behind a link, in the project',
    'user/link',
    { 'project/package.json': '{}', 'project/.cache/a': '' },
    'project/src',
    false,
  ],
])('a cache %s: %s', (_, cache, files, cwd, used) => {
  const root = temporaryFolder();
  put(root, { [`${cwd}/any`]: '', 'user/any': '', ...files });
  symlinkSync('../project/.cache', join(root, 'user/link'));
  const found = cacheFolder({ XDG_CACHE_HOME: join(root, cache) }, [join(root, cwd)]);
  expect(found).toBe(used ? join(root, cache, 'freshworks-gen') : undefined);
});
