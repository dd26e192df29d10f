import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { diff, type DiffOptions } from '../../src/app/diff.js';
import { shownPosition } from '../../src/diff/summary.js';
import { generate } from '../../src/app/generate.js';
import { unexplained, watched } from '../hostile/watch.js';
import { newFolder, newRepository, shop, write } from './repository.js';

const text = { type: 'string' };
const before = shop({ id: text, paid: { type: 'boolean' } });
const after = shop({ id: text });

/** What is compared, and what comes of it, in short. */
async function outcome(options: DiffOptions): Promise<unknown> {
  try {
    const { base, head, changes } = await diff(options);
    const labels = changes.map(({ rule, subject, before: old, after: next }) =>
      [rule, subject, ...[old, next].map((each) => (each ? shownPosition(each) : 'nowhere'))].join(' '),
    );
    return [`${base.kind} ${base.name} to ${head.kind} ${head.name}`, ...labels];
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  }
}

describe('two documents', () => {
  test('are compared with positions in both', async () => {
    const cwd = newFolder();
    write(cwd, { 'a.json': before, 'b.json': after });
    expect(await outcome({ cwd, base: 'a.json', head: 'b.json' })).toEqual([
      'document a.json to document b.json',
      'field-removed Order.paid a.json:31:19 b.json:22:16',
    ]);
    expect(await outcome({ cwd, base: 'a.json', head: 'a.json' })).toEqual([
      'document a.json to document a.json',
    ]);
  });

  test('the second is by default what the options name', async () => {
    const cwd = newFolder();
    write(cwd, { 'a.json': before, 'b.json': after });
    expect(await outcome({ cwd, base: 'a.json', spec: ['b.json'] })).toEqual([
      'document a.json to documents the documents',
      'field-removed Order.paid a.json:31:19 b.json:22:16',
    ]);
  });

  test('overlays are for both', async () => {
    const cwd = newFolder();
    const overlay = {
      overlay: '1.0.0',
      info: { title: 'Without payment', version: '1.0.0' },
      actions: [{ target: '$.components.schemas.Order.properties.paid', remove: true }],
    };
    write(cwd, { 'a.json': before, 'b.json': after, 'o.json': JSON.stringify(overlay) });
    expect(await outcome({ cwd, base: 'a.json', head: 'b.json', overlay: ['o.json'] })).toEqual([
      'document a.json to document b.json',
    ]);
  });
});

describe('a kit', () => {
  test('is the base by default, by what its manifest holds', async () => {
    const cwd = newFolder();
    write(cwd, { 'doc.json': before });
    await generate({ cwd, out: 'events', spec: ['doc.json'] });
    expect(await outcome({ cwd, out: 'events' })).toEqual(['kit events to documents the documents']);
    write(cwd, { 'doc.json': after });
    const changed = 'field-removed Order.paid nowhere doc.json:22:16';
    expect(await outcome({ cwd, out: 'events' })).toEqual(['kit events to documents the documents', changed]);
    renameSync(join(cwd, 'events'), join(cwd, 'elsewhere'));
    expect(await outcome({ cwd, base: 'elsewhere', spec: ['doc.json'] })).toEqual([
      'kit elsewhere to documents the documents',
      changed,
    ]);
    expect(await outcome({ cwd, base: 'doc.json', head: 'elsewhere' })).toEqual([
      'document doc.json to kit elsewhere',
      'field-added Order.paid doc.json:22:16 nowhere',
    ]);
  });

  test('of some products is compared with these alone', async () => {
    const cwd = newFolder();
    await generate({ cwd, out: 'events' });
    expect(await outcome({ cwd, out: 'events', only: ['freshchat', 'helpdesk'] })).toEqual([
      'kit events to documents the documents',
    ]);
  });

  test('that is not there, or was written before contracts were', async () => {
    const cwd = newFolder();
    write(cwd, { 'doc.json': before });
    expect(await outcome({ cwd, out: 'events' })).toEqual(['kit-missing: there is no kit in events']);
    expect(await outcome({ cwd })).toEqual([
      'option-missing: There is nothing to compare with: neither a base nor a kit, which --out would name.',
    ]);
    await generate({ cwd, out: 'events', spec: ['doc.json'] });
    const manifest = join(cwd, 'events/.freshworks-gen.json');
    const { contract: _, ...older } = JSON.parse(readFileSync(manifest, 'utf8')) as { contract: unknown };
    writeFileSync(manifest, JSON.stringify({ ...older, generator: '0.1.0' }));
    expect(await outcome({ cwd, out: 'events' })).toEqual([
      'contract-missing: The kit in events was written by version 0.1.0, which recorded no contract.',
    ]);
    await generate({ cwd, out: 'events' });
    expect(await outcome({ cwd, out: 'events' })).toEqual(['kit events to documents the documents']);
  });
});

describe('a revision', () => {
  test('is what its documents say, with files that they refer to, under names of any letters', async () => {
    const { root: cwd, commit, git } = newRepository();
    commit({
      'api documents/läden/shop.json': shop('schemas/order%20form.json#/Order'),
      'api documents/läden/schemas/order form.json': JSON.stringify({
        Order: { type: 'object', required: ['id'], properties: { id: text, paid: { type: 'boolean' } } },
      }),
    });
    write(cwd, {
      'api documents/läden/schemas/order form.json': JSON.stringify({
        Order: { type: 'object', required: ['id'], properties: { id: text } },
      }),
    });
    const spec = ['api documents/läden/shop.json'];
    const file = 'läden/schemas/order form.json';
    const changed = (base: string, folder = 'api documents/') =>
      `field-removed Order.paid ${base}:api documents/${file}:1:89 ${folder}${file}:1:10`;
    for (const base of ['main', 'HEAD', git('rev-parse', 'HEAD').trim()]) {
      expect(await outcome({ cwd, base, spec })).toEqual([
        `revision ${base} to documents the documents`,
        changed(base),
      ]);
    }
    const below = join(cwd, 'api documents');
    expect(await outcome({ cwd: below, base: 'main', spec: ['läden/shop.json'] })).toEqual([
      'revision main to documents the documents',
      changed('main', ''),
    ]);
    expect(await outcome({ cwd, base: 'main', head: 'HEAD', spec })).toEqual([
      'revision main to revision HEAD',
    ]);
  });

  test('is what its kit has recorded, with positions where its documents say the same', async () => {
    const { root: cwd, commit } = newRepository();
    write(cwd, { 'doc.json': before });
    await generate({ cwd, out: 'events', spec: ['doc.json'] });
    commit({}, 'recorded');
    commit({ 'doc.json': after });
    expect(await outcome({ cwd, out: 'events', base: 'recorded' })).toEqual([
      'revision recorded to documents the documents',
      'field-removed Order.paid recorded:doc.json:31:19 doc.json:22:16',
    ]);
    // The kit was not generated again: it is what its users have.
    expect(await outcome({ cwd, out: 'events', base: 'main' })).toEqual([
      'revision main to documents the documents',
      'field-removed Order.paid nowhere doc.json:22:16',
    ]);
  });

  test('is read as it was committed, whatever lies in the folder', async () => {
    const { root: cwd, commit } = newRepository();
    commit({ 'doc.json': before, '.gitattributes': '*.json filter=loud\n' });
    write(cwd, {
      '.git/config': `[filter "loud"]\n  smudge = touch ran\n  clean = touch ran\n[core]\n  fsmonitor = touch ran\n`,
    });
    write(cwd, { 'doc.json': after });
    expect(await outcome({ cwd, base: 'main', spec: ['doc.json'] })).toHaveLength(2);
    expect(() => readFileSync(join(cwd, 'ran'))).toThrow(/ENOENT/);
  });

  describe('and a file of one name', () => {
    const base = 'origin/main';
    const git = 'revision origin/main to documents the documents';
    const gone = 'field-removed Order.paid origin/main:doc.json:31:19 doc.json:22:16';

    /** What a pull request holds that wants to be compared with its own file. */
    const lures: readonly (readonly [string, (cwd: string) => Promise<void> | void])[] = [
      ['a document', (cwd) => write(cwd, { [base]: after })],
      ['a link', (cwd) => (write(cwd, { 'origin/x': after }), symlinkSync('x', join(cwd, base)))],
      ['a kit', async (cwd) => void (await generate({ cwd, out: base, spec: ['doc.json'] }))],
    ];

    test.each(lures)('%s: the word is refused, and each can be named', async (_, lay) => {
      const { root: cwd, commit, git: run } = newRepository();
      commit({ 'doc.json': before });
      run('update-ref', 'refs/remotes/origin/main', 'HEAD');
      write(cwd, { 'doc.json': after });
      await lay(cwd);
      const spec = ['doc.json'];
      for (const [from, to] of [
        [base, undefined],
        ['HEAD', base],
      ] as const)
        expect(await outcome({ cwd, base: from, head: to, spec })).toEqual([
          expect.stringMatching(
            /^version-ambiguous: origin\/main is a (file|kit), and a revision as well\.$/,
          ),
        ]);
      expect(await outcome({ cwd, base: `git:refs/remotes/${base}`, spec })).toEqual([git, gone]);
      for (const path of [`./${base}`, join(cwd, base)])
        expect(await outcome({ cwd, base: path, spec })).toEqual([
          expect.stringMatching(/^(document|kit) origin\/main to documents the documents$/),
        ]);
    });

    test('a file cannot take the place of a word that says it is a revision', async () => {
      const { root: cwd, commit } = newRepository();
      commit({ 'doc.json': before });
      write(cwd, { 'doc.json': after, 'git:main': after });
      const [first] = (await outcome({ cwd, base: 'git:main', spec: ['doc.json'] })) as string[];
      expect(first).toBe('revision main to documents the documents');
    });

    test('a path is no revision, and a branch and a tag of one name are told apart', async () => {
      const { root: cwd, commit, git: run } = newRepository();
      commit({ 'doc.json': before });
      expect(await outcome({ cwd, base: './main', spec: ['doc.json'] })).toEqual([
        'version-unknown: ./main is neither a folder nor a file, and no revision: the repository has no such revision.',
      ]);
      run('tag', 'main');
      for (const word of ['main', 'git:main'])
        expect(await outcome({ cwd, base: word, spec: ['doc.json'] })).toEqual([
          'version-ambiguous: main is more than one revision: a branch and a tag have the name.',
        ]);
      expect(await outcome({ cwd, base: 'git:refs/heads/main', spec: ['doc.json'] })).toHaveLength(1);
      expect(await outcome({ cwd, base: 'git:nothing', spec: ['doc.json'] })).toEqual([
        'version-unknown: git:nothing is no revision: the repository has no such revision.',
      ]);
    });
  });

  test('starts git and nothing else, and nothing at all for paths', async () => {
    const { root: cwd, commit } = newRepository();
    commit({ 'doc.json': before, 'next.json': after });
    await generate({ cwd, out: 'events', spec: ['doc.json'] });
    const quiet = await watched(async () => {
      await diff({ cwd, base: './doc.json', head: './next.json' });
      await diff({ cwd, out: 'events' });
    });
    expect(unexplained(quiet.deeds, cwd)).toEqual([]);
    const programs = newFolder();
    const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    symlinkSync(git, join(programs, 'git'));
    const { PATH } = process.env;
    process.env['PATH'] = programs;
    try {
      const { value, deeds } = await watched(() => diff({ cwd, base: 'main', spec: ['next.json'] }));
      expect(value.changes).toEqual([]);
      expect(unexplained(deeds, cwd)).toEqual(['starts a process']);
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  test('follows no link', async () => {
    const { root: cwd, commit, link } = newRepository();
    link('linked.json', '/etc/hostname');
    link('folder', '.');
    commit({
      'doc.json': shop('linked.json#/Order'),
      'whole.json': before,
    });
    expect(await outcome({ cwd, base: 'main', spec: ['doc.json'], head: 'whole.json' })).toEqual([
      'revision-link: main:linked.json is a symbolic link.',
    ]);
    expect(await outcome({ cwd, base: 'main', spec: ['folder/whole.json'], head: 'whole.json' })).toEqual([
      'revision-link: main:folder is a symbolic link.',
    ]);
  });

  test.each<[string, string, RegExp]>([
    [
      'nobody knows',
      'nowhere',
      /^version-unknown: nowhere is neither a folder nor a file, and no revision: the repository has no such/,
    ],
    ['reads like an option', '--output=ran', /no revision: a revision does not begin with a hyphen/],
    ['is a file of one', 'main:doc.json', /no revision: the repository has no such revision/],
    ['is a range', 'main..main', /no revision: the repository has no such revision/],
    ['is a folder', 'folder', /folder is a folder without a kit, and no revision/],
  ])('that %s: %s', async (_, base, message) => {
    const { root: cwd, commit } = newRepository();
    commit({ 'doc.json': before, 'folder/a.txt': '' });
    expect(await outcome({ cwd, base, spec: ['doc.json'] })).toEqual([expect.stringMatching(message)]);
  });

  test('from before the document has nothing, and says so', async () => {
    const { root: cwd, commit } = newRepository();
    commit({ 'other.json': before });
    write(cwd, { 'doc.json': before });
    expect(await outcome({ cwd, base: 'main', spec: ['doc.json'] })).toEqual([
      'revision main to documents the documents',
      expect.stringMatching(/^event-added event shop\/order-placed nowhere doc\.json:/),
      expect.stringMatching(/^product-added product shop nowhere doc\.json:/),
    ]);
    const { diagnostics } = await diff({ cwd, base: 'main', spec: ['doc.json'] });
    expect(diagnostics.map(({ code }) => code)).toEqual(['revision-empty']);
  });

  test('of another repository than the document', async () => {
    const { root: cwd, commit } = newRepository();
    commit({});
    const elsewhere = newFolder();
    write(elsewhere, { 'doc.json': before });
    expect(await outcome({ cwd, base: 'main', spec: [join(elsewhere, 'doc.json')] })).toEqual([
      expect.stringMatching(
        /^revision-outside: .*doc\.json is not in the repository that main is a revision of\.$/,
      ),
    ]);
  });

  test('where there is no repository', async () => {
    const cwd = newFolder();
    expect(await outcome({ cwd, base: 'main' })).toEqual([
      'version-unknown: main is neither a folder nor a file, and no revision: the working directory is in no git repository.',
    ]);
  });

  test('that a shallow clone does not hold', async () => {
    const origin = newRepository();
    origin.commit({ 'doc.json': before }, 'released');
    origin.commit({ 'doc.json': after });
    const clone = newRepository();
    clone.git('fetch', '--quiet', '--depth=1', `file://${origin.root}`, 'main');
    clone.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    expect(await outcome({ cwd: clone.root, base: 'released', spec: ['doc.json'] })).toEqual([
      'revision-shallow: released is neither a file nor a revision that this clone holds: it is a shallow one.',
    ]);
  });

  test('where there is no git', async () => {
    const { root: cwd, commit } = newRepository();
    commit({ 'doc.json': before });
    const path = process.env['PATH'];
    process.env['PATH'] = cwd;
    try {
      expect(await outcome({ cwd, base: 'main', spec: ['doc.json'] })).toEqual([
        'git-missing: There is no git to read a revision with.',
      ]);
    } finally {
      process.env['PATH'] = path;
    }
  });
});

test('what is accepted is reported with its reason, and what is accepted in vain is pointed out', async () => {
  const cwd = newFolder();
  write(cwd, { 'a.json': before, 'b.json': after });
  const { changes, unused } = await diff({
    cwd,
    base: 'a.json',
    head: 'b.json',
    accepted: [
      { rule: 'field-removed', subject: 'Order.paid', reason: 'Nobody reads it.' },
      { rule: 'field-removed', subject: 'Order.id', reason: 'Released long ago.' },
    ],
  });
  expect(changes.map(({ accepted }) => accepted)).toEqual(['Nobody reads it.']);
  expect(unused.map(({ subject }) => subject)).toEqual(['Order.id']);
});
