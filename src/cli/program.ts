import { Command, CommanderError } from 'commander';
import { version } from '../version.js';
import { exitCodes, exitCodesHelp } from './exit.js';
import { commandOptions } from './options.js';

/** Options as commander hands them over. */
export interface Flags {
  readonly out?: string;
  readonly spec?: readonly string[];
  readonly overlay?: readonly string[];
  readonly refRoot?: string;
  readonly literal?: boolean;
  readonly products?: readonly string[];
  readonly handlers?: boolean;
  readonly adapters?: readonly string[];
  /** False for `--no-config`. */
  readonly config?: string | false;
  readonly replay?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Does the work of one command and returns the exit code. */
export type Action = (flags: Flags) => Promise<number>;

/**
 * Runs one command line.
 *
 * @param args the arguments behind the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.fine;
  const program = declared((action) => async (flags: Flags) => {
    exitCode = await action(flags);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    const { reportFailure } = await import('./failure.js');
    return reportFailure(error, args.includes('--json'));
  }
}

function declared(perform: (action: Action) => (flags: Flags) => Promise<void>): Command {
  const program = new Command('freshworks-gen')
    .description(
      'Generates a typed, validating, signature-checking webhook receiver from AsyncAPI documents.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(freshworks-gen --help lists commands and options)')
    .addHelpText('after', exitCodesHelp)
    .exitOverride();

  const command = (name: string, description: string) =>
    program.command(name).description(description).addHelpText('after', exitCodesHelp);

  documents(kit(command('generate', 'write the kit, or bring it up to date')))
    .option('--dry-run', 'write nothing; print what would change as a diff')
    .option('--force', 'overwrite files that were edited by hand')
    .option('--json', 'print the result as JSON')
    .action(perform(async (flags) => (await import('./generate.js')).generateCommand(flags)));

  documents(kit(command('check', 'compare the kit with its documents; exit 4 where they differ')))
    .option('--json', 'print the result as JSON')
    .action(perform(async (flags) => (await import('./check.js')).checkCommand(flags)));

  documents(command('list', 'show products and events, how each is told apart and authenticated'))
    .option('--json', 'print the catalog as JSON')
    .action(perform(async (flags) => (await import('./list.js')).listCommand(flags)));

  documents(kit(command('config', 'show what is in force for each kit, and where it was said'), false))
    .option('--json', 'print it as JSON')
    .action(perform(async (flags) => (await import('./config.js')).configCommand(flags)));

  documents(command('validate', 'check documents and overlays; generate nothing'))
    .option('--verbose', "also show the AsyncAPI parser's recommendations")
    .option('--json', 'print the findings as JSON')
    .action(perform(async (flags) => (await import('./validate.js')).validateCommand(flags)));
  return program;
}

function kit(command: Command, needsOut = true): Command {
  for (const option of commandOptions('kit'))
    command.addOption(option.makeOptionMandatory(needsOut && option.attributeName() === 'out'));
  return command.option('--no-replay', 'forget the options that the kit was made with');
}

function documents(command: Command): Command {
  command
    .option('--config <file>', 'the configuration, where it is not in the working directory')
    .option('--no-config', 'use no configuration');
  for (const option of commandOptions('documents')) command.addOption(option);
  return command;
}
