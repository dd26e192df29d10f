/** What of a path an answer depends on: where it leads, also what is in it, or which names a folder holds. */
export type Aspect = 'place' | 'content' | 'names';

/** Is called with every path that a run depends on, absent ones included, before the run reads it. */
export type AddDependency = (aspect: Aspect, path: string) => void;
