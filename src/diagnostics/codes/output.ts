import { entries } from '../entry.js';

export const outputCodes = entries({
  'tsconfig-unreadable': {
    severity: 'warning',
    exit: 2,
    cause:
      'The nearest tsconfig.json, or a file it extends, cannot be read or holds a value TypeScript does not know.',
    fix: 'Mend the tsconfig.json; until then imports end in `.js`, which every module resolution but `classic` takes.',
  },
  'prettier-config-code': {
    severity: 'warning',
    exit: 2,
    cause:
      'The nearest Prettier configuration is a program or names a package; a generator that runs in CI does not run it.',
    fix: 'Put the options in a `.prettierrc.json`, or list the generated folder in `.prettierignore`.',
  },
  'prettier-config-unreadable': {
    severity: 'warning',
    exit: 2,
    cause:
      'The nearest Prettier configuration cannot be read, or an option in it has a value Prettier does not take.',
    fix: 'Mend the configuration; until then Prettier’s default stands in.',
  },
  'prettier-plugins': {
    severity: 'warning',
    exit: 2,
    cause:
      'Prettier plugins are programs, and generated files must not depend on what a project has installed.',
    fix: 'List the generated folder in `.prettierignore` if the plugins would change these files.',
  },
  'prettier-option': {
    severity: 'warning',
    exit: 2,
    cause:
      'Generated files cannot follow this option: the manifest is plain JSON, the code is TypeScript, and each file is laid out as a whole, without a pragma, with lines that end in LF or CRLF.',
    fix: 'List the generated folder in `.prettierignore`, or give its files another value of the option in an override.',
  },
  'output-folder': {
    severity: 'error',
    exit: 2,
    cause:
      'The folder holds something larger than a kit: a project, a repository, a home folder, the working directory or a whole disk.',
    fix: 'Name a folder for the generated code alone, such as `--out ./src/events`.',
  },
  'output-not-a-folder': {
    severity: 'error',
    exit: 2,
    cause: 'A path that has to be a folder is something else.',
    fix: 'Move what is there, or choose another `--out`.',
  },
  'output-not-a-file': {
    severity: 'error',
    exit: 2,
    cause: 'A path that has to be a file is a folder or a device.',
    fix: 'Move what is there, or choose another `--out`.',
  },
  'output-too-large': {
    severity: 'error',
    exit: 2,
    cause: 'A file of the kit, or a record of the generator beside it, is larger than any that is generated.',
    fix: 'Restore it from version control, or delete it; a `.freshworks-gen.journal` can always be deleted. After a deleted manifest, give `generate` the options of the kit again.',
  },
  'output-link': {
    severity: 'error',
    exit: 2,
    cause:
      'A symbolic link stands where the kit is read or written; following it could touch files elsewhere.',
    fix: 'Replace the link with what it points to, or point `--out` at the real folder.',
  },
  'output-edited': {
    severity: 'error',
    exit: 2,
    cause: 'A generated file was changed since it was written, and generating would lose that change.',
    fix: 'Move the change out of the generated file, then run `generate --force`, which discards it.',
  },
  'output-foreign': {
    severity: 'error',
    exit: 2,
    cause: 'A file that no manifest lists stands where a generated file has to go.',
    fix: 'Move the file, or run `generate --force` to overwrite it.',
  },
  'output-moved-on': {
    severity: 'error',
    exit: 2,
    cause: 'A file changed while the command was running: an editor saved it, or another run wrote it.',
    fix: 'Run the command again.',
  },
  'output-locked': {
    severity: 'error',
    exit: 2,
    cause: 'Another run is writing to the same folder.',
    fix: 'Wait for it to end; if it has ended, delete the lock file.',
  },
  'output-io': {
    severity: 'error',
    exit: 1,
    cause: 'The operating system refused to read or write a file.',
    fix: 'Mend what the message names and run the command again: it completes what was begun.',
  },
  'handler-encoding': {
    severity: 'error',
    exit: 2,
    cause: 'A handler file is not UTF-8, so a stub cannot be added without changing its other bytes.',
    fix: 'Save the file as UTF-8.',
  },
  'manifest-broken': {
    severity: 'error',
    exit: 2,
    cause: 'The manifest is not what the generator wrote: half of a merge, or changed by hand.',
    fix: 'Restore it from version control. Else delete it, and run `generate --force` with the options of the kit, such as `--products` and `--overlay`: it recorded them.',
  },
  'manifest-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'Files of a kit are there without the manifest that lists them and records the options of the kit.',
    fix: 'Restore the manifest from version control. Else run `generate --force` with the options of the kit, such as `--products` and `--overlay`: the manifest recorded them.',
  },
  'manifest-newer': {
    severity: 'error',
    exit: 2,
    cause: 'A newer generator wrote the manifest in a format that this one does not know.',
    fix: 'Use the generator version that the project uses, or a newer one.',
  },
  'manifest-path': {
    severity: 'error',
    exit: 2,
    cause: 'The manifest lists a path that the generator never writes.',
    fix: 'Restore the manifest from version control. Else delete it, and run `generate --force` with the options of the kit, such as `--products` and `--overlay`: it recorded them.',
  },
});
