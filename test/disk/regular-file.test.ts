import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRegularFile, readRegularFileSync } from '../../src/disk/regular-file.js';
import { temporaryFolder } from '../output/tree.js';

const atMost = 2 ** 20;

test.skipIf(process.platform === 'win32').each<[string, (path: string) => void, string]>([
  ['a pipe', (path) => void execFileSync('mkfifo', [path]), 'NOT_A_FILE'],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'NOT_A_FILE'],
  ['a folder', (path) => mkdirSync(path), 'EISDIR'],
  ['nothing', () => undefined, 'ENOENT'],
  ['a link to itself', (path) => symlinkSync(path, path), 'ELOOP'],
  ['one byte too many', (path) => writeFileSync(path, 'a'.repeat(atMost + 1)), 'TOO_LARGE'],
  [
    'a terabyte of nothing',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 2 ** 40);
    },
    'TOO_LARGE',
  ],
])('%s is refused at once', async (_, make, code) => {
  const path = join(temporaryFolder(), 'file');
  make(path);
  await expect(readRegularFile(path, atMost)).rejects.toMatchObject({ code });
  expect(() => readRegularFileSync(path, atMost)).toThrow(expect.objectContaining({ code }));
});

test('a file is read whole, up to the limit, and through a link unless that is refused', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'file');
  const link = join(folder, 'link');
  symlinkSync(path, link);
  for (const size of [0, 1, 2 ** 18, atMost]) {
    writeFileSync(path, 'a'.repeat(size));
    expect((await readRegularFile(link, atMost)).length).toBe(size);
    expect(readRegularFileSync(link, atMost).length).toBe(size);
  }
  await expect(readRegularFile(link, atMost, { noFollow: true })).rejects.toMatchObject({ code: 'ELOOP' });
});

// Says that it is empty, and is not.
test.skipIf(process.platform !== 'linux')('the size that a file claims is not believed', async () => {
  expect((await readRegularFile('/proc/self/maps', atMost)).length).toBeGreaterThan(0);
  await expect(readRegularFile('/proc/self/maps', 10)).rejects.toMatchObject({ code: 'TOO_LARGE' });
});
