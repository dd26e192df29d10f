import { posix } from 'node:path';
import { uses } from './actions.js';
import type { KitPlace } from './answers.js';
import type { Manager } from './manager.js';

/** What a workflow is written for. Folders and paths are relative to the repository, with `/`; `.` is the repository. */
export interface WorkflowRequest {
  readonly manager: Manager;
  /** Whether a package.json says its version. */
  readonly isVersioned: boolean;
  /** The folder of that package.json. */
  readonly managerFolder: string;
  /** The folder of package.json. */
  readonly packageFolder: string;
  /** The folder of the lock file. */
  readonly lockFolder: string;
  readonly lock: string;
  /** The kits, their paths relative to the package. */
  readonly kits: readonly KitPlace[];
}

/** Where the workflow of a package goes, from the repository. Each package of a repository has one of its own. */
export function workflowPath(packageFolder: string): string {
  return `.github/workflows/freshworks-gen${suffix(packageFolder)}.yml`;
}

function suffix(packageFolder: string): string {
  return packageFolder === '.' ? '' : `-${packageFolder.replace(/[^\w.]+/g, '-')}`;
}

/** The text of the workflow that checks pull requests and comments what they change for the users of the kit. */
export function workflowText(request: WorkflowRequest): string {
  const { manager, packageFolder, lockFolder, kits } = request;
  const program = `${manager.exec} freshworks-gen`;
  const folders = kits.map(({ out }) => shellWord(out)).join(' ');
  const title = packageFolder === '.' ? '' : ` ${packageFolder.replace(/[^\w./]+/g, '-')}`;
  const lines = [
    '# Written by `freshworks-gen init`, and yours from then on.',
    `name: freshworks-gen${title}`,
    'on:',
    '  pull_request:',
    '    paths:',
    ...triggers(request).map((path) => `      - ${JSON.stringify(path)}`),
    '  workflow_dispatch:',
    'permissions: { contents: read }',
    `concurrency: { group: "freshworks-gen${suffix(packageFolder)}-\${{ github.ref }}", cancel-in-progress: true }`,
    'jobs:',
    '  # Runs what the pull request commits, so it may do nothing but read.',
    '  events:',
    '    runs-on: ubuntu-latest',
    '    outputs: { compared: "${{ steps.diff.outcome }}" }',
    '    defaults:',
    `      run: { shell: bash${packageFolder === '.' ? '' : `, working-directory: ${JSON.stringify(packageFolder)}`} }`,
    '    steps:',
    `      - ${uses('actions/checkout')}`,
    '        with: { fetch-depth: 0, persist-credentials: false }',
    ...setup(request),
    '      - id: install',
    `        run: ${manager.install}`,
    ...(lockFolder === packageFolder ? [] : [`        working-directory: ${JSON.stringify(lockFolder)}`]),
    '      - name: Compare the kit with its documents',
    '        id: check',
    `        run: ${program} check`,
    '      - name: Show what the kit should be',
    "        if: ${{ failure() && steps.check.outcome == 'failure' }}",
    '        run: |',
    `          ${program} generate --force`,
    `          git add --intent-to-add -- ${folders}`,
    `          git diff --text --no-ext-diff --no-textconv -- ${folders} > "$RUNNER_TEMP/kit.patch"`,
    '          # The patch quotes what the pull request commits: its fence is longer than any in it.',
    "          fence='~~~~~'",
    '          while grep -qF -- "$fence" "$RUNNER_TEMP/kit.patch"; do fence="$fence$fence"; done',
    '          {',
    '            printf \'### The kit is out of date\\n\\n`git apply` takes this patch.\\n\\n%sdiff\\n\' "$fence"',
    '            head -c 900000 "$RUNNER_TEMP/kit.patch"',
    '            printf \'\\n%s\\n\' "$fence"',
    '          } >> "$GITHUB_STEP_SUMMARY"',
    '      - name: Compare with the base of the pull request',
    '        id: diff',
    "        if: ${{ !cancelled() && steps.install.outcome == 'success' && github.event_name == 'pull_request' }}",
    '        run: |',
    `          ${program} diff "git:refs/remotes/origin/$GITHUB_BASE_REF" --format markdown --fail-on none > "$RUNNER_TEMP/diff.md"`,
    '          cat "$RUNNER_TEMP/diff.md" >> "$GITHUB_STEP_SUMMARY"',
    `      - ${uses('actions/upload-artifact')}`,
    "        if: ${{ !cancelled() && steps.diff.outcome == 'success' }}",
    '        with: { name: diff, path: "${{ runner.temp }}/diff.md", retention-days: 1, overwrite: true }',
    '      # Exit code 5 where a change breaks what uses the kit; `diff.failOn` of the configuration says what counts.',
    '      - name: Fail on breaking changes',
    "        if: ${{ !cancelled() && steps.diff.outcome == 'success' }}",
    `        run: ${program} diff "git:refs/remotes/origin/$GITHUB_BASE_REF"`,
    '  # May comment, so it runs nothing of the pull request.',
    '  comment:',
    '    needs: events',
    "    # The token of a fork's pull request may not comment: there, the summary is all there is.",
    "    if: ${{ !cancelled() && needs.events.outputs.compared == 'success' && github.event.pull_request.head.repo.full_name == github.repository }}",
    '    runs-on: ubuntu-latest',
    '    permissions: { pull-requests: write }',
    '    steps:',
    `      - ${uses('actions/download-artifact')}`,
    '        with: { name: diff, path: "${{ runner.temp }}" }',
    '      - name: Comment on the pull request',
    '        env:',
    '          GH_TOKEN: ${{ github.token }}',
    '          NUMBER: ${{ github.event.pull_request.number }}',
    '        shell: bash',
    '        run: |',
    `          marker='<!-- freshworks-gen diff${title} -->'`,
    '          { echo "$marker"; tail -n +2 "$RUNNER_TEMP/diff.md"; } > "$RUNNER_TEMP/comment.md"',
    '          issues="repos/$GITHUB_REPOSITORY/issues"',
    '          mine=".[] | select(.user.login == \\"github-actions[bot]\\" and (.body | startswith(\\"$marker\\"))) | .id"',
    '          earlier=$(gh api --paginate "$issues/$NUMBER/comments" --jq "$mine" | sed -n 1p)',
    '          if [ -n "$earlier" ]; then',
    '            gh api --silent --method PATCH "$issues/comments/$earlier" -F body=@"$RUNNER_TEMP/comment.md"',
    '          else',
    '            gh api --silent --method POST "$issues/$NUMBER/comments" -F body=@"$RUNNER_TEMP/comment.md"',
    '          fi',
  ];
  return `${lines.join('\n')}\n`;
}

/** What a kit is made of and laid out by. */
function triggers({ packageFolder, lockFolder, lock, kits }: WorkflowRequest): readonly string[] {
  const fromPackage = (path: string) => posix.join(packageFolder, path);
  const beside = (folder: string, pattern: string) => posix.join(literally(folder), pattern);
  const all = [
    ...kits.flatMap(({ inputs }) => inputs).map((path) => withNeighbours(fromPackage(path))),
    ...kits.map(({ out }) => `${literally(fromPackage(out))}/**`),
    beside(packageFolder, 'freshworks-gen.config.*'),
    workflowPath(packageFolder),
    beside(packageFolder, 'package.json'),
    beside(lockFolder, lock),
    // What lays the kit out.
    '**/tsconfig*.json',
    '**/.prettierrc*',
    '**/.editorconfig',
  ];
  return [...new Set(all)].filter((path) => !path.startsWith('../'));
}

/** A document may refer to any file beside it and below. */
function withNeighbours(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? literally(path) : `${literally(folder)}/**`;
}

/** A path as a filter that takes it alone. */
function literally(path: string): string {
  return path.replace(/[\\*?+[\]!]/g, '\\$&');
}

function setup({ manager, isVersioned, managerFolder }: WorkflowRequest): readonly string[] {
  const node = [`      - ${uses('actions/setup-node')}`, '        with: { node-version: 24 }'];
  switch (manager.name) {
    case 'npm':
      return node;
    case 'pnpm': {
      const from = isVersioned
        ? `package_json_file: ${JSON.stringify(posix.join(managerFolder, 'package.json'))}`
        : 'version: 10';
      return [`      - ${uses('pnpm/action-setup')}`, `        with: { ${from} }`, ...node];
    }
    case 'yarn':
      return [...node, '      - run: corepack enable'];
    case 'bun':
      return [`      - ${uses('oven-sh/setup-bun')}`, ...node];
  }
}

/** A path as a shell takes it, whatever it is made of. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
