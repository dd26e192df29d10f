import { Option } from 'commander';
import { options, type OptionEntry } from '../config/options.js';

/** The options of the table that are about something, as the command line takes them. */
export function commandOptions(about: OptionEntry['about']): readonly Option[] {
  return options.filter((entry) => entry.about === about).flatMap(declared);
}

function declared({ kind, syntax, help }: OptionEntry): readonly Option[] {
  const option = new Option(syntax, help);
  switch (kind) {
    case 'path':
      return [option];
    case 'paths':
      return [option.argParser(repeated)];
    case 'names':
      return [option.argParser(separated)];
    case 'choices':
      return [option.argParser(chosen)];
    case 'flag': {
      // What a configuration or an earlier run says can be taken back. Commander wants the positive one first.
      const opposite = syntax.startsWith('--no-')
        ? syntax.replace('--no-', '--')
        : syntax.replace('--', '--no-');
      const both = [option, new Option(opposite).hideHelp()];
      return syntax.startsWith('--no-') ? both.reverse() : both;
    }
  }
}

/** Collects the values of an option that may come again. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Collects names between commas. */
export function separated(value: string, before: readonly string[] = []): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  return [...before, ...names.filter((name) => name !== '')];
}

/** `none` is a word for an empty list, which nobody could type otherwise. */
function chosen(value: string, before: readonly string[] = []): readonly string[] {
  return separated(value, before).filter((name) => name !== 'none');
}
