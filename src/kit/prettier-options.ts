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
