import type { Code } from '../diagnostics/catalogue.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { locationAt } from '../diagnostics/source.js';
import type { SourceOffset } from './offsets.js';

/** A finding at an offset of a source; without a frame where the source may not be quoted. */
export function finding(code: Code, message: string, start: SourceOffset | undefined): Diagnostic {
  if (!start) return diagnostic(code, message);
  const { position, frame } = locationAt(start.source, start.offset);
  const found = diagnostic(code, message);
  return frame === '' ? { ...found, position } : { ...found, position, frame };
}

export function rejected(code: Code, message: string, start?: SourceOffset): Rejected {
  return new Rejected(finding(code, message, start));
}

/** Runs independent pieces of work, and ends with everything that was wrong with any of them. */
export async function collectAll<Result>(
  work: readonly (() => Promise<Result>)[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const errors: Diagnostic[] = [];
  for (const each of work) {
    try {
      results.push(await each());
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      errors.push(...error.diagnostics);
    }
  }
  if (errors.length > 0) throw new Rejected(...errors);
  return results;
}
