import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Witness } from '../catalog/witness.js';
import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { nearest, upwards } from './nearest.js';
import { shown } from './shown.js';

/** The options of Prettier that change how TypeScript looks; line ends are always LF, as the kit's .gitattributes says. */
export interface PrettierOptions {
  readonly printWidth?: number;
  readonly tabWidth?: number;
  readonly useTabs?: boolean;
  readonly semi?: boolean;
  readonly singleQuote?: boolean;
  readonly quoteProps?: 'as-needed' | 'consistent' | 'preserve';
  readonly trailingComma?: 'all' | 'es5' | 'none';
  readonly bracketSpacing?: boolean;
  readonly objectWrap?: 'preserve' | 'collapse';
  readonly arrowParens?: 'always' | 'avoid';
  readonly experimentalTernaries?: boolean;
  readonly experimentalOperatorPosition?: 'start' | 'end';
}

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

/** In the order in which Prettier looks for them (prettier.io/docs/configuration). */
const configNames = [
  'package.json',
  'package.yaml',
  '.prettierrc',
  '.prettierrc.json',
  '.prettierrc.yml',
  '.prettierrc.yaml',
  '.prettierrc.json5',
  ...['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].flatMap((code) => [
    `.prettierrc.${code}`,
    `prettier.config.${code}`,
  ]),
  '.prettierrc.toml',
];

/**
 * The nearest Prettier configuration above `out` that is data, over the .editorconfig; its `overrides` as they apply to a
 * TypeScript file in `out`. A configuration that is a program, or names a package that would be one, is not run.
 */
export async function readPrettierOptions(
  out: string,
  report: Report,
  witness?: Witness,
): Promise<PrettierOptions> {
  const config = await nearest(out, configNames, witness, configures);
  const kind = config === undefined ? 'data' : await kindOfConfig(config);
  if (kind === 'code') {
    report(
      diagnostic(
        'prettier-config-code',
        `${shown(config ?? out)} is run by Prettier, so its options are not known.`,
      ),
    );
    return {};
  }
  if (kind === 'unreadable') {
    report(diagnostic('prettier-config-unreadable', `${shown(config ?? out)} cannot be read.`));
    return {};
  }
  if (config === undefined && (await nearest(out, ['.editorconfig'], witness)) === undefined) return {};
  for (const folder of upwards(out)) {
    // Prettier looks for each .editorconfig up to the root of the repository.
    for (const name of ['.editorconfig', '.git', '.hg']) witness?.('content', join(folder, name));
  }

  const found = await resolved(out, config, report);
  if (Array.isArray(found['plugins']) && found['plugins'].length > 0) {
    report(
      diagnostic('prettier-plugins', `Prettier’s plugins are not loaded for the files in ${shown(out)}.`),
    );
  }
  const kept = Object.entries(accepts).flatMap(([option, accepted]) => {
    const value = found[option];
    if (value === undefined) return [];
    if (accepted(value)) return [[option, value] as const];
    report(
      diagnostic(
        'prettier-config-unreadable',
        `Prettier’s option ${option} cannot be ${JSON.stringify(value)}.`,
      ),
    );
    return [];
  });
  return Object.fromEntries(kept);
}

/** A package file configures Prettier only where it says so. */
async function configures(file: string): Promise<boolean> {
  if (basename(file) !== 'package.json' && basename(file) !== 'package.yaml') return true;
  return Boolean(await dataOf(file).catch(() => undefined));
}

/**
 * Prettier imports what a configuration names when the whole of it is a string, so nothing but an object reaches it, and
 * nothing that could be read in two ways.
 */
async function kindOfConfig(file: string): Promise<'data' | 'code' | 'unreadable'> {
  if (/^\.[cm]?[jt]s$/.test(extname(file))) return 'code';
  if (extname(file) === '.toml') return 'data';
  try {
    if (extname(file) === '.json5') return startsAnObject(await readFile(file, 'utf8')) ? 'data' : 'code';
    const data = await dataOf(file);
    if (typeof data === 'string') return 'code';
    return typeof data === 'object' ? 'data' : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

async function dataOf(file: string): Promise<unknown> {
  const { parse } = await import('yaml');
  const data: unknown = parse(await readFile(file, 'utf8'), { logLevel: 'error' });
  if (!basename(file).startsWith('package.')) return data;
  return typeof data === 'object' && data !== null && 'prettier' in data ? data.prettier : undefined;
}

/** Whether the first thing in a JSON5 text, after blanks and comments, is an object. */
function startsAnObject(text: string): boolean {
  return /^(?:\s|\/\/[^\n\r\u2028\u2029]*[\n\r\u2028\u2029]|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*\{/.test(text);
}

async function resolved(
  out: string,
  config: string | undefined,
  report: Report,
): Promise<Record<string, unknown>> {
  const { resolveConfig } = await import('prettier');
  try {
    const file = join(out, 'index.ts');
    return {
      ...(await resolveConfig(file, { editorconfig: true, useCache: false, ...(config && { config }) })),
    };
  } catch {
    report(
      diagnostic(
        'prettier-config-unreadable',
        `${shown(config ?? join(out, '.editorconfig'))} cannot be read.`,
      ),
    );
    return {};
  }
}
