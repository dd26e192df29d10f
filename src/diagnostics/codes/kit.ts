import { entries } from '../entry.js';

/** What `check` finds. */
export const kitCodes = entries({
  'kit-missing': {
    severity: 'error',
    exit: 4,
    cause: 'The folder holds no kit that freshworks-gen has written: its manifest is not there.',
    fix: 'Run `npx freshworks-gen generate` with the same options, and commit the result.',
  },
  'kit-file-missing': {
    severity: 'error',
    exit: 4,
    cause: 'The documents describe something whose file is not in the kit.',
    fix: 'Run `npx freshworks-gen generate` and commit the result.',
  },
  'kit-file-changed': {
    severity: 'error',
    exit: 4,
    cause: 'The documents, the options or the generator changed since the file was generated.',
    fix: 'Run `npx freshworks-gen generate` and commit the result.',
  },
  'kit-file-orphaned': {
    severity: 'error',
    exit: 4,
    cause: 'The file was generated for something that the documents or the options no longer ask for.',
    fix: 'Run `npx freshworks-gen generate`, which removes it, and commit the result.',
  },
  'kit-file-edited': {
    severity: 'error',
    exit: 4,
    cause: 'A generated file was changed by hand, or its manifest was.',
    fix: 'Move the change out of the generated file, run `npx freshworks-gen generate --force`, and commit the result.',
  },
  'kit-file-foreign': {
    severity: 'error',
    exit: 4,
    cause: 'A file that no manifest lists stands where a generated file has to go.',
    fix: 'Move the file, then run `npx freshworks-gen generate` and commit the result.',
  },
  'kit-manifest': {
    severity: 'error',
    exit: 4,
    cause:
      'The files are right, and the manifest records other options, documents or another generator version.',
    fix: 'Run `npx freshworks-gen generate` and commit the result.',
  },
  'kit-module-shadowed': {
    severity: 'error',
    exit: 2,
    cause:
      'A file or folder that was not generated stands where a resolver or a bundler looks for a module of the kit: an import could mean it, and deliveries would be checked by its code. `check` exits 4.',
    fix: 'Move it out of the kit, or delete it: `generate` touches no file of somebody else.',
  },
  'kit-in-kit': {
    severity: 'error',
    exit: 2,
    cause:
      'A folder with a kit of its own stands where a resolver looks for a module of the kit that is to be written.',
    fix: 'Name the folder of the kit that is there with `--out`, or a folder beside it for another kit.',
  },
  'kit-unfinished': {
    severity: 'error',
    exit: 4,
    cause: 'A run was killed while it wrote the kit, or another one is at work.',
    fix: 'Run `npx freshworks-gen generate`, which completes it, and commit the result.',
  },
});
