/** A point in a source text, counted as editors count: lines and columns from 1, columns in UTF-16 units. */
export interface Position {
  /** The file as the user would name it: relative to the working directory where that is shorter, `/` between folders. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A position with the lines around it, ready to print. */
export interface SourceLocation {
  readonly position: Position;
  /** A code frame of at most a few lines, safe for a terminal. */
  readonly frame: string;
}
