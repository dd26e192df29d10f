import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { explained } from '../disk/errno.js';
import { shown } from './shown.js';

/**
 * Runs one operation on a file and turns the operating system's refusal into a `Rejected` that names the file.
 * Every other error passes through.
 */
export async function withIoErrors<T>(
  path: string,
  doing: 'read' | 'write' | 'remove',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(
      error,
      (reason) => new Rejected(diagnostic('output-io', `Cannot ${doing} ${shown(path)}: ${reason}.`)),
    );
  }
}
