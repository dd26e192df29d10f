import { entries } from '../entry.js';

/** What `init` finds in a project. */
export const initCodes = entries({
  'init-needs-answers': {
    severity: 'error',
    exit: 2,
    cause: '`init` asks before it writes, and there is no terminal to ask at.',
    fix: 'Run it with `--yes` to take the defaults, with `--dry-run` to see what that would write, or at a terminal.',
  },
  'init-cancelled': {
    severity: 'error',
    exit: 2,
    cause: 'The questions ended before all of them were answered, or the answer to the last was no.',
    fix: 'Run `freshworks-gen init` again; options answer questions beforehand.',
  },
  'init-answer': {
    severity: 'error',
    exit: 2,
    cause: 'An option that answers a question of `init` says something that cannot be done.',
    fix: 'Correct the option; `freshworks-gen init --help` says what each takes.',
  },
  'init-path': {
    severity: 'error',
    exit: 2,
    cause:
      'GitHub evaluates what stands in `${{ }}` before a shell sees it, and a line ends where a path does.',
    fix: 'Rename the folder or file, or leave the workflow out with `--no-workflow`.',
  },
  'init-package-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'A kit is part of a package: its scripts go into package.json, and the program is installed beside it.',
    fix: 'Run it in the folder of your package.json, or make one with `npm init`.',
  },
  'init-package-invalid': {
    severity: 'error',
    exit: 2,
    cause:
      'The file package.json is not the JSON object that package managers read, so nothing can be added to it.',
    fix: 'Correct package.json and run `freshworks-gen init` again.',
  },
  'init-obstacle': {
    severity: 'error',
    exit: 2,
    cause: 'A link, a folder or a device stands where a file has to be written. Links are never followed.',
    fix: 'Move it away, or write the file by hand: `freshworks-gen init --dry-run` prints what belongs there.',
  },
  'init-moved-on': {
    severity: 'error',
    exit: 2,
    cause: 'A file was written by somebody else between the plan and its execution.',
    fix: 'Run `freshworks-gen init` again.',
  },
  'init-io': {
    severity: 'error',
    exit: 1,
    cause: 'The system refuses to read or write a file of the project.',
    fix: 'See to it that you may read and write it, and run `freshworks-gen init` again: it goes on from there.',
  },
  'init-left': {
    severity: 'warning',
    exit: 2,
    cause: 'The file is there with other contents, and nobody said that it may be replaced.',
    fix: 'Compare the two with `freshworks-gen init --dry-run`; without `--yes`, `init` asks whether to replace it.',
  },
  'init-option-idle': {
    severity: 'warning',
    exit: 2,
    cause: 'The project has a configuration, which says what the option would say. `init` changes none.',
    fix: 'Write it into the configuration, or leave the option out.',
  },
  'init-repository-missing': {
    severity: 'warning',
    exit: 2,
    cause: 'GitHub reads workflows from `.github/workflows` at the top of a repository, and here is none.',
    fix: 'Run `git init` at the top of the project before, or move `.github` there.',
  },
  'init-node-types': {
    severity: 'warning',
    exit: 2,
    cause: 'TypeScript 6 and later find the types of a package by themselves only where `types` names it.',
    fix: 'Write `"types": ["node"]` into `compilerOptions`, and install `@types/node`.',
  },
  'init-script-taken': {
    severity: 'warning',
    exit: 2,
    cause: 'The file package.json has a script of that name that runs something else.',
    fix: 'Keep it, and call `freshworks-gen` from a script of another name if you want one.',
  },
});
