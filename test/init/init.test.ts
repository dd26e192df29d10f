import { chmodSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configure } from '../../src/app/configure.js';
import { runIn } from '../cli/command.js';
import { shop } from '../output/shop.js';
import { put, snapshot } from '../output/tree.js';
import type { Files } from '../output/project.js';
import { init, packageJson, repository } from './project.js';

const configuration = 'freshworks-gen.config.yaml';
const workflow = '.github/workflows/freshworks-gen.yml';

describe('what a project gets', () => {
  const all = [`*new ${configuration}`, '*amended package.json', `*new ${workflow}`];
  const rows: readonly [what: string, files: Files, options: string, plan: readonly string[]][] = [
    ['a package with nothing', {}, '--yes', all],
    ['no workflow, where none is wanted', {}, '--yes --no-workflow', all.slice(0, 2)],
    [
      'no second configuration of another kind',
      { 'freshworks-gen.config.json': '{ "out": "./kit" }' },
      '--yes',
      ['there freshworks-gen.config.json', ...all.slice(1)],
    ],
    [
      'no scripts in place of its own',
      { 'package.json': '{ "scripts": { "events": "a", "events:check": "b" } }' },
      '--yes',
      [all[0]!, 'there package.json', all[2]!],
    ],
    [
      'a workflow of its own stays',
      { [workflow]: 'name: mine\n' },
      '--yes',
      [...all.slice(0, 2), `differs ${workflow}`],
    ],
    ['only a plan, where it asks for that', {}, '--dry-run', all.map((each) => each.slice(1))],
  ];

  test.each(rows)('%s', async (_, files, options, plan) => {
    const outcome = await init(repository({ 'package.json': packageJson, ...files }), options);
    expect(outcome).toMatchObject({ exitCode: 0, plan });
    const written = plan.filter((each) => each.startsWith('*')).map((each) => each.split(' ')[1]);
    expect(outcome.changes.map((each) => each.slice(2))).toEqual(written.sort());
  });

  test('a second run finds all of it and touches nothing', async () => {
    const folder = repository({ 'package.json': packageJson, 'yarn.lock': '# yarn lockfile v1\n' });
    await init(folder);
    const again = await init(folder);
    expect(again.plan).toEqual([`there ${configuration}`, 'there package.json', `there ${workflow}`]);
    expect([again.changes, again.codes, again.document.packageManager]).toEqual([[], [], 'yarn']);
    const { stderr } = await runIn(folder, ['init', '--yes']);
    expect(stderr).toContain('All of it is there; nothing to do.');
  });

  test('a second run after a checkout with CRLF finds all of it', async () => {
    const folder = repository({ 'package.json': packageJson });
    const { files } = await init(folder, '--yes --package-manager bun');
    const crlf = files[workflow]!.replaceAll('\n', '\r\n');
    const checkedOut = repository({ ...files, [workflow]: crlf });
    expect((await init(checkedOut)).plan.at(-1)).toBe(`there ${workflow}`);
  });
});

/** What is given to `init`, paths from the package. */
interface Given {
  readonly out?: string;
  readonly spec?: readonly string[];
  readonly adapters?: readonly string[];
}

describe('the configuration', () => {
  const rows: readonly [options: string, given: Given][] = [
    ['', {}],
    ['--out kit', { out: 'kit' }],
    ['--out ./src/../kit/', { out: 'kit' }],
    ['--out ../kit', { out: '../kit' }],
    ['--spec api/shop.yaml', { spec: ['api/shop.yaml'] }],
    ['--spec api/shop.yaml --spec ./more:#1.yaml', { spec: ['api/shop.yaml', 'more:#1.yaml'] }],
    ['--adapters none', { adapters: [] }],
    ['--adapters node', {}],
    ['--adapters lambda,express', { adapters: ['lambda', 'express'] }],
  ];

  test.each(rows)('of `init --yes %s` is what `generate` reads', async (options, given) => {
    const folder = repository({
      'app/package.json': packageJson,
      'app/api/shop.yaml': shop,
      'app/more:#1.yaml': shop,
    });
    const app = join(folder, 'app');
    const { exitCode } = await init(folder, `--yes ${options}`, 'app');
    expect(exitCode).toBe(0);
    const { kits } = await configure({}, app);
    expect(kits.map(({ options: { out, spec, adapters } }) => ({ out, spec, adapters }))).toEqual([
      {
        out: join(app, given.out ?? 'src/events'),
        spec: given.spec?.map((path) => join(app, path)),
        adapters: given.adapters,
      },
    ]);
  });

  test('names the schema that is in the package, for editors', async () => {
    const { files } = await init(repository({ 'package.json': packageJson }));
    expect(files[configuration]!.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./node_modules/freshworks-gen/config.schema.json',
    );
  });
});

describe('the package manager', () => {
  const rows: readonly [what: string, files: Files, manager: string, install: string][] = [
    ['nobody says', {}, 'npm', 'npm install --save-dev freshworks-gen'],
    ['a lock file says', { 'pnpm-lock.yaml': '' }, 'pnpm', 'pnpm add --save-dev freshworks-gen'],
    ['a binary lock file says', { 'bun.lockb': '' }, 'bun', 'bun add --dev freshworks-gen'],
    [
      'package.json and a lock file disagree about',
      { 'package.json': '{ "packageManager": "yarn@4.1.0" }', 'package-lock.json': '{}' },
      'yarn',
      'yarn add --dev freshworks-gen',
    ],
    [
      'package.json has an odd word for',
      { 'package.json': '{ "packageManager": "cargo@1" }', 'bun.lock': '' },
      'bun',
      'bun add --dev freshworks-gen',
    ],
    ['a workspace says', { '../pnpm-lock.yaml': '' }, 'pnpm', 'pnpm add --save-dev freshworks-gen'],
    [
      'the package.json of a workspace says',
      { '../package.json': '{ "packageManager": "bun@1.3.0" }' },
      'bun',
      'bun add --dev freshworks-gen',
    ],
    [
      'a workspace whose package.json is broken says',
      { '../package.json': '{', '../yarn.lock': '' },
      'yarn',
      'yarn add --dev freshworks-gen',
    ],
  ];

  test.each(rows)('that %s', async (_, files, packageManager, install) => {
    const below = Object.fromEntries(
      Object.entries({ 'package.json': '{}', ...files }).map(([path, text]) => [join('app', path), text]),
    );
    const { document } = await init(repository(below), '--yes', 'app');
    expect(document).toMatchObject({ packageManager, install });
  });

  test('is not looked for above the repository', async () => {
    const folder = repository({ 'yarn.lock': '', 'app/.git/HEAD': '', 'app/package.json': '{}' });
    expect((await init(folder, '--yes', 'app')).document.packageManager).toBe('npm');
  });

  test('need not install what package.json asks for already', async () => {
    expect((await init(repository({ 'package.json': packageJson }))).document.install).toBeNull();
  });
});

describe('a finding', () => {
  const rows: readonly [
    code: string,
    exitCode: number,
    what: string,
    files: Files,
    options?: string,
    prepare?: (folder: string) => void,
  ][] = [
    ['init-needs-answers', 2, 'nobody to ask', {}, ''],
    ['init-package-missing', 2, 'no package.json', {}],
    ['init-package-invalid', 2, 'a package.json that is none', { 'package.json': '[]' }],
    ['init-answer', 2, 'a kit in the place of the package', {}, '--yes --out .'],
    ['init-answer', 2, 'a kit in the place of a folder above', {}, '--yes --out ../..'],
    ['init-answer', 2, 'a document that is not there', {}, '--yes --spec absent.yaml'],
    ['init-answer', 2, 'an adapter that is not known', {}, '--yes --adapters deno'],
    ['init-path', 2, 'an expression as a path', {}, '--yes --out src/${{secrets.A}}'],
    ['init-left', 0, 'a workflow that stays', { [workflow]: 'on: push\n' }],
    ['init-script-taken', 0, 'a script that stays', { 'package.json': '{ "scripts": { "events": "a" } }' }],
    [
      'init-repository-missing',
      0,
      'no repository for the workflow',
      {},
      '--yes',
      (folder) => rmSync(join(folder, '.git'), { recursive: true }),
    ],
    ['init-option-idle', 0, 'an option too late', { [configuration]: 'out: ./kit\n' }, '--yes --out ./other'],
    ['config-invalid', 2, 'a configuration that is none', { [configuration]: '- out\n' }],
    [
      'init-obstacle',
      2,
      'a link in the place of package.json',
      { 'real.json': packageJson },
      '--yes',
      (folder) => symlinkSync('real.json', join(folder, 'package.json')),
    ],
    [
      'init-obstacle',
      2,
      'a link in the place of a folder',
      { 'elsewhere/a': '' },
      '--yes',
      (folder) => symlinkSync('elsewhere', join(folder, '.github')),
    ],
    [
      'init-obstacle',
      2,
      'a link to nowhere in the place of the workflow',
      { '.github/workflows/a.yml': '' },
      '--yes',
      (folder) => symlinkSync('/nowhere', join(folder, workflow)),
    ],
    [
      'init-obstacle',
      2,
      'a folder in the place of the workflow',
      {},
      '--yes',
      (folder) => put(folder, { [`${workflow}/a`]: '' }),
    ],
    ['init-obstacle', 2, 'a file in the place of a folder', { '.github': 'mine' }],
  ];

  test.each(rows)('`%s`, exit code %i: %s', async (code, exitCode, what, files, options, prepare) => {
    const isMissing = what === 'no package.json';
    const own =
      code === 'init-obstacle' && what.endsWith('package.json') ? {} : { 'package.json': packageJson };
    const folder = repository(isMissing ? {} : { ...own, ...files }, prepare);
    const outcome = await init(folder, options);
    expect([outcome.codes, outcome.exitCode]).toEqual([[code], exitCode]);
    if (exitCode !== 0) expect(outcome.changes).toEqual([]);
  });

  test('about a link does not keep a project from what does not need it', async () => {
    const folder = repository({ 'package.json': packageJson, 'elsewhere/a': '' }, (root) =>
      symlinkSync('elsewhere', join(root, '.github')),
    );
    expect(await init(folder, '--yes --no-workflow')).toMatchObject({ exitCode: 0, codes: [] });
  });

  test('a configuration that is a link is one', async () => {
    const folder = repository({ 'package.json': packageJson, 'real.yaml': 'out: ./kit\n' }, (root) =>
      symlinkSync('real.yaml', join(root, configuration)),
    );
    expect((await init(folder)).plan[0]).toBe(`there ${configuration}`);
  });

  test('package.json is written with the mode that it had', async () => {
    const folder = repository({ 'package.json': packageJson }, (root) =>
      chmodSync(join(root, 'package.json'), 0o640),
    );
    await init(folder);
    expect(statSync(join(folder, 'package.json')).mode & 0o777).toBe(0o640);
    expect(Object.keys(snapshot(folder)).filter((path) => path.endsWith('.tmp'))).toEqual([]);
  });
});

test('--dry-run prints what would be written as a diff', async () => {
  const folder = repository({ 'package.json': packageJson });
  const { stdout, stderr, exitCode } = await runIn(folder, ['init', '--dry-run']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('--- a/package.json\n+++ b/package.json\n');
  expect(stdout).toMatch(/^\+ {4}"events": "freshworks-gen generate",$/m);
  expect(stdout).toMatch(/^\+out: \.\/src\/events$/m);
  expect(stderr).toMatch(/^ {2}\+ new +freshworks-gen\.config\.yaml$/m);
});

test('the plan names the lines that package.json gets, and what comes next', async () => {
  const folder = repository({ 'package.json': '{}\n' });
  const { stderr } = await runIn(folder, ['init', '--yes']);
  expect(stderr.split('\n')).toEqual([
    '  + new       freshworks-gen.config.yaml',
    '  ~ added to  package.json',
    '               "events": "freshworks-gen generate"',
    '               "events:check": "freshworks-gen check"',
    '  + new       .github/workflows/freshworks-gen.yml',
    'Wrote freshworks-gen.config.yaml, package.json, .github/workflows/freshworks-gen.yml.',
    'Next: `npm install --save-dev freshworks-gen`, then `npm run events`; commit what it writes.',
    '',
  ]);
});
