import type { Report } from '../diagnostics/diagnostic.js';
import type { SourceOffset } from './offsets.js';
import { finding, rejected } from './rejection.js';

const integer = /^(?:[-+]?\d+|0[xo][\da-f]+)$/iu;

/**
 * Checks a number that YAML or JSON has read. Minus zero becomes zero, as JSON writes it.
 *
 * @param written its text in the file
 * @throws Rejected when it is not finite: JSON has no such number, generated code would have no literal for it.
 */
export function checkedNumber(value: number, written: string, start: SourceOffset, report: Report): number {
  if (!Number.isFinite(value)) {
    throw rejected('number-not-finite', 'This number is not finite.', start);
  }
  if (!Number.isSafeInteger(value) && integer.test(written) && BigInt(written) !== BigInt(value)) {
    report(
      finding(
        'number-inexact',
        `This integer cannot be held exactly; it is read as ${BigInt(value)}.`,
        start,
      ),
    );
  }
  return value === 0 ? 0 : value;
}
