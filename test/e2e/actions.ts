import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { inject } from 'vitest';
import { parse } from 'yaml';
import { cacheHome, readText } from './project.js';

/** The pull request that a workflow runs for. */
export interface PullRequest {
  readonly base: string;
  readonly number: number;
  readonly repository: string;
  readonly headRepository: string;
}

/** What a run of a workflow came to. */
export interface WorkflowRun {
  readonly failed: boolean;
  /** How each step went that is a script, by its id or name. */
  readonly outcomes: Readonly<Record<string, 'success' | 'failure' | 'skipped'>>;
  readonly log: string;
  readonly summary: string;
}

/** A comment on the pull request. */
export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** GitHub as far as a workflow sees it: the runner's environment, artifacts, and comments behind `gh`. */
export function github() {
  const folder = mkdtempSync(join(inject('workplace'), 'github-'));
  const comments = join(folder, 'comments.json');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/gh'), `#!${process.execPath}\n${gh}`);
  chmodSync(join(folder, 'bin/gh'), 0o755);
  writeFileSync(comments, '[]');

  return {
    comments: () => JSON.parse(readText(comments)) as readonly Comment[],
    /** A comment of somebody who is not the workflow. */
    comment: (login: string, body: string) =>
      writeFileSync(comments, JSON.stringify([{ id: 1, user: { login }, body }])),
    /** Runs the jobs of a workflow in their order, their scripts as the runner does. */
    run(project: string, path: string, request: PullRequest): WorkflowRun {
      const { jobs } = parse(readText(project, path)) as { jobs: Record<string, Job> };
      const here = mkdtempSync(join(folder, 'run-'));
      const facts = factsOf(request);
      const outcomes: Record<string, 'success' | 'failure' | 'skipped'> = {};
      let [anyFailed, log, summary] = [false, '', ''];
      for (const [name, job] of Object.entries(jobs)) {
        if (job.if !== undefined && !holds(job.if, anyFailed, facts)) {
          outcomes[name] = 'skipped';
          continue;
        }
        const scratch = mkdtempSync(join(here, 'job-'));
        const isCheckedOut = job.steps.some(({ uses }) => uses?.startsWith('actions/checkout@'));
        facts.set('runner.temp', scratch);
        let failed = false;
        for (const step of job.steps) {
          const { id, name, run, uses = '', env = {}, if: condition = 'success()' } = step;
          const key = id ?? name ?? run ?? uses;
          if (!holds(condition, failed, facts)) {
            outcomes[key] = 'skipped';
            continue;
          }
          if (run === undefined) {
            transfer(step, join(here, 'artifacts'), facts);
            continue;
          }
          const script = join(scratch, 'script.sh');
          writeFileSync(script, run);
          const { status, stdout, stderr } = spawnSync(
            'bash',
            ['--noprofile', '--norc', '-eo', 'pipefail', script],
            {
              cwd: isCheckedOut ? project : scratch,
              encoding: 'utf8',
              env: {
                ...process.env,
                PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
                XDG_CACHE_HOME: cacheHome,
                NO_COLOR: '1',
                npm_config_offline: 'true',
                GITHUB_ACTIONS: 'true',
                GITHUB_BASE_REF: request.base,
                GITHUB_REPOSITORY: request.repository,
                GITHUB_STEP_SUMMARY: join(scratch, 'summary.md'),
                RUNNER_TEMP: scratch,
                COMMENTS: comments,
                ...Object.fromEntries(
                  Object.entries(env).map(([key, text]) => [key, evaluated(text, facts)]),
                ),
              },
            },
          );
          const outcome = status === 0 ? 'success' : 'failure';
          outcomes[key] = outcome;
          if (id !== undefined) facts.set(`steps.${id}.outcome`, outcome);
          failed ||= status !== 0;
          log += `$ ${key}\n${stdout}${stderr}`;
        }
        for (const [output, text] of Object.entries(job.outputs ?? {}))
          facts.set(`needs.${name}.outputs.${output}`, evaluated(text, facts));
        if (existsSync(join(scratch, 'summary.md'))) summary += readText(scratch, 'summary.md');
        anyFailed ||= failed;
      }
      return { failed: anyFailed, outcomes, log, summary };
    },
  };
}

/** What expressions can ask for. */
function factsOf({ number, repository, headRepository }: PullRequest): Map<string, string> {
  return new Map([
    ['github.token', 'token'],
    ['github.repository', repository],
    ['github.event_name', 'pull_request'],
    ['github.event.pull_request.number', String(number)],
    ['github.event.pull_request.head.repo.full_name', headRepository],
  ]);
}

/** What an action does for a workflow: artifacts are files that jobs hand on. */
function transfer(
  { uses = '', with: inputs = {} }: Step,
  artifacts: string,
  facts: ReadonlyMap<string, string>,
): void {
  const [name, path] = [inputs['name'], inputs['path']].map((text) => evaluated(String(text), facts));
  const artifact = join(artifacts, name ?? '');
  if (uses.startsWith('actions/upload-artifact@'))
    cpSync(path ?? '', join(artifact, basename(path ?? '')), { recursive: true });
  else if (uses.startsWith('actions/download-artifact@')) cpSync(artifact, path ?? '', { recursive: true });
}

/** A condition: parts that all have to hold. Without a word about the job's state it asks for success. */
function holds(condition: string, failed: boolean, facts: ReadonlyMap<string, string>): boolean {
  const parts = condition.replace(/^\$\{\{ | \}\}$/g, '').split(' && ');
  const ownState = parts.some((part) => /^!?(?:success|failure|cancelled|always)\(\)$/.test(part));
  const valueOf = (word: string) => /^'(.*)'$/.exec(word)?.[1] ?? facts.get(word);
  return (
    (ownState || !failed) &&
    parts.every((part) => {
      const [, left, right] = /^([\w.]+) == ([\w.]+|'\w+')$/.exec(part) ?? [];
      if (left !== undefined && right !== undefined) return valueOf(left) === valueOf(right);
      switch (part) {
        case 'success()':
          return !failed;
        case 'failure()':
          return failed;
        case '!cancelled()':
          return true;
        default:
          throw new Error(`a condition that this runner does not know: ${part}`);
      }
    })
  );
}

function evaluated(text: string, facts: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = facts.get(expression) ?? (/^steps\.\w+\.outcome$/.test(expression) ? 'skipped' : undefined);
    if (value === undefined) throw new Error(`an expression that this runner does not know: ${expression}`);
    return value;
  });
}

/** The part of `gh api` that deals with the comments of one pull request; `jq` reads the filters. */
const gh = `
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const [api, ...args] = process.argv.slice(2);
if (api !== 'api' || process.env.GH_TOKEN !== 'token') process.exit(4);
const after = (flag) => (args.includes(flag) ? args.splice(args.indexOf(flag), 2)[1] : undefined);
const [method = 'GET', filter, field] = [after('--method'), after('--jq'), after('-F')];
const [path] = args.filter((arg) => !arg.startsWith('--'));
const file = process.env.COMMENTS;
const comments = JSON.parse(readFileSync(file, 'utf8'));
const body = () => readFileSync(field.replace('body=@', ''), 'utf8');
const all = /^repos\\/shop\\/hooks\\/issues\\/7\\/comments$/.test(path);
const one = /^repos\\/shop\\/hooks\\/issues\\/comments\\/(\\d+)$/.exec(path);
const bot = { login: 'github-actions[bot]' };
if (method === 'GET' && all)
  process.stdout.write(execFileSync('jq', ['-r', filter], { input: JSON.stringify(comments) }));
else if (method === 'POST' && all)
  writeFileSync(file, JSON.stringify([...comments, { id: comments.length + 1, user: bot, body: body() }]));
else if (method === 'PATCH' && one)
  writeFileSync(
    file,
    JSON.stringify(comments.map((each) => (String(each.id) === one[1] ? { ...each, body: body() } : each))),
  );
else process.exit(1);
`;
