import type { Argument, Command, Option } from 'commander';

/** What can be typed, as the shells' scripts are written from it. */
export interface Words {
  readonly name: string;
  readonly commands: readonly CommandWords[];
  /** Options before a command. */
  readonly options: readonly OptionWords[];
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its first argument may be; empty where it has none, or one that nobody can list. */
  readonly values: readonly string[];
}

export interface OptionWords {
  /** `-o` and `--out`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takes: Taken;
  readonly repeatable: boolean;
}

/** What an option takes: nothing, a path, one of a few values, or a text that nobody can list. */
export type Taken = 'nothing' | 'file' | 'folder' | 'text' | readonly string[];

/**
 * The words of a program, from its declaration.
 *
 * @param known values of arguments, by the name of the argument
 */
export function wordsOf(program: Command, known: Readonly<Record<string, readonly string[]>> = {}): Words {
  const commands = program.createHelp().visibleCommands(program);
  const values = { command: commands.map((each) => each.name()), ...known };
  return {
    name: program.name(),
    options: optionsOf(program),
    commands: commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: optionsOf(command),
      values: valuesOf(command.registeredArguments[0], values),
    })),
  };
}

function valuesOf(
  argument: Argument | undefined,
  known: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return argument === undefined ? [] : (argument.argChoices ?? known[argument.name()] ?? []);
}

function optionsOf(command: Command): readonly OptionWords[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      description: option.description,
      takes: takenBy(option),
      repeatable: option.parseArg !== undefined && option.argChoices === undefined,
    }));
}

function takenBy({ flags, required, optional, argChoices }: Option): Taken {
  if (!required && !optional) return 'nothing';
  if (argChoices) return argChoices;
  const placeholder = /[<[](\w+)[>\]]$/.exec(flags)?.[1];
  return placeholder === 'file' || placeholder === 'folder' ? placeholder : 'text';
}
