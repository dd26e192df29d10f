import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import type { JsonParser, PrettierOptions } from '../kit/prettier-options.js';

/** The parsers of Prettier that are loaded here. */
export type Parser = 'babel-ts' | JsonParser;

/**
 * Prettier, which takes a while to load: this module is imported when there is something to lay out. It looks for no file;
 * the options are all that it knows of the project.
 *
 * For .ts files Prettier itself would take its parser `typescript`. `babel-ts` takes two thirds of the time to load and to
 * run; a test holds that what comes out is the same.
 */
export function prettier(code: string, parser: Parser, options: PrettierOptions): Promise<string> {
  return format(code, {
    ...options,
    endOfLine: 'lf',
    embeddedLanguageFormatting: 'off',
    parser,
    plugins: [babel, estree],
  });
}
