import type { EmittedFile } from '../kit/file.js';
import type { LayoutOf, PrettierOptions } from '../kit/prettier-options.js';
import { sha256 } from '../kit/sha256.js';
import { keep, recall } from './laid-out.js';
import type { Parser } from './prettier.js';

const defaults: Required<PrettierOptions> = {
  printWidth: 80,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: 'as-needed',
  trailingComma: 'all',
  bracketSpacing: true,
  objectWrap: 'preserve',
  arrowParens: 'always',
  experimentalTernaries: false,
  experimentalOperatorPosition: 'end',
  parser: 'json',
};

/** Anything but TypeScript and JSON stays as it is. */
function parserOf(path: string, { parser }: Required<PrettierOptions>): Parser | undefined {
  if (path.endsWith('.ts')) return 'babel-ts';
  return path.endsWith('.json') ? parser : undefined;
}

/** Lays out files, one after the other. Lines end in LF still. */
export async function formatAll(files: readonly EmittedFile[], layoutOf: LayoutOf): Promise<EmittedFile[]> {
  const formatted: EmittedFile[] = [];
  for (const file of files)
    formatted.push({ ...file, code: await format(file, (await layoutOf(file.path)).options) });
  return formatted;
}

/**
 * The code of a file as Prettier lays it out. Prettier is not asked, nor even loaded, where the answer is known.
 *
 * @throws Error naming the file for code that does not parse: a fault of the generator
 */
export async function format(file: EmittedFile, options: PrettierOptions): Promise<string> {
  const { path, code } = file;
  const all = { ...defaults, ...options };
  const parser = parserOf(path, all);
  if (parser === undefined || stands(file, all)) return code;
  const key = sha256(JSON.stringify([parser, all]), code);
  const known = recall(key);
  if (known !== undefined) return known;
  const { prettier } = await import('./prettier.js');
  try {
    const text = await prettier(code, parser, options);
    keep(key, text);
    return text;
  } catch (error) {
    throw new Error(`${path} cannot be formatted.`, { cause: error });
  }
}

/** Whether Prettier would change nothing. */
function stands({ laidOut, verbatim }: EmittedFile, options: Required<PrettierOptions>): boolean {
  // Prettier takes the semicolons off statements, too, that it is told to ignore.
  if (verbatim === true) return options.semi;
  return laidOut === true && JSON.stringify(options) === JSON.stringify(defaults);
}
