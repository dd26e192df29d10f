/** A pattern as an automaton: which state a character of a class leads to. */
interface Automaton {
  /** The first code point of each run of characters of one class. */
  readonly starts: readonly number[];
  /** The class of each run. */
  readonly classes: readonly number[];
  /** The next state, at state * (number of classes) + class; -1 for none. */
  readonly next: readonly number[];
  /** The states in which a text that ends there matches. */
  readonly accepting: readonly number[];
}

/**
 * A check of texts that takes one step for each of their characters, where a regular expression could take more time than
 * anybody has. It finds what a regular expression with the flag `u` would find.
 */
export function linearPattern({
  starts,
  classes,
  next,
  accepting,
}: Automaton): { test(text: string): boolean } {
  const width = classes.reduce((most, each) => Math.max(most, each), 0) + 1;
  const accepted = new Set(accepting);
  const ascii = Array.from({ length: 128 }, (_, point) => classOf(point));
  return { test };

  function test(text: string): boolean {
    let state = 0;
    for (let at = 0; at < text.length && state !== -1; at += 1) {
      const point = text.codePointAt(at) ?? 0;
      if (point > 0xffff) at += 1;
      state = next[state * width + (ascii[point] ?? classOf(point))] ?? -1;
    }
    return accepted.has(state);
  }

  /** The class of the last run that starts at the code point or before it. */
  function classOf(point: number): number {
    let from = 0;
    let to = starts.length;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if ((starts[middle] ?? 0) <= point) from = middle;
      else to = middle;
    }
    return classes[from] ?? 0;
  }
}
