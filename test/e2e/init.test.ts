import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shop } from '../output/shop.js';
import { converse, endOfInput, enter, interrupt, type Turn } from './conversation.js';
import { filesBelow, newProject, readText, run, writeText } from './project.js';

const configuration = 'freshworks-gen.config.yaml';
const workflow = '.github/workflows/freshworks-gen.yml';

/** A repository with a document of its own; `files` are what is in it, without what is installed. */
function repository() {
  const project = newProject({ kit: false });
  execFileSync('git', ['init', '--quiet'], { cwd: project });
  mkdirSync(join(project, 'api'));
  writeText(shop, project, 'api/shop.asyncapi.yaml');
  const files = () =>
    Object.fromEntries([...filesBelow(project)].filter(([path]) => !/^(?:\.git|node_modules)\//.test(path)));
  return { project, files };
}

const folder: Turn = ['Folder of the kit [./src/events]', enter];
const documents: Turn = [
  'AsyncAPI documents, separated by commas; `shipped` for those that come with the program [./api/shop.asyncapi.yaml]',
  enter,
];
const products: Turn = ['Products, separated by commas, or all [all]', enter];
const adapters: Turn = ['Adapters (node, express, fastify, lambda, or none) [node]', enter];
const manager: Turn = ['Package manager (npm, pnpm, yarn, bun) [npm]', enter];
const write: Turn = ['Write this? [Y/n]', enter];

describe('at a terminal', () => {
  test('Enter takes what is in brackets', async (context) => {
    const { project, files } = repository();
    const before = files();
    const talk = await converse(project, ['init'], [folder, documents, products, adapters, manager, write]);
    if (talk === undefined) return context.skip('needs the command `script`');
    expect(talk.exitCode, talk.shown).toBe(0);
    expect(talk.shown).toContain('Found here: api/shop.asyncapi.yaml.');
    expect(Object.keys(files()).filter((path) => !(path in before))).toEqual([workflow, configuration]);
    expect(files()[configuration]).toMatch(/^out: \.\/src\/events\n$/m);
    expect(files()[configuration]).toMatch(/^spec:\n {2}- \.\/api\/shop\.asyncapi\.yaml$/m);
  });

  test('an answer that cannot be is asked for again, and the last one holds', async (context) => {
    const { project, files } = repository();
    const talk = await converse(
      project,
      ['init'],
      [
        [folder[0], `.${enter}`],
        ['That is no folder of its own.', ''],
        [folder[0], `hooks/freshworks${enter}`],
        [documents[0], `absent.yaml${enter}`],
        ['That names no file: ./absent.yaml.', ''],
        [documents[0], `shipped, api/shop.asyncapi.yaml${enter}`],
        [products[0], `shop, whatsapp${enter}`],
        [adapters[0], `none${enter}`],
        [manager[0], `cargo${enter}`],
        ['That is none of these.', ''],
        [manager[0], `pnpm${enter}`],
        [write[0], `maybe${enter}`],
        [write[0], `YES${enter}`],
      ],
    );
    if (talk === undefined) return context.skip('needs the command `script`');
    expect(talk.exitCode, talk.shown).toBe(0);
    expect(files()[configuration]).toBe(
      `# yaml-language-server: $schema=./node_modules/freshworks-gen/config.schema.json
# What \`freshworks-gen\` generates. Paths start at this file's folder.
out: ./hooks/freshworks

# In place of the documents that come with the program, which the word \`shipped\` keeps.
spec:
  - shipped
  - ./api/shop.asyncapi.yaml

products:
  - shop
  - whatsapp

adapters: []
`,
    );
    expect(files()[workflow]).toContain('pnpm install --frozen-lockfile');
    expect(run(project, ['generate'])).toMatchObject({ exitCode: 0 });
  });

  test('options answer questions beforehand', async (context) => {
    const { project, files } = repository();
    const args = 'init --out kit --spec api/shop.asyncapi.yaml --products shop --adapters node'.split(' ');
    const talk = await converse(project, [...args, '--package-manager', 'yarn'], [write]);
    if (talk === undefined) return context.skip('needs the command `script`');
    expect(talk.exitCode, talk.shown).toBe(0);
    expect(files()[configuration]).toContain('out: ./kit');
  });

  const ends: readonly [what: string, turns: readonly Turn[]][] = [
    ['Ctrl-C', [[folder[0], interrupt]]],
    ['Ctrl-C at the last question', [folder, documents, products, adapters, manager, [write[0], interrupt]]],
    ['the end of the input', [folder, [documents[0], endOfInput]]],
    ['no', [folder, documents, products, adapters, manager, [write[0], `n${enter}`]]],
  ];

  test.for(ends)('%s ends it, and nothing is written', async ([, turns], context) => {
    const { project, files } = repository();
    const before = files();
    const talk = await converse(project, ['init'], turns);
    if (talk === undefined) return context.skip('needs the command `script`');
    expect(talk).toMatchObject({ exitCode: 2, shown: expect.stringContaining('error init-cancelled: ') });
    expect(files()).toEqual(before);
  });

  test('what is there is replaced where the user says so, and asked about one by one', async (context) => {
    const { project, files } = repository();
    mkdirSync(join(project, '.github/workflows'), { recursive: true });
    writeText('name: mine\n', project, workflow);
    const replace = `Replace ${workflow}? [y/N]`;
    const asked = [folder, documents, products, adapters, manager, write];
    const kept = await converse(project, ['init'], [...asked, [replace, enter]]);
    if (kept === undefined) return context.skip('needs the command `script`');
    expect(kept.shown).toContain('warning init-left: ');
    expect(files()[workflow]).toBe('name: mine\n');
    const replaced = await converse(project, ['init'], [manager, [replace, `y${enter}`]]);
    expect(replaced?.exitCode, replaced?.shown).toBe(0);
    expect(files()[workflow]).toMatch(/^name: freshworks-gen$/m);
    const again = await converse(project, ['init'], [['All of it is there; nothing to do.', '']]);
    expect(again?.exitCode).toBe(0);
  });
});

test('a package.json that may not be written keeps all else from being written', () => {
  const { project, files } = repository();
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (isRoot) chownSync(project, 65_534, 65_534);
  chmodSync(join(project, 'package.json'), 0o444);
  const before = files();
  const { exitCode, stderr } = run(project, ['init', '--yes'], user);
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining('error init-io: Cannot write package.json: permission denied.'),
  ]);
  expect(files()).toEqual(before);
  expect(readText(project, 'package.json')).not.toContain('events');
});
