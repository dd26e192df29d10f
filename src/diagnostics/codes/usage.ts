import { entries } from '../entry.js';

/** What a command line can get wrong. */
export const usageCodes = entries({
  'usage-command-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The command line names no command, or asks for the help of one that there is not.',
    fix: 'Name a command; `freshworks-gen --help` lists them.',
  },
  'usage-command-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'There is no command of this name.',
    fix: 'Correct the name; `freshworks-gen --help` lists the commands.',
  },
  'usage-option-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'The command has no option of this name; an option of another command is no option of this one.',
    fix: 'Correct the option; `freshworks-gen <command> --help` lists those of a command.',
  },
  'usage-option-conflict': {
    severity: 'error',
    exit: 2,
    cause: 'Two options ask for things that exclude each other.',
    fix: 'Leave one of them out.',
  },
  'usage-value-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'The option takes a value, and the command line ends or goes on with another option where it should be.',
    fix: 'Give the value; one that begins with `-` is written behind an equals sign, as in `--out=-events`.',
  },
  'usage-value-invalid': {
    severity: 'error',
    exit: 2,
    cause:
      'The option or argument does not take this value. An empty one is often a variable of the shell that is not set.',
    fix: 'Give a value as the message describes it.',
  },
  'usage-argument-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The command cannot do without the argument.',
    fix: 'Give the argument; `freshworks-gen <command> --help` shows where it goes.',
  },
  'usage-argument-excess': {
    severity: 'error',
    exit: 2,
    cause:
      'The command line has more arguments than the command takes; often a path with a space is not in quotes, or an option that is repeatable is given once with several values.',
    fix: 'Quote a value that holds spaces, and repeat the option for each value.',
  },
  'usage-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'The command line is not of a form that the command takes.',
    fix: 'Correct it; `freshworks-gen <command> --help` shows the form.',
  },
  'explain-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'Nothing that the program prints has this code.',
    fix: 'Correct the code; `freshworks-gen explain` lists all of them.',
  },
});
