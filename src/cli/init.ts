import { relative, resolve } from 'node:path';
import { shippedWord } from '../config/options.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Answers, KitPlace } from '../init/answers.js';
import { detectManager } from '../init/manager.js';
import { managerOfWorkflow, planInit, type InitPlan, type PlannedFile } from '../init/plan.js';
import { slashed, survey, type Survey } from '../init/survey.js';
import { writePlanned } from '../init/write.js';
import { difference } from '../diff/difference.js';
import { exitCodes } from './exit.js';
import type { Outcome } from './outcome.js';
import { printDiagnostics, say, style } from './print.js';
import type { Flags } from './flags.js';
import { confirm, kitAnswers, managerAnswer } from './questions.js';
import { openTerminal, type Terminal } from './terminal.js';

/** `init`: writes what a project needs for a kit, after it has said what that is. */
export async function initCommand(flags: Flags): Promise<Outcome> {
  const asks = !flags.yes && !flags.json && (flags.format ?? 'text') === 'text';
  const terminal = asks ? openTerminal() : undefined;
  if (terminal === undefined && !flags.yes && !flags.dryRun)
    throw new Rejected(diagnostic('init-needs-answers', 'There is no terminal to ask at, and no `--yes`.'));
  try {
    return await initialised(flags, terminal);
  } finally {
    terminal?.close();
  }
}

async function initialised(flags: Flags, terminal: Terminal | undefined): Promise<Outcome> {
  const { workflow = true, dryRun = false } = flags;
  const found = await survey(process.cwd(), { workflow });
  const { answers, kits } = await decided(found, flags, terminal);
  const plan = planInit(found, { ...answers, workflow }, kits);
  const idle = idleOptions(found, flags);
  if (dryRun) return reported(plan, idle, [], { dryRun, isShown: false });

  // Whoever can say no sees it first.
  if (terminal) sayPlan(plan);
  const agreed = await agreedTo(plan, terminal);
  await writePlanned(found, agreed);
  return reported(plan, idle, agreed, { dryRun, isShown: terminal !== undefined });
}

/** What is to be written for: a configuration that is there has decided about the kits. */
async function decided(
  found: Survey,
  flags: Flags,
  terminal: Terminal | undefined,
): Promise<{ readonly answers: Omit<Answers, 'workflow'>; readonly kits: readonly KitPlace[] }> {
  if (found.configuration !== undefined) {
    const kits = await kitsThere(found);
    const known = managerOfWorkflow(found, kits);
    const manager = known ?? (await managerAnswer(detectManager(found.traces), flags, terminal));
    return { answers: { ...undecided, manager }, kits };
  }
  const { settingsOf } = await import('../app/configure.js');
  const recorded = (out: string) => settingsOf({ options: { out, cwd: found.cwd }, sources: {} });
  const answers = await kitAnswers(found, flags, terminal, recorded);
  const manager = await managerAnswer(detectManager(found.traces), flags, terminal);
  const { out, spec, overlay } = answers;
  const inputs = [...spec.filter((path) => path !== shippedWord), ...overlay];
  return { answers: { ...answers, manager }, kits: [{ out: slashed(relative('.', out)), inputs }] };
}

/** The answers of nobody: a configuration that is there is not written again. */
const undecided = {
  out: '',
  spec: [],
  overlay: [],
  refRoot: undefined,
  literal: false,
  products: undefined,
  handlers: true,
  adapters: [],
  inbox: [],
  clients: [],
};

async function kitsThere({ cwd }: Survey): Promise<readonly KitPlace[]> {
  const { configure } = await import('../app/configure.js');
  const { kits } = await configure({}, cwd);
  const near = (path: string) => slashed(relative(cwd, resolve(cwd, path)));
  return kits.map(({ options: { out, spec = [], overlay = [] } }) => ({
    out: near(out),
    inputs: [...spec.filter((path) => path !== shippedWord), ...overlay].map(near),
  }));
}

/** The files that are to be written. Without anybody to ask, what exists otherwise is left alone. */
async function agreedTo(
  { files }: InitPlan,
  terminal: Terminal | undefined,
): Promise<readonly PlannedFile[]> {
  const fresh = files.filter(({ state }) => state === 'new' || state === 'amended');
  const differing = files.filter(({ state }) => state === 'differs');
  if (terminal === undefined) return fresh;
  if (fresh.length > 0 && !(await confirm(terminal, 'Write this?', true)))
    throw new Rejected(diagnostic('init-cancelled', 'Nothing was written.'));
  const replaced: PlannedFile[] = [];
  for (const each of differing)
    if (await confirm(terminal, `Replace ${printable(each.path)}?`, false)) replaced.push(each);
  return [...fresh, ...replaced];
}

/** Options that a configuration has already answered. */
function idleOptions({ configuration }: Survey, flags: Flags): readonly Diagnostic[] {
  if (configuration === undefined) return [];
  const { out, spec, products, adapters, inbox, clients } = flags;
  return Object.entries({ out, spec, products, adapters, inbox, clients })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => diagnostic('init-option-idle', `--${name} changes nothing: ${configuration} is there.`));
}

function reported(
  plan: InitPlan,
  idle: readonly Diagnostic[],
  written: readonly PlannedFile[],
  { dryRun, isShown }: { readonly dryRun: boolean; readonly isShown: boolean },
): Outcome {
  const left = plan.files
    .filter((each) => each.state === 'differs' && !written.includes(each))
    .map(({ path }) =>
      diagnostic('init-left', `${path} is there and says something else; it was left as it is.`),
    );
  const findings = [...idle, ...plan.findings, ...left];
  return {
    exitCode: exitCodes.fine,
    findings,
    document: {
      dryRun,
      packageManager: plan.manager.name,
      files: plan.files.map((each) => ({
        path: each.path,
        state: each.state,
        written: written.includes(each),
      })),
      scripts: Object.fromEntries(plan.scripts.map(({ name, command }) => [name, command])),
      install: plan.install ?? null,
      diagnostics: findings,
    },
    say() {
      if (!isShown) sayPlan(plan);
      printDiagnostics(findings);
      if (!dryRun) return sayNext(plan, written);
      for (const { path, before, after, state } of plan.files)
        if (state !== 'there') process.stdout.write(difference(path, before, after));
    },
  };
}

const marks = {
  new: ['green', '+ new'],
  amended: ['yellow', '~ added to'],
  there: ['dim', '= there'],
  differs: ['red', '! differs'],
} as const;

function sayPlan({ files, scripts }: InitPlan): void {
  for (const { path, state } of files) {
    const [colour, words] = marks[state];
    say(`  ${style(colour, words.padEnd(11))} ${printable(path)}`);
    if (state !== 'amended') continue;
    for (const { name, command } of scripts) say(`               "${name}": "${command}"`);
  }
}

function sayNext({ manager, install, files }: InitPlan, written: readonly PlannedFile[]): void {
  if (written.length > 0) say(`Wrote ${written.map(({ path }) => printable(path)).join(', ')}.`);
  else if (files.every(({ state }) => state === 'there')) say('All of it is there; nothing to do.');
  else say('Nothing was written.');
  const steps = [...(install === undefined ? [] : [install]), `${manager.script} events`];
  say(`Next: ${steps.map((step) => `\`${step}\``).join(', then ')}; commit what it writes.`);
}
