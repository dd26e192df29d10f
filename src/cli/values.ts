import { InvalidArgumentError, type Argument, type Command, type Option } from 'commander';

/**
 * Has every command refuse an empty value of an option or an argument, and a list of commas alone: an unset variable of the
 * shell is nobody's wish for everything.
 */
export function refuseEmptyValues(program: Command): void {
  for (const command of program.commands) {
    command.options.filter(({ required }) => required).forEach(refuseEmpty);
    command.registeredArguments.forEach(refuseEmpty);
  }
}

function refuseEmpty(taker: Argument | Option): void {
  const parse = (taker.parseArg ?? parseAsItComes(taker)) as (value: string, before: unknown) => unknown;
  const refusing = (value: string, before: unknown) => {
    if (/^[\s,]*$/.test(value)) throw new InvalidArgumentError('The value is empty.');
    return parse(value, before);
  };
  taker.parseArg = refusing as NonNullable<typeof taker.parseArg>;
}

/** What commander does without a parser. */
function parseAsItComes({ variadic }: Argument | Option) {
  return (value: string, before: readonly string[] | undefined) =>
    variadic ? [...(before ?? []), value] : value;
}
