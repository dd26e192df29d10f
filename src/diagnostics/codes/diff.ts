import { entries } from '../entry.js';

export const diffCodes = entries({
  'version-unknown': {
    severity: 'error',
    exit: 2,
    cause:
      'What is compared is a folder with a kit, an AsyncAPI document, or a revision of the git repository around the working directory.',
    fix: 'Name one of these, such as `diff main`; `git:main` is always a revision, and `./main` always a path.',
  },
  'version-ambiguous': {
    severity: 'error',
    exit: 2,
    cause:
      'The word names two things that can be compared, such as a branch and a committed file; whoever commits the file must not choose between them.',
    fix: 'Write `git:main` for the revision and `./main` for the path; of a branch and a tag, `git:refs/heads/main` is the branch.',
  },
  'revision-shallow': {
    severity: 'error',
    exit: 2,
    cause: 'The repository was cloned without its whole history, and the revision is not in what is there.',
    fix: 'Fetch it: `fetch-depth: 0` for actions/checkout, `git fetch --unshallow` elsewhere.',
  },
  'revision-link': {
    severity: 'error',
    exit: 3,
    cause:
      'In the revision, a symbolic link stands where a document is read; links of a revision are not followed.',
    fix: 'Name the file that the link leads to.',
  },
  'revision-outside': {
    severity: 'error',
    exit: 2,
    cause: 'A revision holds what is below the root of its repository, and nothing else.',
    fix: 'Move the file into the repository, or compare with a document in place of a revision.',
  },
  'revision-empty': {
    severity: 'warning',
    exit: 2,
    cause:
      'The revision is from before the kit and its documents, or has the documents elsewhere: there is nothing in it to compare with.',
    fix: 'Nothing needs to be done where they are new; a document that was moved is compared by its two names.',
  },
  'git-missing': {
    severity: 'error',
    exit: 2,
    cause: 'A revision is read by git, and there is no program of that name in the PATH.',
    fix: 'Install git, or compare with a document or a kit in place of a revision.',
  },
  'git-failed': {
    severity: 'error',
    exit: 2,
    cause: 'Git ended with an error when it was asked for what a revision holds.',
    fix: 'Mend what git says of the repository, and run the command again.',
  },
  'contract-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The kit was written by a version that did not keep in the manifest what a comparison needs.',
    fix: 'Name a document or a revision to compare with, or run `generate` once and commit the kit.',
  },
  'kit-left-behind': {
    severity: 'warning',
    exit: 2,
    cause:
      'The folder holds a kit, and the configuration has it nowhere: it was taken out of the list, or its `out` is another folder now. Nothing keeps it true, and code may still import it.',
    fix: 'Move what imports it, and delete the folder; or list it in the configuration again.',
  },
  'accepted-unused': {
    severity: 'warning',
    exit: 2,
    cause:
      'The configuration accepts a change that is not there: it was released, taken back, or is misspelt.',
    fix: 'Remove the entry, or write rule and subject as the report has them.',
  },
});
