import type { Severity } from './diagnostic.js';

/** What the catalogue says of one code. */
export interface Entry {
  readonly severity: Severity;
  /** The exit code when this error ends a run: 1 I/O, 2 usage or unreadable input, 3 document or overlay rejected, 4 out of date. */
  readonly exit: 1 | 2 | 3 | 4;
  /** Why it happens, in one or two sentences. */
  readonly cause: string;
  /** What the user does about it, in one sentence that starts with a verb. */
  readonly fix: string;
  /** What it looks like, where seeing it says more than its cause and fix. */
  readonly example?: Example;
}

/** Lines of a document or an overlay, of which the first has the finding and the second has not. */
export interface Example {
  readonly before: string;
  readonly after: string;
}

/** Keeps each code a literal type while checking its entry. */
export function entries<const Codes extends Record<string, Entry>>(
  codes: Codes,
): { readonly [C in keyof Codes]: Entry } {
  return codes;
}
