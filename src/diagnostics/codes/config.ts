import { entries } from '../entry.js';

export const configCodes = entries({
  'option-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The command works on a kit, and neither the command line nor a configuration says where that is.',
    fix: 'Give `--out <folder>`, or write a configuration with `out`, such as freshworks-gen.config.yaml.',
  },
  'config-ambiguous': {
    severity: 'error',
    exit: 2,
    cause: 'Two files are named as a configuration is, and which of them is meant nobody can say.',
    fix: 'Keep one of them, or name the one that is meant with `--config`.',
  },
  'config-name': {
    severity: 'error',
    exit: 2,
    cause: "A configuration's name says how it is read, and this ending says nothing that is known.",
    fix: 'Rename the file; `.yaml` and `.json` are read, `.ts`, `.mts`, `.js` and `.mjs` are run.',
  },
  'config-syntax': {
    severity: 'error',
    exit: 2,
    cause: 'The text of the configuration breaks the rules of its format.',
    fix: 'Correct the text; what is wrong often begins a little before it shows.',
  },
  'config-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'A value in the configuration is of another kind than the option takes.',
    fix: 'Give it a value of the kind that is named.',
  },
  'config-unknown-key': {
    severity: 'error',
    exit: 2,
    cause: 'The configuration holds a key that means nothing; often a known one is misspelt.',
    fix: 'Correct the key or remove it.',
  },
  'config-incomplete': {
    severity: 'error',
    exit: 2,
    cause: 'The configuration lacks a key that nothing can stand in for.',
    fix: 'Add the key.',
  },
  'config-misplaced': {
    severity: 'error',
    exit: 2,
    cause: 'Where a configuration lists kits, an option belongs to one of them.',
    fix: 'Move the option into the entries of `kits` that it is meant for.',
  },
  'config-overlap': {
    severity: 'error',
    exit: 2,
    cause: 'Each kit removes what is no longer its own from its folder, so kits cannot share one.',
    fix: 'Give each kit a folder of its own, beside the others.',
  },
  'config-failed': {
    severity: 'error',
    exit: 2,
    cause: 'The configuration is a program, and it ended with an exception.',
    fix: 'Correct the program where it fails.',
  },
  'config-endless': {
    severity: 'error',
    exit: 2,
    cause: 'The configuration is a program, and it takes longer than any configuration should: 30 seconds.',
    fix: 'End its loops, and what it awaits; export what it finds out once, or keep it in a file.',
  },
  'config-not-data': {
    severity: 'error',
    exit: 2,
    cause: 'A configuration is plain data: objects, lists, texts, numbers, `true`, `false` and `null`.',
    fix: 'Export plain data, or a function or a promise of it.',
  },
  'config-no-export': {
    severity: 'error',
    exit: 2,
    cause: 'What a program exports by default is the configuration, and this one exports nothing so.',
    fix: 'Write `export default defineConfig({ … })`.',
  },
  'choice-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'The option takes one of a few known words.',
    fix: 'Use one of the words that are known; the documentation of the option lists them.',
  },
  'kit-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'Where a configuration lists several kits, `--out` says which of them is meant.',
    fix: 'Give the folder of one of the kits, or leave `--out` out for all of them.',
  },
  'option-invalid': {
    severity: 'error',
    exit: 2,
    cause:
      'A program gave a function of the library an option of another kind than it takes, or the manifest of the kit recorded one that is not of the form that this version writes.',
    fix: 'Give the option as the message describes it. If the kit recorded it, run `freshworks-gen generate` with the option, or with `--no-replay` to forget all that is recorded.',
  },
  'option-unknown': {
    severity: 'error',
    exit: 2,
    cause:
      'A program gave a function of the library an option that the function does not have; often a known one is misspelt, or belongs to another function.',
    fix: 'Correct the name of the option or remove it.',
  },
  'recorded-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'The kit records the paths of its documents from its own folder, and the kit or a document was moved since.',
    fix: 'Run `freshworks-gen generate` with the option as it is now: it is recorded anew. `--no-replay` forgets all that is recorded.',
  },
});
