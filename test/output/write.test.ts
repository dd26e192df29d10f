import fc from 'fast-check';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { addToJournal, readJournal } from '../../src/output/journal.js';
import { lock } from '../../src/output/lock.js';
import { readManifest } from '../../src/kit/manifest.js';
import { plan as makePlan, type Plan } from '../../src/output/plan.js';
import { sha256 } from '../../src/kit/sha256.js';
import { write } from '../../src/output/write.js';
import { runs } from '../sample.js';
import { layoutOf, next, planKit, rejection, states, writeKit, type Kit } from './kit.js';
import { put, snapshot, temporaryFolder } from './tree.js';

const kit: Kit = {
  files: { 'index.ts': 'export {};\n', 'payloads/a.ts': 'type A = 1;\n' },
  handlers: { 'handlers/a.ts': 'stub\r\n' },
};

describe('writing', () => {
  test('makes the folder, every file and the manifest, and leaves nothing else', async () => {
    const folder = temporaryFolder();
    await writeKit(join(folder, 'src/events'), kit);
    const { 'src/events/.freshworks-gen.json': manifest, ...rest } = snapshot(folder);
    expect(rest).toEqual({
      'src/events/index.ts': 'export {};\n',
      'src/events/payloads/a.ts': 'type A = 1;\n',
      'src/events/handlers/a.ts': 'stub\r\n',
    });
    expect(JSON.parse(manifest ?? '')).toMatchObject({
      files: { 'index.ts': sha256('export {};\n'), 'payloads/a.ts': sha256('type A = 1;\n') },
    });
  });

  test('leaves equal files, and their folders, as old as they are', async () => {
    const out = temporaryFolder();
    await writeKit(out, kit);
    const old = new Date('2001-02-03T04:05:06Z');
    const paths = ['index.ts', 'payloads/a.ts', 'payloads', '.freshworks-gen.json', '.'];
    for (const path of paths) utimesSync(join(out, path), old, old);
    await writeKit(out, kit);
    for (const path of paths) expect(statSync(join(out, path)).mtime).toEqual(old);
    await writeKit(out, { ...kit, files: { ...kit.files, 'index.ts': 'export const a = 1;\n' } });
    expect(statSync(join(out, 'payloads/a.ts')).mtime).toEqual(old);
  });

  test('keeps the permissions of a file', async () => {
    const out = temporaryFolder();
    await writeKit(out, kit);
    chmodSync(join(out, 'handlers/a.ts'), 0o640);
    await writeKit(out, { ...kit, handlers: { 'handlers/a.ts': 'stub\r\nmore\r\n' } });
    expect(statSync(join(out, 'handlers/a.ts')).mode & 0o777).toBe(0o640);
  });

  test('removes what is no longer generated, and the folders that only it kept', async () => {
    const out = temporaryFolder();
    await writeKit(out, { files: { 'index.ts': '1', 'a/b/c.ts': '2', 'd/e.ts': '3' } });
    put(out, { 'd/mine.ts': 'mine' });
    await writeKit(out, { files: { 'index.ts': '1' } });
    const { '.freshworks-gen.json': manifest, ...rest } = snapshot(out);
    expect(rest).toEqual({ 'index.ts': '1', 'd/mine.ts': 'mine' });
    expect(manifest).not.toContain('c.ts');
  });

  test.each(['edited', 'foreign'] as const)('refuses a file that is %s, unless forced', async (state) => {
    const out = temporaryFolder();
    await writeKit(out, { files: { 'a.ts': '1', 'b.ts': '1' } });
    if (state === 'edited') put(out, { 'a.ts': 'mine' });
    else unlinkSync(join(out, '.freshworks-gen.json'));
    const before = snapshot(out);
    const wanted = { files: { 'a.ts': '2', 'b.ts': '1' } };
    expect(await rejection(writeKit(out, wanted))).toEqual([`output-${state}`]);
    expect(snapshot(out)).toEqual(before);
    await writeKit(out, wanted, { force: true });
    expect(snapshot(out)).toMatchObject(wanted.files);
  });
});

describe('when the folder changes between plan and write', () => {
  interface Change {
    readonly name: string;
    readonly change: (out: string) => void;
    readonly code: string;
  }
  const changes: readonly Change[] = [
    {
      name: 'a file to be replaced was edited',
      change: (out) => put(out, { 'a.ts': 'mine' }),
      code: 'output-moved-on',
    },
    {
      name: 'a file to be created is there',
      change: (out) => put(out, { 'new.ts': 'mine' }),
      code: 'output-moved-on',
    },
    {
      name: 'a file to be removed was edited',
      change: (out) => put(out, { 'old.ts': 'mine' }),
      code: 'output-moved-on',
    },
    {
      name: 'a handler was saved',
      change: (out) => put(out, { 'handlers/a.ts': 'mine' }),
      code: 'output-moved-on',
    },
    {
      name: 'a folder became a link',
      change: (out) => {
        renameSync(join(out, 'payloads'), join(out, 'elsewhere'));
        symlinkSync('elsewhere', join(out, 'payloads'));
      },
      code: 'output-link',
    },
  ];

  test.each(changes)('$name: nothing is written', async ({ change, code }) => {
    const out = temporaryFolder();
    put(out, { 'handlers/a.ts': 'stub' });
    await writeKit(out, { files: { 'a.ts': '1', 'old.ts': '1', 'payloads/a.ts': '1' } });
    const plan = await planKit(out, {
      files: { 'a.ts': '2', 'new.ts': '2', 'payloads/a.ts': '2' },
      handlers: { 'handlers/a.ts': 'stub, stub' },
    });
    change(out);
    const before = snapshot(out);
    expect(await rejection(write(plan))).toEqual([code]);
    expect(snapshot(out)).toEqual(before);
  });

  test('a run that finds another one was quicker with the same result is content', async () => {
    const out = temporaryFolder();
    await writeKit(out, { files: { 'a.ts': '1', 'old.ts': '1' } });
    const wanted = { files: { 'a.ts': '2' } };
    const plan = await planKit(out, wanted);
    await writeKit(out, wanted);
    const after = snapshot(out);
    await write(plan);
    expect(snapshot(out)).toEqual(after);
  });
});

describe('the lock', () => {
  const lockOf = (content: Record<string, unknown>) => ({
    '.freshworks-gen.lock': `${JSON.stringify(content)}\n`,
  });
  const holder = { pid: process.ppid, host: hostname(), started: '2026-01-01T00:00:00.000Z', token: 'x' };

  test('of a live process stops a second run, and names the process', async () => {
    const out = temporaryFolder();
    put(out, lockOf(holder));
    const before = snapshot(out);
    const failure = await writeKit(out, kit).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Rejected);
    expect(String(failure)).toContain(`Process ${process.ppid} on ${hostname()}`);
    expect(snapshot(out)).toEqual(before);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a dead process', { ...holder, pid: 2 ** 22 + 1 }],
    ['a process of this id before a restart', { ...holder, pid: process.pid }],
  ])('of %s is taken over', async (_, content) => {
    const out = temporaryFolder();
    put(out, lockOf(content));
    await writeKit(out, kit);
    expect(Object.keys(snapshot(out))).toEqual([
      '.freshworks-gen.json',
      'handlers/a.ts',
      'index.ts',
      'payloads/a.ts',
    ]);
  });

  test('is tidied up by a run that has nothing else to do', async () => {
    const out = temporaryFolder();
    await writeKit(out, kit);
    const before = snapshot(out);
    put(out, lockOf({ ...holder, pid: 2 ** 22 + 1 }));
    await writeKit(out, kit);
    expect(snapshot(out)).toEqual(before);
  });

  test('that never came to be is tidied up likewise', async () => {
    const out = temporaryFolder();
    await writeKit(out, kit);
    const before = snapshot(out);
    put(out, { '..freshworks-gen.lock.0123456789ab.tmp': '' });
    await writeKit(out, kit);
    expect(snapshot(out)).toEqual(before);
  });

  test('of another host is respected, whatever its process id', async () => {
    const out = temporaryFolder();
    put(out, lockOf({ ...holder, pid: 2 ** 22 + 1, host: 'elsewhere.invalid' }));
    expect(await rejection(writeKit(out, kit))).toEqual(['output-locked']);
  });

  test.each(['', 'garbage', '{"pid":-1}', 'null'])(
    'that reads %j is respected while it may be being written',
    async (content) => {
      const out = temporaryFolder();
      put(out, { '.freshworks-gen.lock': content });
      expect(await rejection(writeKit(out, kit))).toEqual(['output-locked']);
      utimesSync(join(out, '.freshworks-gen.lock'), 1, 1);
      await writeKit(out, kit);
      expect(existsSync(join(out, '.freshworks-gen.lock'))).toBe(false);
    },
  );

  test('that is a link is refused', async () => {
    const out = temporaryFolder();
    put(out, { target: '' });
    symlinkSync('target', join(out, '.freshworks-gen.lock'));
    expect(await rejection(writeKit(out, kit))).toEqual(['output-link']);
  });

  test('is one for all runs of a process', async () => {
    const out = temporaryFolder();
    const unlock = await lock(out);
    expect(await rejection(lock(out))).toEqual(['output-locked']);
    unlock();
    (await lock(out))();
    expect(snapshot(out)).toEqual({});
  });

  test('lets one of many runs in one process through at a time', async () => {
    const out = temporaryFolder();
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, run) =>
        rejection(writeKit(out, { files: { 'a.ts': `${run}`, 'b.ts': `${run}` } })),
      ),
    );
    expect(codes.filter((each) => each.length === 0)).not.toHaveLength(0);
    const left = snapshot(out);
    expect(left['a.ts']).toBe(left['b.ts']);
    expect(Object.keys(left)).toEqual(['.freshworks-gen.json', 'a.ts', 'b.ts']);
  });
});

describe('after a run was killed', () => {
  /** What a run of `wanted` leaves when it is killed after its first rename: journal, lock, temporaries, an old manifest. */
  async function killed(out: string, first: string, wanted: Kit): Promise<void> {
    await writeKit(out, { files: { 'a.ts': '1', 'b.ts': '1' } });
    const hashes = Object.fromEntries(
      Object.entries(wanted.files).map(([path, code]) => [path, sha256(code)]),
    );
    put(out, {
      '.freshworks-gen.journal': `\n${JSON.stringify(hashes)}\n`,
      '.freshworks-gen.lock': JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: '', token: '' }),
      [first]: wanted.files[first] ?? '',
      '.b.ts.0123456789ab.tmp': 'half of',
    });
  }

  test.each<[string, Kit]>([
    ['the same', { files: { 'a.ts': '2', 'b.ts': '2' } }],
    ['something else', { files: { 'a.ts': '3', 'b.ts': '3' } }],
    ['less', { files: { 'b.ts': '3' } }],
    ['what was there before', { files: { 'a.ts': '1', 'b.ts': '1' } }],
  ])('a run that generates %s completes the job and tidies up', async (_, then) => {
    const out = temporaryFolder();
    await killed(out, 'a.ts', { files: { 'a.ts': '2', 'b.ts': '2' } });
    await writeKit(out, then);
    const { '.freshworks-gen.json': manifest, ...rest } = snapshot(out);
    expect(rest).toEqual(then.files);
    expect(Object.keys((JSON.parse(manifest ?? '') as { files: object }).files)).toEqual(
      Object.keys(then.files),
    );
  });

  test('a file that only the killed run knew is removed', async () => {
    const out = temporaryFolder();
    await killed(out, 'new.ts', { files: { 'a.ts': '1', 'b.ts': '1', 'new.ts': '2' } });
    await writeKit(out, { files: { 'a.ts': '1', 'b.ts': '1' } });
    expect(Object.keys(snapshot(out))).toEqual(['.freshworks-gen.json', 'a.ts', 'b.ts']);
  });

  test('what each of several killed runs intended is remembered, even after one was cut off in its line', async () => {
    const out = temporaryFolder();
    const [first, second] = [sha256('1'), sha256('2')];
    expect(await readJournal(out)).toBeUndefined();
    await addToJournal(out, new Map([['a.ts', first]]));
    appendFileSync(join(out, '.freshworks-gen.journal'), '{"a.ts":"half of a');
    await addToJournal(out, new Map([['a.ts', second]]));
    expect(await readJournal(out)).toEqual(new Map([['a.ts', new Set([first, second])]]));
  });

  test('a folder that only the killed run needed is removed', async () => {
    const out = temporaryFolder();
    await killed(out, 'a.ts', { files: { 'a.ts': '2', 'b.ts': '2', 'new/er/c.ts': '2' } });
    put(out, { 'new/er/.c.ts.0123456789ab.tmp': 'half of', '..freshworks-gen.lock.0123456789ab.tmp': '' });
    await writeKit(out, { files: { 'a.ts': '2', 'b.ts': '2' } });
    expect(Object.keys(snapshot(out))).toEqual(['.freshworks-gen.json', 'a.ts', 'b.ts']);
  });

  test('a hand edit is still a hand edit', async () => {
    const out = temporaryFolder();
    await killed(out, 'a.ts', { files: { 'a.ts': '2', 'b.ts': '2' } });
    put(out, { 'b.ts': 'mine' });
    expect(states(await planKit(out, { files: { 'a.ts': '3', 'b.ts': '3' } }))).toEqual({
      'a.ts': 'changed',
      'b.ts': 'edited',
    });
  });

  test('what merely looks like a leftover stays', async () => {
    const out = temporaryFolder();
    await killed(out, 'a.ts', { files: { 'a.ts': '2', 'b.ts': '2' } });
    const mine = { '.notes.0123456789ab.tmp': 'mine', '.a.ts.tmp': 'mine', '.a.ts.0123456789AB.tmp': 'mine' };
    put(out, mine);
    await writeKit(out, { files: { 'a.ts': '2', 'b.ts': '2' } });
    expect(snapshot(out)).toMatchObject(mine);
    expect(existsSync(join(out, '.b.ts.0123456789ab.tmp'))).toBe(false);
  });

  test.each(['garbage', '{"a.ts":"short"}', `{"../../x":"${'a'.repeat(64)}"}`, '[]', '\u0000'])(
    'a journal line %j is passed over',
    async (line) => {
      const out = temporaryFolder();
      await killed(out, 'a.ts', { files: { 'a.ts': '2', 'b.ts': '2' } });
      const journal = join(out, '.freshworks-gen.journal');
      writeFileSync(journal, line + readFileSync(journal, 'utf8') + line);
      await writeKit(out, { files: { 'a.ts': '3', 'b.ts': '3' } });
      expect(Object.keys(snapshot(out))).toEqual(['.freshworks-gen.json', 'a.ts', 'b.ts']);
    },
  );
});

describe('when the system refuses', () => {
  test('a folder in the way of a rename leaves the rest whole, and the next run completes it', async () => {
    const out = temporaryFolder();
    await writeKit(out, { files: { 'a.ts': '1', 'b.ts': '1', 'c.ts': '1' } });
    const plan = await planKit(out, { files: { 'a.ts': '2', 'b.ts': '2', 'c.ts': '2', 'd/e.ts': '2' } });
    put(out, { d: '' });
    expect(await rejection(write(plan))).toEqual(['output-not-a-folder']);
    unlinkSync(join(out, 'd'));
    mkdirSync(join(out, '.freshworks-gen.journal'));
    const failure = await write(plan).catch((error: unknown) => error);
    expect(failure).toMatchObject({ diagnostics: [{ code: 'output-not-a-file' }] });
    expect(String(failure)).toMatch(/\.freshworks-gen\.journal is a folder, not a file\./);
    expect(snapshot(out)).toMatchObject({ 'a.ts': '1', 'b.ts': '1', 'c.ts': '1' });
  });
});

const paths = ['index.ts', 'events.ts', 'payloads/a.ts', 'payloads/b.ts', 'validators/a.ts'];
const files = fc.dictionary(fc.constantFrom(...paths), fc.stringMatching(/^[a-z\n]{0,8}$/));
const foreign = fc.dictionary(
  fc.constantFrom('notes.md', 'payloads/mine.ts', 'handlers/a.ts', '.hidden', 'deep/er/x'),
  fc.uint8Array({ maxLength: 12 }),
);

test('whatever is generated, run after run: the kit is exact, a rerun has nothing to do, foreign files are untouched', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(files, { minLength: 1, maxLength: 4 }), foreign, async (runs, others) => {
      const folder = temporaryFolder();
      const out = join(folder, 'events');
      put(out, others);
      put(folder, { 'outside.txt': 'mine' });
      const untouched = snapshot(out);
      for (const [index, wanted] of runs.entries()) {
        // Handlers are no part of these runs, so texts that are not UTF-8 may lie among them.
        const made = await planWithoutHandlers(out, wanted);
        await write(made);
        const { '.freshworks-gen.json': manifest, ...rest } = snapshot(out);
        expect(rest).toEqual({ ...untouched, ...wanted });
        expect(manifest, `run ${index}`).toBeDefined();
        const again = await planWithoutHandlers(out, wanted);
        expect([...again.files, again.manifest].map(({ state }) => state)).not.toContain('changed');
        expect(again.unfinished).toBe(false);
      }
      expect(readFileSync(join(folder, 'outside.txt'), 'utf8')).toBe('mine');
    }),
    { numRuns: runs(15, 60) },
  );
});

async function planWithoutHandlers(out: string, wanted: Readonly<Record<string, string>>): Promise<Plan> {
  const manifest = await readManifest(out);
  return makePlan({
    out,
    files: new Map(Object.entries(wanted)),
    handlers: new Map(),
    handlersBefore: new Map(),
    manifest,
    layoutOf,
    next,
  });
}
