import type { EmittedFile } from '../kit/file.js';
import type { PrettierOptions } from '../kit/prettier-options.js';

/** How Prettier's parsers are called by what a file's name ends in. Other files stay as they are. */
const parsers: ReadonlyMap<string, string> = new Map([
  // Takes half as long as its parser `typescript`, and a test holds that what comes out is the same.
  ['ts', 'babel-ts'],
  ['json', 'json'],
]);

/**
 * Has Prettier lay out TypeScript and JSON. It takes its time to load and to run: neither is done for what stands as it
 * should already.
 *
 * @throws Error naming the file for code that does not parse: a fault of the generator
 */
export async function format(
  files: readonly EmittedFile[],
  options: PrettierOptions,
): Promise<EmittedFile[]> {
  const formatted: EmittedFile[] = [];
  for (const file of files) {
    const parser = parsers.get(file.path.slice(file.path.lastIndexOf('.') + 1));
    const isFinished = parser === undefined || stands(file, options);
    formatted.push(isFinished ? file : { ...file, code: await prettier(file, parser, options) });
  }
  return formatted;
}

/** Whether Prettier would change nothing. */
function stands({ laidOut, verbatim }: EmittedFile, options: PrettierOptions): boolean {
  // A semicolon it takes off statements, too, that it is told to ignore.
  if (verbatim === true) return options.semi !== false;
  return laidOut === true && isDefault(options);
}

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
};

function isDefault(options: PrettierOptions): boolean {
  return Object.entries(options).every(
    ([option, value]) => defaults[option as keyof PrettierOptions] === value,
  );
}

async function prettier(
  { path, code }: EmittedFile,
  parser: string,
  options: PrettierOptions,
): Promise<string> {
  const [prettier, babel, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/babel'),
    import('prettier/plugins/estree'),
  ]);
  return prettier
    .format(code, {
      ...options,
      endOfLine: 'lf',
      embeddedLanguageFormatting: 'off',
      parser,
      plugins: [babel, estree],
    })
    .catch((error: unknown) => {
      throw new Error(`${path} cannot be formatted.`, { cause: error });
    });
}
