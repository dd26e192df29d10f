import { Buffer } from 'node:buffer';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { newId } from '../../src/store/id.js';
import { pathOf, type StoreFolder } from '../../src/store/folder.js';
import { openStore, type Limits } from '../../src/store/store.js';
import { capture } from './capture.js';

const limits: Limits = { deliveries: 100, days: 7, bytes: 2 ** 30 };

function newFolder(): StoreFolder {
  return {
    base: realpathSync.native(mkdtempSync(join(tmpdir(), 'store-'))),
    names: ['freshworks-gen', 'deliveries', 'a-1'],
  };
}

const filesOf = (folder: StoreFolder) => readdirSync(pathOf(folder)).sort();
const fileOf = (folder: StoreFolder, id: string) => join(pathOf(folder), `${id}.delivery`);

const binary = Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256));
const answer = {
  milliseconds: 12,
  status: 422,
  headers: [['X-A', '1'] as const],
  body: Buffer.from('{"issues":[]}\n'),
};

describe.each([
  ['in a folder', newFolder],
  ['in memory', () => undefined],
])('%s', (_, folder) => {
  test('a delivery is read as it was kept, byte for byte', () => {
    const store = openStore(folder(), limits);
    const kept = [
      capture(),
      capture({ body: binary, answer, of: 'abc', source: 'replayed' }),
      capture({ body: Buffer.from('\n\n'), headers: [], answer: { milliseconds: 3, error: 'refused' } }),
      capture({ body: new Uint8Array(), path: '/\u2028\ud800"', headers: [['X', 'a\nb\u0000']] }),
    ];
    for (const each of kept) store.add(each);
    expect(store.list().map(({ id }) => id)).toEqual(kept.map(({ id }) => id).reverse());
    for (const each of kept) {
      const read = store.read(each.id)!;
      expect({ ...read, body: Buffer.from(read.body) }).toEqual({ ...each, body: Buffer.from(each.body) });
    }
  });

  test('an answer and a note come later, and stay', () => {
    const store = openStore(folder(), limits);
    const { id } = capture();
    store.add(capture({ id }), { verdict: 1 });
    expect(store.get(id)).toMatchObject({ note: { verdict: 1 }, size: 37 });
    store.update(id, { answer });
    expect(store.get(id)).toMatchObject({ note: { verdict: 1 }, answer: { milliseconds: 12, status: 422 } });
    store.update(id, { note: { verdict: 2 } });
    expect(store.get(id)?.note).toEqual({ verdict: 2 });
    expect(Buffer.from(store.read(id)!.answer!.body!)).toEqual(answer.body);
    expect(store.update('nothing', { answer })).toBeUndefined();
  });

  test('the oldest go when there are too many, too large or too old ones', () => {
    let now = new Date();
    const store = openStore(folder(), { deliveries: 3, days: 7, bytes: 1000 }, () => now);
    const add = (text: string) => store.add(capture({ text, receivedAt: now.toISOString() }));
    const first = add('1').entry;
    add('2');
    add('3');
    expect(add('4').dropped).toEqual([first]);
    expect(store.list()).toHaveLength(3);
    expect(add('x'.repeat(999)).dropped).toHaveLength(2);
    now = new Date(now.getTime() + 8 * 24 * 60 * 60 * 1000);
    expect(store.prune()).toHaveLength(2);
    expect(store.list()).toEqual([]);
  });

  test('what is removed and cleared is gone', () => {
    const store = openStore(folder(), limits);
    const ids = [1, 2, 3].map(() => store.add(capture()).entry.id);
    expect(store.remove(ids[0]!)).toBe(true);
    expect(store.remove(ids[0]!)).toBe(false);
    expect(store.read(ids[0]!)).toBeUndefined();
    expect(store.clear()).toBe(2);
    expect(store.list()).toEqual([]);
    expect(store.clear()).toBe(0);
  });
});

test('the next process finds what this one kept', () => {
  const folder = newFolder();
  const store = openStore(folder, limits);
  store.add(capture({ answer }), { seen: true });
  store.add(capture());
  expect(openStore(folder, limits).list()).toEqual(store.list());
});

test('two processes see what the other does', () => {
  const folder = newFolder();
  const [one, other] = [openStore(folder, limits), openStore(folder, limits)];
  const { entry } = one.add(capture());
  expect(other.refresh()).toEqual({ added: [entry], answered: [], removed: [] });
  one.update(entry.id, { note: { verdict: 1 } });
  expect(other.refresh()).toEqual({ added: [], answered: [], removed: [] });
  const answered = one.update(entry.id, { answer });
  expect(other.refresh()).toEqual({ added: [], answered: [answered], removed: [] });
  expect(other.list()).toEqual([answered]);
  // What a process does itself is no news to it.
  expect(one.refresh()).toEqual({ added: [], answered: [], removed: [] });
  one.clear();
  expect(other.refresh()).toEqual({ added: [], answered: [], removed: [answered] });
  expect(other.list()).toEqual([]);
});

test('nothing is made by whoever only reads, and without limits nothing is dropped', () => {
  const folder = newFolder();
  expect(openStore(folder).list()).toEqual([]);
  expect(readdirSync(folder.base)).toEqual([]);
  openStore(folder, limits).add(capture({ receivedAt: '2001-01-01T00:00:00.000Z' }));
  expect(openStore(folder).prune()).toEqual([]);
});

test.skipIf(process.platform === 'win32')('folders and files are for this user alone', () => {
  const folder = newFolder();
  mkdirSync(pathOf(folder), { recursive: true, mode: 0o755 });
  chmodSync(pathOf(folder), 0o755);
  const { id } = openStore(folder, limits).add(capture()).entry;
  expect(statSync(pathOf(folder)).mode & 0o777).toBe(0o700);
  expect(statSync(join(pathOf(folder), '..')).mode & 0o777).toBe(0o700);
  expect(statSync(fileOf(folder, id)).mode & 0o777).toBe(0o600);
  expect(filesOf(folder)).toEqual([`${id}.delivery`]);
});

describe('what is skipped, and cleared', () => {
  const whole = (folder: StoreFolder) =>
    readFileSync(fileOf(folder, openStore(folder, limits).add(capture()).entry.id));
  test.each<[string, (path: string, bytes: Buffer, id: string) => void]>([
    ['an empty file', (path) => writeFileSync(path, '')],
    ['half of a first line', (path, bytes) => writeFileSync(path, bytes.subarray(0, 40))],
    ['the file of another delivery', (path, bytes) => writeFileSync(path, bytes)],
    ['no JSON', (path) => writeFileSync(path, 'x\n{}\n')],
    ['another version', (path, _, id) => writeFileSync(path, `{"version":99,"id":"${id}"}\n{}\n`)],
    ['a line without an end', (path) => writeFileSync(path, Buffer.alloc(2 ** 20, 'x'))],
    [
      'a link',
      (path, bytes) => {
        writeFileSync(`${path}.real`, bytes);
        symlinkSync(`${path}.real`, path);
      },
    ],
  ])('%s', (_, write) => {
    const folder = newFolder();
    const bytes = whole(folder);
    const id = newId();
    write(fileOf(folder, id), bytes, id);
    const store = openStore(folder, limits);
    expect(store.list()).toHaveLength(1);
    expect(store.read(id)).toBeUndefined();
    expect(store.clear()).toBe(2);
    expect(filesOf(folder).filter((name) => name.endsWith('.delivery'))).toEqual([]);
  });

  test('a body that is cut short is not read', () => {
    const folder = newFolder();
    const { id } = openStore(folder, limits).add(capture()).entry;
    writeFileSync(fileOf(folder, id), readFileSync(fileOf(folder, id)).subarray(0, -1));
    expect(openStore(folder, limits).read(id)).toBeUndefined();
  });
});

test('a draft of a killed process is removed once it is old, and by clearing at once', () => {
  const folder = newFolder();
  openStore(folder, limits).add(capture());
  const draft = join(pathOf(folder), '.x.delivery.0123456789ab.tmp');
  writeFileSync(draft, '');
  openStore(folder, limits);
  expect(existsSync(draft)).toBe(true);
  utimesSync(draft, new Date(0), new Date(0));
  openStore(folder, limits);
  expect(existsSync(draft)).toBe(false);
  writeFileSync(draft, '');
  openStore(folder, limits).clear();
  expect(filesOf(folder)).toEqual([]);
});

test('through a folder that is a link nothing is read and nothing removed', () => {
  const folder = newFolder();
  const elsewhere = mkdtempSync(join(tmpdir(), 'store-'));
  writeFileSync(join(elsewhere, 'mine.delivery'), 'mine');
  mkdirSync(join(folder.base, 'freshworks-gen', 'deliveries'), { recursive: true });
  symlinkSync(elsewhere, pathOf(folder));
  expect(() => openStore(folder, limits).clear()).toThrow(Rejected);
  expect(() => openStore(folder, limits).list()).toThrow(Rejected);
  expect(readdirSync(elsewhere)).toEqual(['mine.delivery']);
});

test('a folder that is a link is not written to', () => {
  const folder = newFolder();
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  mkdirSync(join(folder.base, 'freshworks-gen'));
  symlinkSync(elsewhere, join(folder.base, 'freshworks-gen', 'deliveries'));
  expect(() => {
    openStore(folder, limits).add(capture());
  }).toThrow(Rejected);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test.each(['../../etc/passwd', '..', 'a/b', '', 'A', 'x'.repeat(100), '\u0000'])(
  'an id of elsewhere opens no other file: %j',
  (id) => {
    const folder = newFolder();
    const store = openStore(folder, limits);
    const kept = store.add(capture()).entry.id;
    renameSync(fileOf(folder, kept), join(folder.base, 'passwd'));
    expect(store.read(id)).toBeUndefined();
    expect(store.remove(id)).toBe(false);
  },
);

test('ids sort by time, also within a millisecond and when the clock goes back', () => {
  const ids = [
    ...Array.from({ length: 50_000 }, () => newId(new Date(2_000_000_000_000))),
    newId(new Date(1_000_000_000_000)),
    newId(new Date(2_000_000_000_100)),
  ];
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
