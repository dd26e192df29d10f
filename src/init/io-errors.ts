import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

/** Does one thing with a file, and says which file it was where the system refuses. */
export async function withIoErrors<T>(
  doing: 'read' | 'write',
  shown: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Rejected(diagnostic('init-io', `Cannot ${doing} ${shown}: ${code}.`));
  }
}
