import type { EmittedFile } from '../kit/file.js';
import { layOut } from './layout/layout.js';
import { isDefault, styleOf } from './layout/style.js';
import type { PrettierOptions } from '../kit/prettier-options.js';

/**
 * Lays out the TypeScript among the files as Prettier does. `verbatim` files and other languages stay as they are, and so
 * does what is laid out by default where the project has no options. Prettier is only loaded for what `layout` leaves.
 *
 * @throws Error naming the file for code that does not parse: a fault of the generator
 */
export async function format(
  files: readonly EmittedFile[],
  options: PrettierOptions,
): Promise<EmittedFile[]> {
  const formatted: EmittedFile[] = [];
  for (const file of files) formatted.push({ ...file, code: await formattedCode(file, options) });
  return formatted;
}

async function formattedCode(
  { path, code, verbatim, laidOut }: EmittedFile,
  options: PrettierOptions,
): Promise<string> {
  const finished = isDefault(options) ? laidOut : undefined;
  if (!path.endsWith('.ts') || finished === true) return code;
  if (verbatim === true) return options.semi === false ? withoutSemicolons(code) : code;

  const style = laidOut === true ? undefined : styleOf(options);
  const pieces =
    style && layOut(code, style, (statement) => finished instanceof Set && finished.has(statement));
  if (pieces === undefined) return prettier(path, code, options);
  let text = '';
  for (const { code, isLaidOut, isSpaced } of pieces) {
    text += `${isSpaced ? '\n' : ''}${isLaidOut ? `${code}\n` : await prettier(path, code, options)}`;
  }
  return text;
}

/** What Prettier takes off the statements that it is told to ignore, all the same. */
function withoutSemicolons(code: string): string {
  return code.replace(/;(?=\n(?:\/\/ prettier-ignore\n|$))/g, '');
}

async function prettier(path: string, code: string, options: PrettierOptions): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  return prettier
    .format(code, {
      ...options,
      endOfLine: 'lf',
      embeddedLanguageFormatting: 'off',
      parser: 'typescript',
      plugins: [typescript, estree],
    })
    .catch((error: unknown) => {
      throw new Error(`${path} cannot be formatted.`, { cause: error });
    });
}
