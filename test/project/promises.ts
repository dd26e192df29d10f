/** Which test holds a sentence of SECURITY.md: its file below `test/`, and its title or the title of its row. */
export type Promise = readonly [sentence: string, file: string, title: string];

const here = 'project/security.test.ts';

export const promises: readonly Promise[] = [
  [
    'Every sentence of this page is held by a test; `test/project/security.test.ts` says by which.',
    here,
    'every sentence has a test that is there, and every test a sentence',
  ],
  [
    'Documents, overlays and the files that they refer to are taken for hostile: whatever stands in their slots, the run refuses them or writes code of the same shape.',
    'hostile/slots.test.ts',
    'is refused, or has the same shape, whatever stands in its slots',
  ],
  [
    'A run opens no connection but with `send`, `replay`, `simulate`, `dev` and `webhooks`, and starts no process but `git`, when `diff` is given a word that may be a revision: not `./main`.',
    'e2e/package.test.ts',
    'a run opens no connection and starts no process',
  ],
  [
    'A run opens no connection but with `send`, `replay`, `simulate`, `dev` and `webhooks`, and starts no process but `git`, when `diff` is given a word that may be a revision: not `./main`.',
    'diff/versions.test.ts',
    'starts git and nothing else, and nothing at all for paths',
  ],
  [
    'A revision is never mistaken for a file: a word that is both is refused by `diff`, and the workflow of `init` writes `git:`, which no file can take.',
    'diff/versions.test.ts',
    '%s: the word is refused, and each can be named',
  ],
  [
    'A revision is never mistaken for a file: a word that is both is refused by `diff`, and the workflow of `init` writes `git:`, which no file can take.',
    'init/workflow.test.ts',
    'compares with the revision, whatever files have its name',
  ],
  [
    "Of a revision it reads files alone: no link is followed, and nothing runs that the repository's configuration names.",
    'diff/versions.test.ts',
    'is read as it was committed, whatever lies in the folder',
  ],
  [
    "Of a revision it reads files alone: no link is followed, and nothing runs that the repository's configuration names.",
    'diff/versions.test.ts',
    'follows no link',
  ],
  [
    "It reads no file outside the document's folder that no option names, and follows no link out of it.",
    'hostile/references.test.ts',
    '%j, from a file that the document refers to',
  ],
  [
    "It reads no file outside the document's folder that no option names, and follows no link out of it.",
    'load/bundle.test.ts',
    'that lead out are refused, those that stay inside are followed',
  ],
  [
    'Of a file that is no document, no message shows more than the position.',
    'hostile/references.test.ts',
    'what is no document is not quoted',
  ],
  [
    "Of the project around the kit it reads conventions, and runs no tool's configuration that is a program.",
    'project-files/target.test.ts',
    '%s: it is not run',
  ],
  [
    "Prettier's options are read as data; no library looks for files in the project by itself.",
    'project-files/target.test.ts',
    'beside an .editorconfig, nothing runs: %s',
  ],
  [
    'A file of the project around the kit is read once, where it is a regular file, and up to a limit.',
    'project-files/target.test.ts',
    'a pipe and a device called %s are not waited for',
  ],
  [
    'A tsconfig.json extends at most 100 files.',
    'project-files/target.test.ts',
    'what a tsconfig.json extends: %s',
  ],
  [
    "Its own configuration, `freshworks-gen.config.ts` and its like, is the user's program and is run.",
    'config/program.test.ts',
    'what is run of a project',
  ],
  [
    'A configuration that ends the process does not decide the exit code: the run exits with 2.',
    'cli/ending.test.ts',
    'a program that ends the process exits with 2: %s',
  ],
  [
    'A configuration in YAML or JSON runs nothing.',
    'config/inert.test.ts',
    'a configuration in %s runs nothing: %s',
  ],
  [
    'Nothing of a document runs, neither in the generator nor in what it generates.',
    'hostile/everywhere.test.ts',
    'in round %i',
  ],
  [
    'No extension that is meant for another generator becomes a type, a path or a command.',
    'hostile/inert.test.ts',
    '%s is not read',
  ],
  [
    'Names become identifiers and file names of letters and digits, at most 90 characters long.',
    'hostile/inert.test.ts',
    'of any length and script are sanitised',
  ],
  [
    'A name that holds invisible characters is refused where it would be shown.',
    'hostile/inert.test.ts',
    'with the hidden %j are refused where they are shown',
  ],
  [
    'Every generated file is parsed again, in the run or, to the same byte, when this package was built; unless it consists of the statements its emitter declared, nothing is written.',
    'kit/verify.test.ts',
    'what is stopped',
  ],
  [
    'A refused document is refused at its line and column, and nothing is written.',
    'hostile/files.test.ts',
    'a file that no document is in',
  ],
  [
    'Nothing that is printed drives a terminal or a CI log.',
    'cli/log.test.ts',
    '`%s` drives no terminal and no CI log',
  ],
  [
    'In the workflow of `init`, the job that runs what a pull request commits can only read; the job that comments runs nothing of it.',
    'init/workflow.test.ts',
    'reads where it runs what is committed, comments where it does not, and is short enough to be read',
  ],
  [
    'What a pull request commits does not leave its fence in the summary of that workflow.',
    'e2e/workflow.test.ts',
    'fences behind blanks',
  ],
  [
    '`send`, `replay` and `simulate` connect to the address that `--to` gives, and follow no redirect.',
    'cli/send.test.ts',
    '%i exits with %i',
  ],
  [
    'They take no secret from the command line: a credential that is written out there is refused.',
    'cli/send.test.ts',
    '%s: %s %j',
  ],
  [
    'No message, no log and no JSON of theirs shows a secret, even where the receiver answers with it.',
    'cli/send.test.ts',
    'what a server answers drives no terminal and no log, and shows no secret',
  ],
  [
    'No message, no log and no JSON of theirs shows a secret, even where the receiver answers with it.',
    'cli/replay.test.ts',
    'what a delivery came with is not shown, where the answer repeats it: %s',
  ],
  [
    "The key of Helpdesk's API comes from an environment variable, and no message repeats it, whatever the vendor answers.",
    'cli/webhooks.test.ts',
    'a refusal says what Helpdesk says, without the key that it repeats',
  ],
  [
    "A new webhook's signing secret is printed once and nowhere else, or written into a file that its user alone can read.",
    'cli/webhooks.test.ts',
    'prints the secret of a new webhook once, and nothing else to stdout',
  ],
  [
    "A new webhook's signing secret is printed once and nowhere else, or written into a file that its user alone can read.",
    'cli/webhooks.test.ts',
    'writes it into a file for this user alone, and keeps that file afterwards',
  ],
  [
    'Where the secret could not be kept, no webhook is created.',
    'cli/webhooks.test.ts',
    'nothing is created where the secret could not be kept: %s',
  ],
  [
    'Where it cannot be written in the end, the new webhook is deleted again.',
    'cli/webhooks.test.ts',
    'a secret that cannot be written in the end takes its webhook with it: %s',
  ],
  [
    "`generate` and `check` write nothing outside `--out` but what they remember, in the user's cache folder, and follow no link.",
    'output/plan.test.ts',
    'a folder with a link for a folder of ours',
  ],
  [
    "`generate` and `check` write nothing outside `--out` but what they remember, in the user's cache folder, and follow no link.",
    'hostile/everywhere.test.ts',
    'in round %i',
  ],
  [
    "The other commands write the files and folders that an option names, and what `dev` keeps, in the user's state folder.",
    'cli/written.test.ts',
    'in the project, %s writes %j',
  ],
  [
    'A root, a home folder and a folder that holds a project are no `--out`.',
    'output/plan.test.ts',
    'the home folder',
  ],
  [
    'Only files that the generator wrote, and that nobody has changed since, are overwritten or removed.',
    'output/write.test.ts',
    'whatever is generated, run after run: the kit is exact, a rerun has nothing to do, foreign files are untouched',
  ],
  [
    '`--force` also overwrites files that were changed.',
    'output/write.test.ts',
    'refuses a file that is %s, unless forced',
  ],
  [
    'Every handler file keeps every byte that its user wrote.',
    'e2e/drift.test.ts',
    'a new event adds its stub, changes no byte of the user, and is a compile error until it is decided',
  ],
  [
    'A file or folder in the kit that a resolver can take for one of its modules is a finding of `check`, which exits 4, and nothing is generated beside it.',
    'kit/shadows.test.ts',
    'what a resolver could take for a module is found, named, and stops a run that writes',
  ],
  [
    'A file or folder in the kit that a resolver can take for one of its modules is a finding of `check`, which exits 4, and nothing is generated beside it.',
    'e2e/drift.test.ts',
    'exits 4 after %s',
  ],
  [
    'The manifest is no evidence: `check` believes what it renders, and a file that was weakened together with its hash is out of date.',
    'e2e/drift.test.ts',
    'exits 4 after %s',
  ],
  [
    'What is remembered is never taken from the project, and only while every byte that it depends on is the same.',
    'app/cache/folder.test.ts',
    'a cache %s: %s',
  ],
  [
    'What is remembered is never taken from the project, and only while every byte that it depends on is the same.',
    'app/cache/entry.test.ts',
    'of what changed after it was looked at',
  ],
  ['A manifest that lists a path outside the kit is refused.', 'kit/manifest.test.ts', 'the path %j'],
  [
    'A document beyond a limit is refused; no limit can be raised by a document.',
    'hostile/files.test.ts',
    'a file that no document is in',
  ],
  ['A file has at most 16 MiB, 256 levels and 1,000,000 values.', here, 'the limits of a file are as stated'],
  [
    'A pattern that a regular expression might not check in time linear in the text becomes an automaton of at most 32,768 numbers; one that cannot become one is refused.',
    'model/automaton.test.ts',
    'none is made of %s',
  ],
  [
    'A pattern that a regular expression might not check in time linear in the text becomes an automaton of at most 32,768 numbers; one that cannot become one is refused.',
    'hostile/refused.test.ts',
    'a pattern that no automaton can be made of is refused where it stands: %s',
  ],
  [
    'Aliases and merge keys repeat at most 20,000 values, and merge keys are at most 250.',
    here,
    'the limits of a file are as stated',
  ],
  [
    'The queries of an overlay look at most 2,000,000 times at a member or an item of a document, those of filters included.',
    'load/query-budget.test.ts',
    'a query that looks at everything for everything is ended: %s',
  ],
  ['References bring in at most 500 files and 64 MiB.', here, 'the limits of a file are as stated'],
  [
    'A schema has at most 100 levels, an object 1,000 properties, a union 1,000 branches, an enum 20,000 members and a description 65,536 characters.',
    'hostile/refused.test.ts',
    'one more than the limits of a schema: %s',
  ],
  ['It answers whatever arrives, and never throws.', 'templates/deliveries.test.ts', 'anything is answered'],
  [
    'It answers at the deadline, whatever a callback, a verifier or the body of a delivery does until then.',
    'templates/bounded.test.ts',
    'that %s: answered by receive and by fetch',
  ],
  [
    'It answers at the deadline, whatever a callback, a verifier or the body of a delivery does until then.',
    'templates/bounded.test.ts',
    'never comes, and cannot be stopped',
  ],
  [
    'Whatever the server around it does to a request, the process lives, and nothing is sent twice.',
    'templates/mounted.test.ts',
    'meanwhile',
  ],
  [
    'Whatever the server around it does to a request, the process lives, and nothing is sent twice.',
    'templates/mounted.test.ts',
    'senders that hang up at any moment are silent',
  ],
  [
    'There is no receiver without a verifier for every product, nor with an empty secret.',
    'templates/receiver.test.ts',
    'a product without a verifier',
  ],
  [
    'There is no receiver without a verifier for every product, nor with an empty secret.',
    'templates/signatures.test.ts',
    'says at once that %j is no secret',
  ],
  [
    'A blank secret, a secret of Standard Webhooks with fewer than 24 bytes, a private key and an RSA key of fewer than 2048 bits are refused when the receiver is made; where a function returns one, the delivery is answered 500.',
    'templates/secrets.test.ts',
    'is refused at once, by itself and in a list',
  ],
  [
    'A blank secret, a secret of Standard Webhooks with fewer than 24 bytes, a private key and an RSA key of fewer than 2048 bits are refused when the receiver is made; where a function returns one, the delivery is answered 500.',
    'templates/secrets.test.ts',
    'is an error of ours where a function returns it, never an acceptance',
  ],
  [
    'A blank secret, a secret of Standard Webhooks with fewer than 24 bytes, a private key and an RSA key of fewer than 2048 bits are refused when the receiver is made; where a function returns one, the delivery is answered 500.',
    'templates/secrets.test.ts',
    'a receiver answers 500 and tells `onError` for a bad secret that a function returns',
  ],
  [
    'Of several keys in one text, none is passed over.',
    'templates/secrets.test.ts',
    'several in one text, %s: both work',
  ],
  [
    'A query parameter that comes more than once authenticates nothing, and no answer or message shows the query.',
    'templates/secrets.test.ts',
    'a repeated parameter is refused, in every spelling',
  ],
  [
    'A query parameter that comes more than once authenticates nothing, and no answer or message shows the query.',
    'templates/secrets.test.ts',
    'of a delivery that is %s',
  ],
  [
    '`allOf` accepts only what each of its schemes accepts.',
    'templates/secrets.test.ts',
    'accepts what all of its schemes accept: %j',
  ],
  [
    '`allOf` accepts only what each of its schemes accepts.',
    'templates/secrets.test.ts',
    'a verifier that returns %s accepts nothing',
  ],
  [
    'The signature is checked over the raw bytes, before the body is parsed.',
    'templates/receiver.test.ts',
    'a wrong signature, before the body',
  ],
  [
    'A body longer than `maxBodyBytes`, 1 MiB by default, is answered before the rest is read.',
    'templates/node.test.ts',
    'without a length: 413 at the limit, memory bounded',
  ],
  [
    'A form has at most 1,000 fields and 16 levels.',
    'templates/body.test.ts',
    'the limits are 1000 fields and 16 levels',
  ],
  [
    'Every check of a payload takes time linear in its size, whatever the schema.',
    'model/automaton.test.ts',
    '%s takes time linear in the text',
  ],
  [
    'Every check of a payload takes time linear in its size, whatever the schema.',
    'emit/linear.test.ts',
    'every check takes time linear in the body, and says what is wrong in 100 issues and 16 KiB at most',
  ],
  [
    'What is wrong with a payload is told in at most 100 issues, which take at most 16 KiB as JSON.',
    'emit/linear.test.ts',
    'every check takes time linear in the body, and says what is wrong in 100 issues and 16 KiB at most',
  ],
  ['A number beyond all numbers is refused.', 'templates/receiver.test.ts', 'a number beyond all numbers'],
  [
    'A refusal is logged as one line without a header, a query or a value, and of each status 20 in a minute at most.',
    'templates/refusals.test.ts',
    '%#: %s',
  ],
  [
    'A refusal is logged as one line without a header, a query or a value, and of each status 20 in a minute at most.',
    'templates/refusals.test.ts',
    '20 lines are printed in a minute, then how many were left out',
  ],
  [
    'No two events share a path, and a path that no request can have is a `TypeError`.',
    'templates/routing.test.ts',
    '%j are told apart, whichever comes first',
  ],
  [
    'No two events share a path, and a path that no request can have is a `TypeError`.',
    'templates/routing.test.ts',
    'is the path of no request: not of one of the user, nor the base of others',
  ],
  [
    'No payload changes a prototype.',
    'templates/deliveries.test.ts',
    'prototypes in %s stay as they are, the payload keeps its keys',
  ],
  [
    'No answer, verdict or error quotes a secret or a header.',
    'templates/deliveries.test.ts',
    'no answer and no error quotes a secret or a header',
  ],
  [
    'No answer, verdict or error quotes a secret or a header.',
    'templates/signatures.test.ts',
    'no verdict quotes a secret or a header',
  ],
  [
    "The page's server answers under its own address alone, to no page of elsewhere, and its API to nobody without the token.",
    'dev/guard.test.ts',
    'refuses %s',
  ],
  [
    'Where deliveries are sent to, nothing of the page is to be had.',
    'dev/guard.test.ts',
    'nothing of the page is to be had where deliveries are sent to',
  ],
  [
    'No script runs on the page but its own, and no other page shows it in a frame.',
    'dev/guard.test.ts',
    'the page runs no script but its own, and is in no frame; each answer has a nonce of its own',
  ],
  [
    'Deliveries are kept outside the project, in files that their user alone can read, and no link is followed.',
    'app/deliveries.test.ts',
    'the folder is never in the project',
  ],
  [
    'Deliveries are kept outside the project, in files that their user alone can read, and no link is followed.',
    'store/store.test.ts',
    'folders and files are for this user alone',
  ],
  [
    'Deliveries are kept outside the project, in files that their user alone can read, and no link is followed.',
    'store/store.test.ts',
    'a folder that is a link is not written to',
  ],
  [
    '`dev --clear` removes every delivery of the project, broken ones too.',
    'store/store.test.ts',
    'what is skipped, and cleared',
  ],
  [
    '`dev --clear` removes every delivery of the project, broken ones too.',
    'cli/dev.test.ts',
    'what was kept is exported without secrets, sent again from its file, and cleared',
  ],
  [
    "A delivery reaches the app byte for byte, so that the app's own check of its signature counts.",
    'dev/signed.test.ts',
    'every signed sample passes through to the check of the app: %s',
  ],
  [
    "A delivery reaches the app byte for byte, so that the app's own check of its signature counts.",
    'dev/dev.test.ts',
    'it is forwarded byte for byte, and the sender gets the answer of the app',
  ],
  [
    'What the page shows, what is copied and what is exported holds no password and no token of a delivery.',
    'dev/signed.test.ts',
    'every signed sample passes through to the check of the app: %s',
  ],
  [
    'What the page shows, what is copied and what is exported holds no password and no token of a delivery.',
    'dev/curl.test.ts',
    'headers and query are the same, and secrets come from the environment',
  ],
  [
    'What the page shows, what is copied and what is exported holds no password and no token of a delivery.',
    'cli/dev.test.ts',
    'what was kept is exported without secrets, sent again from its file, and cleared',
  ],
  [
    'What the page shows, what is copied and what is exported holds no password and no token of a delivery.',
    'dev/secrets.test.ts',
    'what a delivery came with is neither shown, copied nor exported: %s',
  ],
  [
    'A command or a test that is copied runs nothing of what a delivery holds.',
    'dev/curl.test.ts',
    'the command that is copied sends the same bytes: %s',
  ],
  [
    'A command or a test that is copied runs nothing of what a delivery holds.',
    'dev/test-text.test.ts',
    'the test that is copied compiles, passes, and runs nothing of the delivery',
  ],
  [
    'What is printed of a delivery holds no value of it.',
    'cli/dev.test.ts',
    'a reader is told where to point a tunnel, and of each delivery, without a value of it',
  ],
  [
    'Letters of a name may be of any script.',
    'hostile/inert.test.ts',
    'of any length and script are sanitised',
  ],
  [
    'Names that look alike are kept, with a warning: it compares the forms that Unicode has for one letter, and the letters of Cyrillic and Greek that are drawn like Latin ones, and sees no other likeness.',
    'catalog/names.test.ts',
    '%j and %j look alike: %s',
  ],
  [
    'Names that look alike are kept, with a warning: it compares the forms that Unicode has for one letter, and the letters of Cyrillic and Greek that are drawn like Latin ones, and sees no other likeness.',
    'hostile/inert.test.ts',
    'that look or spell alike are kept',
  ],
  [
    'Report it privately, with _Report a vulnerability_ on the _Security_ page of the repository, and not as an issue.',
    here,
    'reports go through the repository alone',
  ],
  ['Fixes are released for the latest version, 0.1.', here, 'the version that is supported is this one'],
];
