import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openCache, type Cache } from '../../../src/app/cache/cache.js';
import { put, snapshot, temporaryFolder } from '../../output/tree.js';

const answer = { found: 'all as it was' };

/** A cache that depends on one file and on a kit of one file. */
function newCache(folder = join(temporaryFolder(), 'user/freshworks-gen')) {
  const root = temporaryFolder();
  put(root, { 'spec.yaml': 'one', 'kit/index.ts': 'two' });
  const open = (question = 'what?') => openCache(folder, question);
  const held = { folder: join(root, 'kit'), files: new Map([['index.ts', sha256('two')]]) };
  const keep = (cache: Cache = open()) => {
    cache.addDependency('content', join(root, 'spec.yaml'));
    cache.keep(answer, held);
  };
  return { folder, root, open, keep, held };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The path of the only entry in a folder. */
function entryIn(folder: string): string {
  const names = Object.keys(snapshot(folder));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  return join(folder, names.join());
}

test('an answer is recalled as it was kept, for its question alone', () => {
  const { open, keep } = newCache();
  expect(open().recall()).toBeUndefined();
  keep();
  expect(open().recall()).toEqual(answer);
  expect(open('what else?').recall()).toBeUndefined();
});

test('an entry can be read and written by its user alone', () => {
  const mask = process.umask(0);
  onTestFinished(() => void process.umask(mask));
  const { folder, keep } = newCache();
  keep();
  const modes = [folder, entryIn(folder)].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
});

describe('nothing is recalled from', () => {
  const rewrite = (change: (text: string) => string) => (file: string) =>
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  const forged = (change: (entry: Record<string, unknown>) => object) =>
    rewrite((text) => {
      const content = JSON.stringify(change(JSON.parse(text.split('\n')[1]!) as Record<string, unknown>));
      return `${sha256(content)}\n${content}`;
    });
  const rows: readonly [what: string, spoil: (file: string, folder: string) => void][] = [
    ['an entry that was cut off', rewrite((text) => text.slice(0, -1))],
    ['an entry with another answer', rewrite((text) => text.replace('all as', 'not as'))],
    ['an empty file', rewrite(() => '')],
    ['what is not JSON', rewrite(() => `${sha256('{')}\n{`)],
    ['JSON of another shape', rewrite(() => `${sha256('null')}\nnull`)],
    ['an entry of another schema', forged((entry) => ({ ...entry, schema: 0 }))],
    ['an entry without facts', forged((entry) => ({ ...entry, facts: undefined }))],
    ['an answer to another question', forged((entry) => ({ ...entry, question: 'another' }))],
    ['an entry larger than any', rewrite((text) => text + ' '.repeat(2 ** 20))],
    ['an entry that others may write', (file) => chmodSync(file, 0o620)],
    ['an entry that others may read', (file) => chmodSync(file, 0o644)],
    ['a folder that others may write', (_, folder) => chmodSync(folder, 0o770)],
    [
      'a folder in place of an entry',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
    [
      'a link to an entry',
      (file) => {
        renameSync(file, `${file}.moved`);
        symlinkSync(`${file}.moved`, file);
      },
    ],
    [
      'a link to the folder',
      (_, folder) => {
        renameSync(folder, `${folder}.moved`);
        symlinkSync(`${folder}.moved`, folder);
      },
    ],
    [
      'files of another user',
      () => {
        const uid = process.getuid!();
        const spy = vi.spyOn(process as { getuid(): number }, 'getuid').mockReturnValue(uid + 1);
        onTestFinished(() => spy.mockRestore());
      },
    ],
  ];

  test.each(rows)('%s', (_, spoil) => {
    const { folder, open, keep } = newCache();
    keep();
    expect(open().recall()).toEqual(answer);
    spoil(entryIn(folder), folder);
    expect(open().recall()).toBeUndefined();
  });
});

describe('nothing is kept', () => {
  test('of what changed after it was looked at', () => {
    const { root, open, keep } = newCache();
    const cache = open();
    cache.addDependency('content', join(root, 'spec.yaml'));
    put(root, { 'spec.yaml': 'three' });
    keep(cache);
    // The answer was worked out from something else.
    put(root, { 'spec.yaml': 'one' });
    expect(open().recall()).toBeUndefined();
  });

  test('of a kit that is not what the run found or left', () => {
    const { root, open, keep } = newCache();
    put(root, { 'kit/index.ts': 'three' });
    keep();
    expect(open().recall()).toBeUndefined();
  });

  test('of a kit with a link in it', () => {
    const { root, open, keep } = newCache();
    renameSync(join(root, 'kit/index.ts'), join(root, 'index.ts'));
    symlinkSync('../index.ts', join(root, 'kit/index.ts'));
    keep();
    expect(open().recall()).toBeUndefined();
  });

  test('of what is no file that could be read again', () => {
    const { open, keep } = newCache();
    const cache = open();
    cache.addDependency('content', '/dev/null');
    keep(cache);
    expect(open().recall()).toBeUndefined();
  });

  const places: readonly [where: string, arrange: (folder: string) => void][] = [
    ['where a file is in the way', (folder) => put(join(folder, '../..'), { user: '' })],
    [
      'in a folder that others may write',
      (folder) => {
        mkdirSync(folder, { recursive: true });
        chmodSync(folder, 0o777);
      },
    ],
    [
      'behind a link',
      (folder) => {
        mkdirSync(`${folder}.moved`, { recursive: true, mode: 0o700 });
        symlinkSync(`${folder}.moved`, folder);
      },
    ],
  ];

  test.each(places)('%s, and nobody hears of it', (_, arrange) => {
    const { folder, open, keep } = newCache();
    arrange(folder);
    const before = snapshot(join(folder, '../..'));
    keep();
    expect(snapshot(join(folder, '../..'))).toEqual(before);
    expect(open().recall()).toBeUndefined();
  });
});

describe('of its entries the cache keeps', () => {
  const name = (number: number) => sha256(String(number));
  const dayS = 24 * 60 * 60;

  test.each([
    ['those of the last month', 40, (index: number) => index * dayS, 31],
    ['two hundred', 300, (index: number) => index, 200],
  ])('%s', (_, count, ageS, expected) => {
    const { folder, keep } = newCache();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let index = 0; index < count; index += 1) put(folder, { [name(index)]: '' });
    const now = Date.now() / 1000;
    for (let index = 0; index < count; index += 1)
      utimesSync(join(folder, name(index)), now, now - ageS(index) - 1);
    put(folder, { 'not-ours': '' });
    utimesSync(join(folder, 'not-ours'), 0, 0);
    keep();
    const left = Object.keys(snapshot(folder));
    expect(left).toContain('not-ours');
    expect(left).not.toContain(name(count - 1));
    expect(left).toHaveLength(expected + 1);
  });

  test('what is still asked for', () => {
    const { folder, open, keep } = newCache();
    keep();
    const entry = entryIn(folder);
    utimesSync(entry, 0, 0);
    expect(open().recall()).toEqual(answer);
    keep(open('what else?'));
    expect(open().recall()).toEqual(answer);
  });
});
