import { Argument, Command, CommanderError, Option } from 'commander';
import { failOn } from '../config/options.js';
import { version } from '../version.js';
import { managerNames } from '../init/manager.js';
import { exitCodes, exitCodesHelp } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { formatIn, formats, formatsOfDiff, render, type Format } from './render.js';
import { commandOptions, repeated } from './options.js';
import { credentialOptions, simulationOptions, targetOptions, webhookOptions } from './sending.js';
import { shells, shellsHelp, type Shell } from './shells.js';
import { refuseEmptyValues } from './values.js';
import type { WebhooksTask } from './webhooks.js';

/** Does the work of one command. */
export type Action = (flags: Flags) => Promise<Outcome>;

/**
 * Runs one command line.
 *
 * @param args the arguments behind the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.fine;
  const report = async (command: string, outcome: Outcome) => {
    exitCode = outcome.exitCode;
    await render(command, outcome, formatIn(args));
  };
  let running = '';
  const program = declared((name, action) => async (flags: Flags) => {
    running = name;
    await report(name, await action(flags));
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help and version were printed: what describes errors need not be loaded.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    const ended = error instanceof CommanderError ? (await import('./usage.js')).usageFailure(error) : error;
    const { failure } = await import('./failure.js');
    await report(running, failure(ended));
  }
  return exitCode;
}

/** The program with its commands, before any is performed. */
export function declared(
  perform: (name: string, action: Action) => (flags: Flags) => Promise<void>,
): Command {
  const program = new Command('freshworks-gen')
    .description(
      'Generates a typed, validating, signature-checking webhook receiver from AsyncAPI documents.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    // What is wrong with a command line is reported as findings are.
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', exitCodesHelp)
    .exitOverride();

  const command = (name: string, description: string, choices: readonly Format[] = formats) =>
    program
      .command(name)
      .description(description)
      .addOption(
        new Option('--format <format>', 'how the result is reported').choices(choices).default('text'),
      )
      .option('--json', 'the same as --format json')
      .addHelpText('after', exitCodesHelp);

  answers(command('init', 'set a project up: configuration, scripts, and a workflow for pull requests'))
    .option('-y, --yes', 'ask nothing: take the defaults, and replace nothing that is there')
    .addOption(
      new Option('--package-manager <name>', 'in place of the one that is found').choices(managerNames),
    )
    .option('--no-workflow', 'write no workflow for GitHub Actions')
    .option('--dry-run', 'write nothing; print what would be written as a diff')
    .action(perform('init', async (flags) => (await import('./init.js')).initCommand(flags)));

  documents(kit(command('generate', 'write the kit, or bring it up to date')))
    .option('--dry-run', 'write nothing; print what would change as a diff')
    .option('--force', 'overwrite files that were edited by hand')
    .addOption(
      new Option(
        '--watch',
        'go on, and generate again whenever something it depends on has changed',
      ).conflicts(['dryRun', 'json', 'format']),
    )
    .action(
      perform('generate', async (flags) =>
        flags.watch
          ? (await import('./watch.js')).watchCommand(flags)
          : (await import('./generate.js')).generateCommand(flags),
      ),
    );

  documents(kit(command('check', 'compare the kit with its documents; exit 4 where they differ'))).action(
    perform('check', async (flags) => (await import('./check.js')).checkCommand(flags)),
  );

  documents(
    command('list', 'show products and events, and how each is distinguished and authenticated'),
  ).action(perform('list', async (flags) => (await import('./list.js')).listCommand(flags)));

  documents(kit(command('config', 'show what is in force for each kit, and where it was said'))).action(
    perform('config', async (flags) => (await import('./config.js')).configCommand(flags)),
  );

  documents(command('validate', 'check documents and overlays; generate nothing'))
    .option('--verbose', "also show the AsyncAPI parser's recommendations")
    .action(perform('validate', async (flags) => (await import('./validate.js')).validateCommand(flags)));

  const compared = command(
    'diff',
    'say what a change of documents means for those who receive the events',
    formatsOfDiff,
  );
  documents(kit(compared))
    .argument(
      '[base]',
      'what was: a kit, a document or a git revision (`git:main` where a file has its name); by default the kit as it lies on the disk',
    )
    .argument('[head]', 'what is, likewise; by default the documents as they are now')
    .addOption(new Option('--fail-on <level>', 'from which change on the exit code is 5').choices(failOn))
    .action((base: string | undefined, head: string | undefined, flags: Flags) =>
      perform('diff', async () => (await import('./diff.js')).diffCommand({ base, head }, flags))(flags),
    );

  documents(credentialOptions(sending(command('send', 'post a delivery of an event, as its product would'))))
    .argument('[event]', 'the event, such as freshdesk/ticket-created')
    .action((event: string | undefined, flags: Flags) =>
      perform('send', async () => (await import('./send.js')).sendCommand(event, flags))(flags),
    );

  documents(
    credentialOptions(
      targetOptions(command('replay', 'post a delivery again: the same bytes, the same headers')).option(
        '--sign',
        'sign it again, in the place of what it came with',
      ),
    ),
  )
    .argument('<what>', 'an exported file, the id of a delivery that `dev` has kept, or `last`')
    .addHelpText('after', onlySuccess)
    .action((what: string, flags: Flags) =>
      perform('replay', async () => (await import('./replay.js')).replayCommand(what, flags))(flags),
    );

  documents(command('infer', 'declare in an overlay what deliveries have and the documents do not'))
    .argument(
      '[deliveries...]',
      'files and folders with deliveries; `dev` stands for those that `dev` has kept',
    )
    .addOption(
      new Option(
        '--event <name>',
        'the event of all deliveries, where neither a path nor a payload tells it; of the template before it, with --template',
      ).argParser(repeated),
    )
    .addOption(
      new Option(
        '--template <file>',
        'infer from the JSON template of a rule, with its placeholders, in place of deliveries (repeatable)',
      ).argParser(repeated),
    )
    .option('--open-enums', 'list the words of fields that are always one of a few: writes these values')
    .addOption(new Option('--shapes', 'print paths, types and counts; write nothing').conflicts('template'))
    .addOption(
      new Option(
        '--check',
        'exit 4 where the documents do not cover the deliveries; write nothing',
      ).conflicts(['shapes', 'template']),
    )
    .option('--dry-run', 'write nothing; print what would become of the types as a diff')
    .action((inputs: readonly string[], flags: Flags) =>
      perform('infer', async () => (await import('./infer.js')).inferCommand(inputs, flags))(flags),
    );

  documents(
    credentialOptions(
      developing(command('dev', 'take deliveries, show them on a page, and send them on to your app')),
    ),
  )
    .argument('[ids...]', 'for --export: the deliveries, all by default')
    .action((ids: readonly string[], flags: Flags) =>
      perform('dev', async () => (await import('./dev.js')).devCommand(ids, flags))(flags),
    );

  documents(
    credentialOptions(
      simulationOptions(targetOptions(command('simulate', 'post many deliveries, as the platform does'))),
    ),
  ).action(perform('simulate', async (flags) => (await import('./simulate.js')).simulateCommand(flags)));

  documents(webhookOptions(command('webhooks', "list, ensure or delete Helpdesk's webhooks")))
    .addArgument(new Argument('<task>', 'what to do').choices(['list', 'ensure', 'delete']))
    .argument('[id]', 'for delete: the webhook, such as whk_abc123')
    .action((task: WebhooksTask, id: string | undefined, flags: Flags) =>
      perform('webhooks', async () => (await import('./webhooks.js')).webhooksCommand(task, id, flags))(
        flags,
      ),
    );

  command('explain', 'say what a code stands for and what to do about it; without a code, list all')
    .argument('[code]', 'a code of a finding, such as ref-outside')
    .action((code: string | undefined, flags: Flags) =>
      perform('explain', async () => (await import('./explain.js')).explainCommand(code))(flags),
    );

  command('completion', 'print the script that completes command lines in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', shellsHelp)
    .action((shell: Shell, flags: Flags) =>
      perform('completion', async () => {
        const { explanations } = await import('./explanations.js');
        return (await import('./completion.js')).completionCommand(shell, program, explanations().keys());
      })(flags),
    );
  refuseEmptyValues(program);
  return program;
}

function kit(command: Command): Command {
  for (const option of commandOptions('kit')) command.addOption(option);
  return command.option('--no-replay', 'forget the options that the kit was made with');
}

/** What answers the questions of `init` beforehand. */
function answers(command: Command): Command {
  const asked = ['--out', '--spec', '--products', '--adapters', '--inbox', '--clients'];
  for (const option of [...commandOptions('kit'), ...commandOptions('documents')])
    if (asked.includes(option.long ?? '')) command.addOption(option);
  return command;
}

const onlySuccess = '\nOnly 200 is success, as for the platform: every other answer exits with 1.';

/** What is sent, and where. */
function sending(command: Command): Command {
  return targetOptions(command)
    .option('--body <file>', 'send this file in the place of the sample, byte for byte')
    .option(
      '--set <path=value>',
      'change a value of the payload: `freshdesk_webhook.ticket_id=42`, or a JSON pointer; the value is JSON, else a text (repeatable)',
      repeated,
    )
    .option('--form', 'send a form, application/x-www-form-urlencoded, in the place of JSON')
    .addHelpText('after', onlySuccess);
}

/** What is taken, kept and sent on. */
function developing(command: Command): Command {
  for (const option of commandOptions('kit')) if (option.long === '--out') command.addOption(option);
  return command
    .option('--forward <url>', 'send each delivery on to this address of your app, byte for byte')
    .option('--port <number>', 'the port that takes deliveries: 4510 by default, 0 for any that is free')
    .option('--page-port <number>', 'the port of the page: 4511 by default, 0 for any that is free')
    .option('--timeout <seconds>', "how long to wait for the app's answer; 30 by default")
    .option('--max-body <mebibytes>', 'the largest body that is taken; 1 by default, 16 at most')
    .option('--keep <number>', 'how many deliveries are kept; 10000 by default')
    .option('--keep-days <days>', 'how long they are kept; 7 days by default')
    .option('--no-store', 'keep deliveries in memory alone')
    .option('--watch', 'read the documents again when they change, and bring the kit up to date')
    .addOption(
      new Option('--export <folder>', 'write deliveries as plain files, without secrets, and end').conflicts(
        'clear',
      ),
    )
    .option('--clear', 'remove all deliveries of this project, and end');
}

function documents(command: Command): Command {
  for (const option of commandOptions('documents')) command.addOption(option);
  return command
    .option('--config <file>', 'the configuration, where it is not in the working directory')
    .option('--no-config', 'use no configuration');
}
