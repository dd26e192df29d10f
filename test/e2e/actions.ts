import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
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
}

/** GitHub as far as a workflow sees it: the runner's environment, and comments behind `gh`. */
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
    /** Runs the scripts of a workflow's only job, in their order, as the runner does. */
    run(project: string, path: string, request: PullRequest): WorkflowRun {
      const { jobs } = parse(readText(project, path)) as { jobs: Record<string, { steps: readonly Step[] }> };
      const steps = Object.values(jobs).flatMap(({ steps }) => steps);
      const scratch = mkdtempSync(join(folder, 'run-'));
      const summary = join(scratch, 'summary.md');
      const outcomes: Record<string, 'success' | 'failure' | 'skipped'> = {};
      let [failed, log] = [false, ''];
      for (const { id, name, run, env = {}, if: condition = 'success()' } of steps) {
        if (run === undefined) continue;
        const key = id ?? name ?? run;
        if (!holds(condition, failed, outcomes)) {
          outcomes[key] = 'skipped';
          continue;
        }
        const script = join(scratch, 'script.sh');
        writeFileSync(script, run);
        const { status, stdout, stderr } = spawnSync(
          'bash',
          ['--noprofile', '--norc', '-eo', 'pipefail', script],
          {
            cwd: project,
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
              GITHUB_STEP_SUMMARY: summary,
              RUNNER_TEMP: scratch,
              COMMENTS: comments,
              ...Object.fromEntries(
                Object.entries(env).map(([key, text]) => [key, evaluated(text, request)]),
              ),
            },
          },
        );
        outcomes[key] = status === 0 ? 'success' : 'failure';
        failed ||= status !== 0;
        log += `$ ${key}\n${stdout}${stderr}`;
      }
      return { failed, outcomes, log, summary: existsSync(summary) ? readText(summary) : '' };
    },
  };
}

/** A condition: parts that all have to hold. Without a word about the job's state it asks for success. */
function holds(condition: string, failed: boolean, outcomes: WorkflowRun['outcomes']): boolean {
  const parts = condition.replace(/^\$\{\{ | \}\}$/g, '').split(' && ');
  const ownState = parts.some((part) => /^!?(?:success|failure|cancelled|always)\(\)$/.test(part));
  return (
    (ownState || !failed) &&
    parts.every((part) => {
      const [, step, outcome] = /^steps\.(\w+)\.outcome == '(\w+)'$/.exec(part) ?? [];
      if (step !== undefined) return outcomes[step] === outcome;
      switch (part) {
        case 'success()':
          return !failed;
        case 'failure()':
          return failed;
        case '!cancelled()':
        case "github.event_name == 'pull_request'":
          return true;
        default:
          throw new Error(`a condition that this runner does not know: ${part}`);
      }
    })
  );
}

function evaluated(text: string, { number, headRepository }: PullRequest): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    switch (expression) {
      case 'github.token':
        return 'token';
      case 'github.event.pull_request.number':
        return String(number);
      case 'github.event.pull_request.head.repo.full_name':
        return headRepository;
      default:
        throw new Error(`an expression that this runner does not know: ${expression}`);
    }
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
