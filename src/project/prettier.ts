import { join } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { diagnostic, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { quoted } from '../diagnostics/printable.js';
import { locationAt } from '../diagnostics/source.js';
import type { Layout, LayoutOf, PrettierOptions } from '../kit/prettier-options.js';
import { readEditorConfig } from './editorconfig.js';
import { findPrettierConfig, type PrettierConfig } from './prettier-config.js';
import { overridden } from './prettier-overrides.js';
import { shown } from './shown.js';
import { Unreadable } from './text.js';

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isWidth = (value: unknown): boolean =>
  value === Infinity || (Number.isInteger(value) && Number(value) >= 0);
const oneOf = (...words: readonly string[]) => {
  return (value: unknown): boolean => typeof value === 'string' && words.includes(value);
};

const accepts: { readonly [O in keyof Required<PrettierOptions>]: (value: unknown) => boolean } = {
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

const byDefault: Layout = { options: {}, lineEnd: '\n' };

/**
 * The nearest Prettier configuration above `out` over the .editorconfig, with its `overrides` as they apply to each file in
 * `out`. Every file is read here, as data; Prettier itself is asked for nothing, since it would import what a file names. A
 * configuration that is a program is not run: the options default.
 */
export async function readLayout(
  out: string,
  report: Report,
  addDependency?: AddDependency,
): Promise<LayoutOf> {
  const said = new Set<string>();
  const once: Report = (found) => {
    if (!said.has(found.message)) report(found);
    said.add(found.message);
  };
  try {
    const config = await findPrettierConfig(out, addDependency);
    if (config?.program !== undefined) {
      const message = `${config.source.file} names a program for Prettier to run, so its options are not known.`;
      report(diagnostic('prettier-config-code', message, locationAt(config.source, config.program)));
      return () => byDefault;
    }
    const editorConfig = await readEditorConfig(out, addDependency);
    return (path) => {
      try {
        const file = join(out, path);
        return layoutIn(new Map([...editorConfig(file), ...overridden(config, file)]), config);
      } catch (error) {
        // A pattern that is refused shows with the first file that it is held against.
        once(unreadable(error));
        return byDefault;
      }
    };
  } catch (error) {
    report(unreadable(error));
    return () => byDefault;
  }

  function layoutIn(found: ReadonlyMap<string, unknown>, config: PrettierConfig | undefined): Layout {
    const plugins = found.get('plugins');
    if (Array.isArray(plugins) && plugins.length > 0) {
      const message = `Prettier’s plugins are not loaded for the files in ${shown(out)}.`;
      once(diagnostic('prettier-plugins', message));
    }
    return {
      options: accepted(found, config, once),
      lineEnd: found.get('endOfLine') === 'crlf' ? '\r\n' : '\n',
    };
  }
}

function unreadable(error: unknown): Diagnostic {
  if (!(error instanceof Unreadable)) throw error;
  const { source, offset } = error;
  const message = `${source.file} cannot be read: ${error.message}.`;
  return diagnostic('prettier-config-unreadable', message, locationAt(source, offset));
}

function accepted(
  found: ReadonlyMap<string, unknown>,
  config: PrettierConfig | undefined,
  report: Report,
): PrettierOptions {
  const kept = Object.entries(accepts).flatMap(([option, accepts]) => {
    const value = found.get(option);
    if (value === undefined) return [];
    if (accepts(value)) return [[option, value] as const];
    const message = `Prettier’s option ${option} cannot be ${quoted(value)}.`;
    const offset = config?.source.text.indexOf(option) ?? -1;
    const location = config && offset >= 0 ? locationAt(config.source, offset) : undefined;
    report(diagnostic('prettier-config-unreadable', message, location));
    return [];
  });
  return Object.fromEntries(kept);
}
