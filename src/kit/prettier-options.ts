/** The options of Prettier that change how a kit's files look, but for line ends. */
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
  /** Of JSON alone. */
  readonly parser?: JsonParser;
}

/** The parsers of Prettier for JSON that leave it JSON; `jsonc` does where there are no trailing commas. */
export type JsonParser = 'json' | 'jsonc' | 'json-stringify';

/** How the project wants a file. */
export interface Layout {
  readonly options: PrettierOptions;
  readonly lineEnd: '\n' | '\r\n';
}

/**
 * By the file's path in the kit: a project may lay out some of its files in another way than others, and have a configuration in
 * any of the kit's folders, which is read when the first file of the folder is asked for.
 */
export type LayoutOf = (path: string) => Promise<Layout>;

/** A text with the line ends that its file has. */
export function withLineEnds(text: string, { lineEnd }: Layout): string {
  return lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd);
}
