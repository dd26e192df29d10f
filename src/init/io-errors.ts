import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { explained } from '../disk/errno.js';

/** Runs one operation on a file and turns the operating system's refusal into a `Rejected` that names the file. */
export async function withIoErrors<T>(
  doing: 'read' | 'write',
  shown: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(
      error,
      (reason) => new Rejected(diagnostic('init-io', `Cannot ${doing} ${shown}: ${reason}.`)),
    );
  }
}
