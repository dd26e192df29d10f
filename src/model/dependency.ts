/**
 * What of a path an answer depends on: where it leads, also what is in it, which names a folder holds, or which of the names
 * that decide on the layout of files, be the folder there or not.
 */
export type Aspect = 'place' | 'content' | 'names' | 'layout';

/** Is called with every path that a run depends on, absent ones included, before the run reads it. */
export type AddDependency = (aspect: Aspect, path: string) => void;
