import { mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { plan, type State } from '../../src/output/plan.js';
import { layoutOf, next, planKit, rejection, states, writeKit, type Kit } from './kit.js';
import { put, snapshot, temporaryFolder } from './tree.js';

const kit: Kit = { files: { 'index.ts': 'export {};\n', 'payloads/a.ts': 'type A = 1;\n' } };

interface Row {
  readonly name: string;
  readonly disturb: (out: string) => void;
  readonly then?: Kit;
  readonly expected: Readonly<Record<string, State>>;
}

const rows: readonly Row[] = [
  {
    name: 'nothing happened',
    disturb: () => {},
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a file is generated differently',
    disturb: () => {},
    then: { files: { ...kit.files, 'index.ts': 'export const a = 1;\n' } },
    expected: { 'index.ts': 'changed', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a file is generated no longer',
    disturb: () => {},
    then: { files: { 'index.ts': 'export {};\n' } },
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'removed' },
  },
  {
    name: 'a file is gone',
    disturb: (out) => unlinkSync(join(out, 'index.ts')),
    expected: { 'index.ts': 'created', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a file was edited',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), 'mine\n'),
    expected: { 'index.ts': 'edited', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a file was edited and is generated no longer',
    disturb: (out) => writeFileSync(join(out, 'payloads/a.ts'), 'mine\n'),
    then: { files: { 'index.ts': 'export {};\n' } },
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'edited' },
  },
  {
    name: 'a file was edited into what is generated now',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), 'export const a = 1;\n'),
    then: { files: { ...kit.files, 'index.ts': 'export const a = 1;\n' } },
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'the checkout has CRLF',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), 'export {};\r\n'),
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'the checkout has CRLF and the file is generated differently',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), 'export {};\r\n'),
    then: { files: { ...kit.files, 'index.ts': 'export const a = 1;\n' } },
    expected: { 'index.ts': 'changed', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a byte was broken',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), Buffer.from('export {};\n\xff', 'latin1')),
    expected: { 'index.ts': 'edited', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a byte was broken where the text has a replacement character',
    disturb: (out) => writeFileSync(join(out, 'index.ts'), Buffer.from('\xff', 'latin1')),
    then: { files: { ...kit.files, 'index.ts': '\ufffd' } },
    expected: { 'index.ts': 'edited', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'the manifest is gone and nothing else changed',
    disturb: (out) => unlinkSync(join(out, '.freshworks-gen.json')),
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'the manifest is gone and a file is generated differently',
    disturb: (out) => unlinkSync(join(out, '.freshworks-gen.json')),
    then: { files: { 'index.ts': 'export const a = 1;\n' } },
    expected: { 'index.ts': 'foreign' },
  },
  {
    name: 'a foreign file is beside',
    disturb: (out) => put(out, { 'notes.md': 'mine', 'payloads/mine.ts': 'mine' }),
    expected: { 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'a foreign file is in the way',
    disturb: (out) => put(out, { 'events.ts': 'mine' }),
    then: { files: { ...kit.files, 'events.ts': 'ours' } },
    expected: { 'events.ts': 'foreign', 'index.ts': 'unchanged', 'payloads/a.ts': 'unchanged' },
  },
  {
    name: 'an orphan became a link',
    disturb: (out) => {
      unlinkSync(join(out, 'payloads/a.ts'));
      symlinkSync('/etc/hostname', join(out, 'payloads/a.ts'));
    },
    then: { files: { 'index.ts': 'export {};\n' } },
    expected: { 'index.ts': 'unchanged' },
  },
];

describe('the state of every file', () => {
  test.each(rows)('$name', async ({ disturb, then = kit, expected }) => {
    const out = join(temporaryFolder(), 'events');
    await writeKit(out, kit);
    disturb(out);
    const before = snapshot(out);
    expect(states(await planKit(out, then))).toEqual(expected);
    expect(snapshot(out)).toEqual(before);
  });

  test('in an absent folder, everything is created and the disk is left alone', async () => {
    const folder = temporaryFolder();
    const made = await planKit(join(folder, 'a/b'), kit);
    expect(states(made)).toEqual({ 'index.ts': 'created', 'payloads/a.ts': 'created' });
    expect(made.manifest.state).toBe('created');
    expect(snapshot(folder)).toEqual({});
  });

  test('a file whose name changed in case alone is not removed: it may be the very file that is generated', async () => {
    const out = temporaryFolder();
    await writeKit(out, kit);
    const made = await planKit(out, {
      files: { 'index.ts': 'export {};\n', 'payloads/A.ts': 'type A = 1;\n' },
    });
    expect(Object.keys(states(made))).toEqual(['index.ts', 'payloads/A.ts']);
  });

  test('handlers are created or changed, never edited or foreign', async () => {
    const out = temporaryFolder();
    put(out, { 'handlers/a.ts': 'mine\r\n', 'handlers/b.ts': 'mine' });
    const handlers = {
      'handlers/a.ts': 'mine\r\nstub\r\n',
      'handlers/b.ts': 'mine',
      'handlers/c.ts': 'stub\n',
    };
    const made = await planKit(out, { files: {}, handlers });
    expect(states(made)).toEqual({
      'handlers/a.ts': 'changed',
      'handlers/b.ts': 'unchanged',
      'handlers/c.ts': 'created',
    });
  });

  test('a handler that changed since it was read stops the run', async () => {
    const out = temporaryFolder();
    put(out, { 'handlers/a.ts': 'newer' });
    const request = {
      out,
      files: new Map(),
      manifest: undefined,
      layoutOf,
      next,
      handlers: new Map([['handlers/a.ts', 'stub']]),
    };
    expect(
      await rejection(plan({ ...request, handlersBefore: new Map([['handlers/a.ts', 'older']]) })),
    ).toEqual(['output-moved-on']);
    expect(await rejection(plan({ ...request, handlersBefore: new Map() }))).toEqual(['output-moved-on']);
  });
});

interface Refusal {
  readonly name: string;
  /** Prepares a folder and returns the path to be used as output. */
  readonly prepare: (folder: string) => string;
  readonly codes: readonly string[];
}

const refused: readonly Refusal[] = [
  { name: 'the root', prepare: () => '/', codes: ['output-folder'] },
  { name: 'the home folder', prepare: () => homedir(), codes: ['output-folder'] },
  {
    name: 'the folder of the home folder',
    prepare: (folder) => {
      vi.stubEnv('HOME', join(folder, 'home/me'));
      vi.stubEnv('USERPROFILE', join(folder, 'home/me'));
      onTestFinished(() => void vi.unstubAllEnvs());
      mkdirSync(join(folder, 'home/me'), { recursive: true });
      return join(folder, 'home');
    },
    codes: ['output-folder'],
  },
  {
    name: 'a project',
    prepare: (folder) => (put(folder, { 'package.json': '{}' }), folder),
    codes: ['output-folder'],
  },
  {
    name: 'a worktree',
    prepare: (folder) => (put(folder, { '.git': 'gitdir: elsewhere' }), folder),
    codes: ['output-folder'],
  },
  {
    name: 'a file',
    prepare: (folder) => (put(folder, { out: '' }), join(folder, 'out')),
    codes: ['output-not-a-folder'],
  },
  {
    name: 'a folder beneath a file',
    prepare: (folder) => (put(folder, { out: '' }), join(folder, 'out/events')),
    codes: ['output-not-a-folder'],
  },
  {
    name: 'a link, with a slash at its end',
    prepare: (folder) => (
      mkdirSync(join(folder, 'real')),
      symlinkSync('real', join(folder, 'out')),
      `${folder}/out/`
    ),
    codes: ['output-link'],
  },
  {
    name: 'a link to nowhere',
    prepare: (folder) => (symlinkSync('nowhere', join(folder, 'out')), join(folder, 'out')),
    codes: ['output-link'],
  },
  {
    name: 'a folder below a link to nowhere',
    prepare: (folder) => (symlinkSync('nowhere', join(folder, 'out')), join(folder, 'out/events')),
    codes: ['output-not-a-folder'],
  },
  {
    name: 'a folder with a link for a folder of ours',
    prepare: (folder) => (
      mkdirSync(join(folder, 'out')),
      symlinkSync('..', join(folder, 'out/payloads')),
      join(folder, 'out')
    ),
    codes: ['output-link'],
  },
  {
    name: 'a folder with a link for a file of ours',
    prepare: (folder) => (
      put(folder, { 'out/a': '' }),
      symlinkSync('a', join(folder, 'out/index.ts')),
      join(folder, 'out')
    ),
    codes: ['output-link'],
  },
  {
    name: 'a folder with a folder for a file of ours, and a file for a folder',
    prepare: (folder) => (put(folder, { 'index.ts/a': '', payloads: '' }), folder),
    codes: ['output-not-a-file', 'output-not-a-folder'],
  },
];

describe('what is refused', () => {
  test.each(refused)('$name', async ({ prepare, codes }) => {
    const folder = temporaryFolder();
    const out = prepare(folder);
    const before = snapshot(folder);
    expect(await rejection(planKit(out, kit))).toEqual(codes);
    expect(snapshot(folder)).toEqual(before);
  });

  test('a link above the folder is the layout of the project', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'src'));
    await writeKit(join(folder, 'src/events'), kit);
    expect(snapshot(join(folder, 'real/events'))).toMatchObject(kit.files);
    rmSync(join(folder, 'src'));
  });

  test.each([
    '../x.ts',
    '/x.ts',
    'a/../x.ts',
    './x.ts',
    'a//x.ts',
    'a\\x.ts',
    'C:/x.ts',
    'x\0.ts',
    'x\n.ts',
    '',
    'con.ts',
    'payloads/NUL',
    'x.',
    'node_modules/x.ts',
    '.git/hooks/post-commit',
    '.freshworks-gen.json',
    'handlers/x.ts',
    'Handlers/x.ts',
  ])('an emitted path %j is a fault of the program', async (path) => {
    const out = temporaryFolder();
    await expect(planKit(out, { files: { [path]: '' } })).rejects.toThrow(/^The path/);
  });

  test('paths that are one file on some disks are a fault of the program', async () => {
    const out = temporaryFolder();
    await expect(planKit(out, { files: { 'a.ts': '', 'A.ts': '' } })).rejects.toThrow(/one file/);
    await expect(planKit(out, { files: { '\u00e9.ts': '', 'e\u0301.ts': '' } })).rejects.toThrow(/one file/);
    await expect(planKit(out, { files: { a: '', 'a/b.ts': '' } })).rejects.toThrow(/the folder of/);
    await expect(planKit(out, { files: {}, handlers: { 'index.ts': '' } })).rejects.toThrow(/wrong side/);
  });
});
