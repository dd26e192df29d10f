import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';

/** Goes on after what is wrong with one thing, so that one run names what is wrong with each. */
export function collecting<Result>(errors: Diagnostic[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    errors.push(...error.diagnostics);
    return undefined;
  }
}
