import type { CommanderError } from 'commander';
import type { Code } from '../diagnostics/catalogue.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

/** By commander's own code. */
const codes: ReadonlyMap<string, Code> = new Map([
  ['commander.help', 'usage-command-missing'],
  ['commander.unknownCommand', 'usage-command-unknown'],
  ['commander.unknownOption', 'usage-option-unknown'],
  ['commander.conflictingOption', 'usage-option-conflict'],
  ['commander.missingMandatoryOptionValue', 'option-missing'],
  ['commander.optionMissingArgument', 'usage-value-missing'],
  ['commander.invalidArgument', 'usage-value-invalid'],
  ['commander.missingArgument', 'usage-argument-missing'],
  ['commander.excessArguments', 'usage-argument-excess'],
]);

/** What is wrong with a command line. */
export function usageFailure({ code, message }: CommanderError): Rejected {
  const known = codes.get(code) ?? 'usage-invalid';
  const said = known === 'usage-command-missing' ? 'no command is given' : sentence(message);
  return new Rejected(diagnostic(known, said));
}

/**
 * What stands behind the equals sign of an option that there is not: it may be a secret, given in the place of the name of
 * a variable.
 */
const valueOfUnknown = /^(unknown option '[^'=\n]*)=[^\n]*'(?=\n|$)/;

/** Commander's message on one line, what it proposes behind it: `unknown option '--ot' (Did you mean --out?)`. */
function sentence(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(valueOfUnknown, "$1'")
    .replace(/\n(?=\(Did you mean [^\n]*\?\)$)/, ' ');
}
