import type { EmittedFile } from '../kit/file.js';
import type { PrettierOptions } from './prettier-options.js';

/**
 * Formats the TypeScript among the files with the bundled Prettier; `verbatim` files and other languages stay
 * as they are, and so does what is laid out by default where the project has no options.
 *
 * @throws Error naming the file for code that does not parse: a fault of the generator
 */
export async function format(
  files: readonly EmittedFile[],
  options: PrettierOptions,
): Promise<EmittedFile[]> {
  const byDefault = Object.keys(options).length === 0;
  const isFormatted = ({ path, verbatim, laidOut }: EmittedFile) =>
    path.endsWith('.ts') && verbatim !== true && !(byDefault && laidOut === true);
  if (!files.some(isFormatted)) return [...files];

  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  const formatted: EmittedFile[] = [];
  for (const file of files) {
    if (!isFormatted(file)) {
      formatted.push(file);
      continue;
    }
    const code = await prettier
      .format(file.code, {
        ...options,
        endOfLine: 'lf',
        embeddedLanguageFormatting: 'off',
        parser: 'typescript',
        plugins: [typescript, estree],
      })
      .catch((error: unknown) => {
        throw new Error(`${file.path} cannot be formatted.`, { cause: error });
      });
    formatted.push({ ...file, code });
  }
  return formatted;
}
