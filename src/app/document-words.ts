import { options, type OptionName } from '../config/options.js';
import type { KitFlags } from '../config/kits.js';
import { word } from '../dev/shell.js';

/** The options that say which documents are read, as the command line gave them. */
export interface DocumentFlags extends KitFlags {
  readonly config?: string | false | undefined;
}

/**
 * The same options for another command, which is printed to be copied: as words of a shell, each behind a space. Empty where
 * nothing was given.
 *
 * @param kit the kit's folder, for a command that writes one
 */
export function documentWords({ config, ...flags }: DocumentFlags, kit?: string): string {
  const words = options
    .filter(({ about }) => about === 'documents')
    .flatMap(({ name, kind, syntax }) =>
      wordsOf(syntax.replace(/ .*$/, ''), kind, flags[name as OptionName]),
    );
  const first = config === undefined ? [] : config === false ? ['--no-config'] : ['--config', config];
  return [...first, ...(kit === undefined ? [] : ['--out', kit]), ...words]
    .map((each) => ` ${word(each)}`)
    .join('');
}

function wordsOf(option: string, kind: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (value === true) return [option];
  if (value === false) return [option.replace('--', '--no-')];
  if (typeof value === 'string') return [option, value];
  const values = value as readonly string[];
  return kind === 'paths' ? values.flatMap((each) => [option, each]) : [option, values.join(',')];
}
