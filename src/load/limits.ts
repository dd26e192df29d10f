/**
 * What one document may cost. Far above what people write, far below what stops a machine: a file at every limit at once
 * still loads in seconds.
 */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 16 * 1024 * 1024,
  /** Bytes of all files that the references of one document bring in. */
  referencedBytes: 64 * 1024 * 1024,
  /** Files that the references of one document bring in. */
  referencedFiles: 500,
  /** Levels of objects and arrays. */
  depth: 256,
  /** Objects, arrays, scalars, aliases expanded. */
  nodes: 1_000_000,
  /** Lexical tokens of a YAML file, line ends and comments among them. */
  tokens: 1_500_000,
  /** Values that the aliases and merge keys of one file repeat. */
  repeatedNodes: 20_000,
  /** Merge keys (`<<`) of one file: each copies a whole object. */
  mergeKeys: 250,
  /** Characters of one JSONPath query: its parser calls itself for every bracket. */
  queryLength: 1_000,
  /** Looks at members and items that the queries of one overlay take at one document, those of their filters included. */
  queriedLooks: 2_000_000,
  /** Errors of one kind that are collected in one file before the rest is left unsaid. */
  errors: 20,
} as const;
