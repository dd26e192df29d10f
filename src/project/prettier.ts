import { dirname, join, resolve } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { diagnostic, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { quoted } from '../diagnostics/printable.js';
import { locationAt } from '../diagnostics/source.js';
import type { Layout, LayoutOf, PrettierOptions } from '../kit/prettier-options.js';
import { editorOptions } from './editorconfig.js';
import { jsonParser, languageOf, unfollowed } from './followed.js';
import type { GivenOptions } from './given.js';
import { layoutFolders } from './layout-folders.js';
import { overridden } from './prettier-overrides.js';
import { shown } from './shown.js';
import { Unreadable } from './text.js';

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isWidth = (value: unknown): boolean =>
  value === Infinity || (Number.isInteger(value) && Number(value) >= 0);
const oneOf = (...words: readonly string[]) => {
  return (value: unknown): boolean => typeof value === 'string' && words.includes(value);
};

/** The options whose values are taken as they are, and what each can be. */
const accepts: {
  readonly [O in Exclude<keyof PrettierOptions, 'parser'>]-?: (value: unknown) => boolean;
} = {
  printWidth: isWidth,
  tabWidth: (value) => isWidth(value) && Number(value) <= 64,
  useTabs: isBoolean,
  semi: isBoolean,
  singleQuote: isBoolean,
  quoteProps: oneOf('as-needed', 'consistent', 'preserve'),
  trailingComma: oneOf('all', 'es5', 'none'),
  bracketSpacing: isBoolean,
  objectWrap: oneOf('preserve', 'collapse'),
  arrowParens: oneOf('always', 'avoid'),
  experimentalTernaries: isBoolean,
  experimentalOperatorPosition: oneOf('start', 'end'),
};
const isLineEnd = oneOf('auto', 'lf', 'crlf', 'cr');

const byDefault: Layout = { options: {}, lineEnd: '\n' };

/**
 * How the files of a kit are to be laid out: by the Prettier configuration nearest to the file over the .editorconfig files, with
 * its `overrides` as they apply to the file. Every file is read here, as data; Prettier itself is asked for nothing, since it
 * would import what a file names. A configuration that is a program is not run: the options default.
 *
 * @param report is called while layouts are asked for, once with each finding
 */
export function readLayout(out: string, report: Report, addDependency?: AddDependency): LayoutOf {
  const { prettierConfigOf, editorConfigsOf } = layoutFolders(out, addDependency);
  const said = new Set<string>();
  const once: Report = (found) => {
    if (!said.has(found.message)) report(found);
    said.add(found.message);
  };

  return async (path) => {
    const file = resolve(join(out, path));
    try {
      const config = await prettierConfigOf(dirname(file));
      if (config?.program !== undefined) {
        const message = `${config.source.file} names a program for Prettier to run, so its options are not known.`;
        once(diagnostic('prettier-config-code', message, locationAt(config.source, config.program)));
        return byDefault;
      }
      const editorConfigs = await editorConfigsOf(dirname(file));
      return layout(path, new Map([...editorOptions(editorConfigs, file), ...overridden(config, file)]));
    } catch (error) {
      // A pattern that is refused shows with the first file that it is held against.
      once(unreadable(error));
      return byDefault;
    }
  };

  function layout(path: string, given: GivenOptions): Layout {
    const valueOf = (option: string) => given.get(option)?.value;
    const plugins = valueOf('plugins');
    if (Array.isArray(plugins) && plugins.length > 0) {
      const message = `Prettier’s plugins are not loaded for the files in ${shown(out)}.`;
      once(diagnostic('prettier-plugins', message, given.get('plugins')?.location()));
    }
    const language = languageOf(path);
    for (const option of language ? unfollowed(language, given) : []) {
      const message = `Files in ${shown(out)} cannot follow Prettier’s option ${option}, which is ${quoted(valueOf(option))}.`;
      once(diagnostic('prettier-option', message, given.get(option)?.location()));
    }
    const endOfLine = accepted('endOfLine', isLineEnd, given, once);
    const parser = language === 'json' ? jsonParser(given) : undefined;
    const options = Object.entries(accepts).flatMap(([option, accepts]) => {
      const value = accepted(option, accepts, given, once);
      return value === undefined ? [] : [[option, value] as const];
    });
    return {
      options: Object.fromEntries([
        ...options,
        ...(parser === undefined || parser === 'json' ? [] : [['parser', parser] as const]),
      ]),
      lineEnd: endOfLine === 'crlf' ? '\r\n' : '\n',
    };
  }
}

function unreadable(error: unknown): Diagnostic {
  if (!(error instanceof Unreadable)) throw error;
  const { source, offset } = error;
  const message = `${source.file} cannot be read: ${error.message}.`;
  return diagnostic('prettier-config-unreadable', message, locationAt(source, offset));
}

/** The value of an option; undefined where it has none that Prettier takes. */
function accepted(
  option: string,
  accepts: (value: unknown) => boolean,
  given: GivenOptions,
  report: Report,
): unknown {
  const found = given.get(option);
  if (found?.value === undefined) return undefined;
  if (accepts(found.value)) return found.value;
  const message = `Prettier’s option ${option} cannot be ${quoted(found.value)}.`;
  report(diagnostic('prettier-config-unreadable', message, found.location()));
  return undefined;
}
