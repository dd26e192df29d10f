import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { shop, shopWithoutReturns, shopWithRefunds } from '../output/shop.js';
import { github, type PullRequest } from './actions.js';
import { run, writeText } from './project.js';

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
  git(project, 'commit', '--quiet', '--message', 'Change the document');
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

  test('quotes what is committed in a fence that nothing in it ends', () => {
    const project = branch(shopWithRefunds, { regenerate: false });
    const handlers = join(project, 'src/events/handlers/shop.ts');
    writeText(
      `${readFileSync(handlers, 'utf8')}/*\n~~~~~\n<img src=x>\n~~~~~~~~~~~~\n# Ours\n*/\n`,
      project,
      'src/events/handlers/shop.ts',
    );
    git(project, 'commit', '--quiet', '--all', '--message', 'Write a fence');
    const { summary } = github().run(project, workflow, request);
    const [, fence = ''] = /^(~+)diff$/m.exec(summary) ?? [];
    expect(fence.length).toBeGreaterThan(12);
    expect(summary.split('\n').filter((line) => line.startsWith(fence))).toEqual([`${fence}diff`, fence]);
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
