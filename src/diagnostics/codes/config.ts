import { entries } from '../entry.js';

export const configCodes = entries({
  'option-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The command cannot do without the option.',
    fix: 'Give the option; `freshworks-gen <command> --help` lists them.',
  },
  'option-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'An option recorded in the manifest of the kit is not of the form that this version writes.',
    fix: 'Run `freshworks-gen generate` with the options you want; they are recorded anew.',
  },
  'recorded-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'The kit records the paths of its documents from its own folder, and the kit or a document was moved since.',
    fix: 'Run `freshworks-gen generate` with the option as it is now: it is recorded anew. `--no-replay` forgets all that is recorded.',
  },
});
