/** A generated file before it is formatted and verified. */
export interface EmittedFile {
  /** Relative to the kit's folder, with `/`. */
  readonly path: string;
  readonly code: string;
  /** Its top-level statements in order, as `kit/statement` names them: `interface FreshdeskTicketPayload`, `import ./events`. */
  readonly statements: readonly string[];
  /** Machine-made code that nobody reads line by line is left as it is. */
  readonly verbatim?: boolean;
  /** Whether it stands as Prettier lays it out by default. */
  readonly laidOut?: boolean;
}
