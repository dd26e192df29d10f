import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { shop, shopWithoutReturns, shopWithRefunds } from '../output/shop.js';
import { github, type PullRequest } from './actions.js';
import { readText, run, writeText } from './project.js';

const workflow = '.github/workflows/freshworks-gen.yml';
const request: PullRequest = {
  base: 'main',
  number: 7,
  repository: 'shop/hooks',
  headRepository: 'shop/hooks',
};

/** A clone whose main branch has a kit, and the workflow that `init` has written. */
let made: string;

const git = (project: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: project,
    encoding: 'utf8',
  });

beforeAll(() => {
  const folder = mkdtempSync(join(inject('workplace'), 'project-'));
  const first = inject('firstProject');
  for (const name of ['package.json', 'package-lock.json', 'node_modules'])
    cpSync(join(first, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(folder, 'api'));
  writeText(shop, folder, 'api/shop.yaml');
  writeText('node_modules\n', folder, '.gitignore');
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  expect(run(folder, ['init', '--yes', '--spec', 'api/shop.yaml'])).toMatchObject({ exitCode: 0 });
  execFileSync('npm', ['run', '--silent', 'events'], { cwd: folder, stdio: 'ignore' });
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'Receive events');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');
  made = folder;
});

/** A branch of that clone, in a folder of its own, with another document. */
function branch(document: string, { regenerate }: { readonly regenerate: boolean }): string {
  const project = mkdtempSync(join(inject('workplace'), 'project-'));
  cpSync(made, project, { recursive: true, verbatimSymlinks: true });
  git(project, 'checkout', '--quiet', '-b', 'change');
  push(project, document, { regenerate });
  return project;
}

/** Commits another document, as a push to the branch does. */
function push(project: string, document: string, { regenerate }: { readonly regenerate: boolean }): void {
  writeText(document, project, 'api/shop.yaml');
  if (regenerate) expect(run(project, ['generate'])).toMatchObject({ exitCode: 0 });
  git(project, 'add', '.');
  git(project, 'commit', '--quiet', '--allow-empty', '--message', 'Change the document');
}

describe('a kit that is out of date', () => {
  test('fails the job, is annotated, and the patch in the summary mends it', () => {
    const project = branch(shopWithRefunds, { regenerate: false });
    const { failed, outcomes, log, summary } = github().run(project, workflow, request);
    expect(failed).toBe(true);
    expect(outcomes, log).toMatchObject({
      install: 'success',
      check: 'failure',
      'Show what the kit should be': 'success',
    });
    expect(log).toMatch(/^::error .*file=src\/events\/events\.ts/m);
    const [, patch = ''] = /^~~~~~diff\n(.*)\n~~~~~$/ms.exec(summary) ?? [];
    git(project, 'reset', '--quiet', '--hard');
    const applied = spawnSync('git', ['apply'], { cwd: project, input: patch, encoding: 'utf8' });
    expect([applied.status, applied.stderr]).toEqual([0, '']);
    expect(run(project, ['check'])).toMatchObject({ exitCode: 0 });
  });

  test('also where it was edited by hand', () => {
    const project = branch(shop.replace('A customer', 'Somebody'), { regenerate: true });
    writeText('// mine\n', project, 'src/events/events.ts');
    const { outcomes, summary } = github().run(project, workflow, request);
    expect(outcomes).toMatchObject({ check: 'failure', 'Show what the kit should be': 'success' });
    expect(summary).toContain('### The kit is out of date');
  });

  test('leaves a document that is rejected to be mended first', () => {
    const project = branch('asyncapi: 2.6.0\n', { regenerate: false });
    const { failed, outcomes, log } = github().run(project, workflow, request);
    expect([failed, outcomes['check']]).toEqual([true, 'failure']);
    expect(log).toMatch(/^::error .*file=api\/shop\.yaml/m);
  });
});

/** What `diff` prints for a branch. */
function printed(project: string): string {
  return run(project, ['diff', 'origin/main', '--format', 'markdown', '--fail-on', 'none']).stdout;
}

const marker = '<!-- freshworks-gen diff -->';

describe('a kit that is up to date', () => {
  test('passes, and the comment is what `diff` prints; the next push edits it', (context) => {
    if (spawnSync('jq', ['--version']).error) return context.skip('needs the command `jq`');
    const project = branch(shopWithRefunds, { regenerate: true });
    const { comments, run: runWorkflow } = github();
    const first = runWorkflow(project, workflow, request);
    expect(first.failed, first.log).toBe(false);
    expect(comments()).toEqual([{ id: 1, user: { login: 'github-actions[bot]' }, body: printed(project) }]);
    push(project, shopWithRefunds.replace('A customer', 'Somebody'), { regenerate: true });
    push(
      project,
      shopWithRefunds.replace('id: { type: string }', 'id: { type: string }, note: { type: string }'),
      { regenerate: true },
    );
    const second = runWorkflow(project, workflow, request);
    expect(second.failed, second.log).toBe(false);
    expect(comments().map(({ id, body }) => [id, body])).toEqual([[1, printed(project)]]);
    expect(printed(project)).toContain('note');
  });

  test('comments beside somebody else who wrote the marker', (context) => {
    if (spawnSync('jq', ['--version']).error) return context.skip('needs the command `jq`');
    const { comment, comments, run: runWorkflow } = github();
    comment('somebody', `${marker}\nmine`);
    runWorkflow(branch(shopWithRefunds, { regenerate: true }), workflow, request);
    expect(comments().map(({ user: { login } }) => login)).toEqual(['somebody', 'github-actions[bot]']);
    expect(comments()[0]?.body).toBe(`${marker}\nmine`);
  });

  test("of a fork's pull request is told of in the summary", () => {
    const project = branch(shopWithRefunds, { regenerate: true });
    const { comments, run: runWorkflow } = github();
    const { failed, summary, log } = runWorkflow(project, workflow, {
      ...request,
      headRepository: 'fork/hooks',
    });
    expect(failed, log).toBe(false);
    expect(summary).toContain(printed(project));
    expect(comments()).toEqual([]);
  });

  test('fails the job where a change breaks what uses it, after the comment', (context) => {
    if (spawnSync('jq', ['--version']).error) return context.skip('needs the command `jq`');
    const project = branch(shopWithoutReturns, { regenerate: true });
    const { comments, run: runWorkflow } = github();
    const { failed, outcomes, log } = runWorkflow(project, workflow, request);
    expect(outcomes, log).toMatchObject({ check: 'success', 'Fail on breaking changes': 'failure' });
    expect(failed).toBe(true);
    expect(comments()).toHaveLength(1);
  });
});

/** The kit of the base branch, and a document in which it breaks. */
const breaking = { document: shopWithoutReturns, regenerate: true };
const outdated = { document: shopWithRefunds, regenerate: false };
const program = (text: string) => ({
  'freshworks-gen.config.yaml': undefined,
  'freshworks-gen.config.mjs': `${text}\nexport default { out: './src/events', spec: './api/shop.yaml' };\n`,
});
const long = 'a long line of what somebody has written\n'.repeat(30_000);

interface Hostile {
  readonly what: string;
  readonly change: typeof breaking;
  /** What else the pull request commits. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly git?: readonly string[];
  /** Steps that have to fail. */
  readonly fails: readonly string[];
}

const hostile: readonly Hostile[] = [
  {
    what: 'files called like the base',
    change: breaking,
    files: Object.fromEntries(
      ['origin/main', 'refs/remotes/origin/main', 'git:refs/remotes/origin/main', 'main'].map((name) => [
        name,
        shopWithoutReturns,
      ]),
    ),
    fails: ['Fail on breaking changes'],
  },
  {
    what: 'a kit called like the base',
    change: breaking,
    files: { 'origin/main/.freshworks-gen.json': '{ "manifest": 1 }' },
    fails: ['Fail on breaking changes'],
  },
  {
    what: 'a tag called like the base',
    change: breaking,
    git: ['tag', 'origin/main'],
    fails: ['Fail on breaking changes'],
  },
  {
    what: 'a branch called like the base',
    change: breaking,
    git: ['branch', 'refs/remotes/origin/main'],
    fails: ['diff'],
  },
  {
    what: 'a configuration that ends the process',
    change: outdated,
    files: program('process.exit(0);'),
    fails: ['check', 'diff'],
  },
  {
    what: 'a configuration that ends the process later',
    change: breaking,
    files: program('process.exitCode = 0; setTimeout(() => process.exit(0), 1);'),
    fails: [],
  },
  {
    what: 'a second configuration',
    change: breaking,
    files: { 'freshworks-gen.config.json': '{ "out": "./elsewhere" }' },
    fails: ['check', 'diff'],
  },
  {
    what: 'a configuration without the kit',
    change: { document: shop, regenerate: false },
    files: { 'freshworks-gen.config.yaml': 'out: ./src/other\nspec: ./api/shop.yaml\n' },
    fails: ['check'],
  },
  {
    what: 'a module that shadows another',
    change: { document: shop, regenerate: false },
    files: { 'src/events/runtime/signatures.js': 'export const basicAuth = () => () => true;\n' },
    fails: ['check'],
  },
];

describe('what a pull request commits ends no run well', () => {
  test.each(hostile)('$what', ({ change: { document, regenerate }, files = {}, git: more, fails }) => {
    const project = branch(document, { regenerate });
    commit(project, files);
    if (more) git(project, ...more);
    const { failed, outcomes, log } = github().run(project, workflow, request);
    expect(failed, log).toBe(true);
    expect(outcomes, log).toMatchObject(Object.fromEntries(fails.map((step) => [step, 'failure'])));
  });
});

describe('what a pull request commits stays in the fence of the summary', () => {
  test.each<[what: string, text: string, attributes: string]>([
    ['fences', '```\n</details>\n~~~~~~~~~~~~\n# Ours\n~~~~~\n', ''],
    ['fences behind blanks', '# Ours\n  ~~~~~~\n ~~~~~~~~\n', ''],
    ['more than a summary can take', `~~~~~\n${long}~~~~~\n`, ''],
    ['attributes that hide it', '~~~~~\n', '* -diff\n*.ts binary\n'],
  ])('%s', (_, text, attributes) => {
    const project = branch(shopWithRefunds, { regenerate: false });
    // What was edited by hand is taken out; around the stub that a handler file gains, all stays.
    const edited = ['src/events/events.ts', 'src/events/handlers/shop.ts'].map(
      (path) => [path, `${readText(project, path)}/*\n${text}*/\n`] as const,
    );
    commit(project, { ...Object.fromEntries(edited), '.gitattributes': attributes });
    const { outcomes, summary, log } = github().run(project, workflow, request);
    expect(outcomes, log).toMatchObject({ 'Show what the kit should be': 'success' });
    const [, fence = ''] = /^(~+)diff$/m.exec(summary) ?? [];
    const [before, patch = '', after] = summary.split(new RegExp(`^ {0,3}${fence}.*$`, 'm'));
    expect(before).toContain('### The kit is out of date');
    expect(patch).toContain('~~~~~');
    expect(patch).toContain('events.ts');
    expect(after).not.toContain('Ours');
    expect(summary.length).toBeLessThan(2 ** 20);
  });
});

/** Commits files on a branch: undefined removes one. */
function commit(project: string, files: Readonly<Record<string, string | undefined>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    if (text === undefined) rmSync(join(project, path));
    else writeText(text, project, path);
  }
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '--allow-empty', '--message', 'Commit more');
}
