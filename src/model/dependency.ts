/** What of a path an answer depends on: where it leads, also what is in it, or which names a folder holds. */
export type Aspect = 'place' | 'content' | 'names';

/** Hears of every path that a run depends on, absent ones included, before the run looks at it. */
export type Witness = (aspect: Aspect, path: string) => void;
