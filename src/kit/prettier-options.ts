/** The options of Prettier that change how TypeScript looks, but for line ends. */
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

/** How the project wants a file. */
export interface Layout {
  readonly options: PrettierOptions;
  readonly lineEnd: '\n' | '\r\n';
}

/** By the file's path in the kit: a project may lay out some of its files in another way than others. */
export type LayoutOf = (path: string) => Layout;

/** A text with the line ends that its file has. */
export function withLineEnds(text: string, { lineEnd }: Layout): string {
  return lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd);
}
