import { join, relative } from 'node:path';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Answers, KitPlace } from './answers.js';
import { configurationName, configurationText } from './configuration.js';
import { lockFiles, managerNames, managerOf, type Manager, type ManagerName } from './manager.js';
import { addScripts, type Script } from './package-json.js';
import { slashed, type Survey } from './survey.js';
import { workflowPath, workflowText } from './workflow.js';

/** A file of the plan. */
export interface PlannedFile {
  /** Absolute. */
  readonly file: string;
  /** From the package's folder, with `/`. */
  readonly path: string;
  /** `there`: nothing to do. `differs`: something else is there, which stays unless the user says otherwise. */
  readonly state: 'new' | 'amended' | 'there' | 'differs';
  /** Undefined where nothing is. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What `init` would do. */
export interface InitPlan {
  readonly files: readonly PlannedFile[];
  /** Added to package.json. */
  readonly scripts: readonly Script[];
  readonly findings: readonly Diagnostic[];
  readonly manager: Manager;
  /** Installs the program, where package.json does not ask for it yet. */
  readonly install: string | undefined;
}

const scripts: readonly Script[] = [
  { name: 'events', command: 'freshworks-gen generate' },
  { name: 'events:check', command: 'freshworks-gen check' },
];

/**
 * Decides what to write.
 *
 * @param kits the kits of the configuration that is there, or that the answers make
 */
export function planInit(survey: Survey, answers: Answers, kits: readonly KitPlace[]): InitPlan {
  const manager = managerOf(answers.manager, survey.traces);
  const amended = addScripts(survey.packageJson, scripts);
  const files = [
    configuration(survey, answers),
    {
      ...placed(survey, survey.cwd, 'package.json'),
      state: amended.added.length > 0 ? 'amended' : 'there',
      before: survey.packageJson,
      after: amended.text,
    } as const,
    ...(answers.workflow ? [workflow(survey, manager, kits)] : []),
  ];
  const taken = amended.taken.map((name) =>
    diagnostic('init-script-taken', `package.json has another script \`${name}\`.`),
  );
  return {
    files,
    scripts: amended.added,
    findings: [
      ...(answers.workflow && !survey.isRepository ? [noRepository] : []),
      ...(survey.lacksNodeTypes ? [noNodeTypes] : []),
      ...taken,
    ],
    manager,
    install: survey.depends ? undefined : `${manager.add} freshworks-gen`,
  };
}

const noRepository = diagnostic(
  'init-repository-missing',
  'This folder is in no git repository, so the workflow goes below it.',
);

const noNodeTypes = diagnostic(
  'init-node-types',
  'TypeScript finds no types of Node.js with this tsconfig.json, and the kit needs them.',
);

function configuration(survey: Survey, answers: Answers): PlannedFile {
  const { cwd, configuration: found } = survey;
  return found === undefined
    ? {
        ...placed(survey, cwd, configurationName),
        state: 'new',
        before: undefined,
        after: configurationText(answers),
      }
    : // Whatever it says, it is the user's decision already.
      { ...placed(survey, cwd, found), state: 'there', before: '', after: '' };
}

function workflow(survey: Survey, manager: Manager, kits: readonly KitPlace[]): PlannedFile {
  const paths = [packageFolder(survey), ...kits.flatMap(({ out, inputs }) => [out, ...inputs])];
  const odd = paths.find((path) => path.includes('${{') || /\p{Cc}/u.test(path));
  if (odd !== undefined)
    throw new Rejected(diagnostic('init-path', `A workflow cannot name ${JSON.stringify(odd)}.`));
  const after = workflowOf(survey, manager, kits);
  const before = survey.workflow;
  const state = before === undefined ? 'new' : sameText(before, after) ? 'there' : 'differs';
  return { ...placed(survey, survey.root, workflowPath(packageFolder(survey))), state, before, after };
}

function workflowOf(survey: Survey, manager: Manager, kits: readonly KitPlace[]): string {
  const { root, lockFolder, managerFolder, traces } = survey;
  return workflowText({
    manager,
    isVersioned: traces.field?.startsWith(`${manager.name}@`) ?? false,
    packageFolder: packageFolder(survey),
    managerFolder: slashed(relative(root, managerFolder)) || '.',
    lockFolder: slashed(relative(root, lockFolder)) || '.',
    // Whoever changes the package manager has its lock file soon.
    lock: lockFiles.get(traces.lock ?? '') === manager.name ? (traces.lock ?? '') : manager.lock,
    kits,
  });
}

/** The package manager that the workflow was written for: nobody has to be asked again. */
export function managerOfWorkflow(survey: Survey, kits: readonly KitPlace[]): ManagerName | undefined {
  const { workflow, traces } = survey;
  if (workflow === undefined) return undefined;
  return managerNames.find((name) => sameText(workflow, workflowOf(survey, managerOf(name, traces), kits)));
}

/** The same, but for the line ends of a checkout. */
function sameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

function packageFolder({ root, cwd }: Survey): string {
  return slashed(relative(root, cwd)) || '.';
}

function placed({ cwd }: Survey, folder: string, path: string): Pick<PlannedFile, 'file' | 'path'> {
  const file = join(folder, ...path.split('/'));
  return { file, path: slashed(relative(cwd, file)) };
}
