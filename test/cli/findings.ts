import fc from 'fast-check';
import { catalogue, type Code } from '../../src/diagnostics/catalogue.js';
import { diagnostic, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { nastyText } from '../hostile/nasty.js';

/** A finding at a place, or at none. */
export function finding(code: Code, message: string, position?: Diagnostic['position']): Diagnostic {
  return { ...diagnostic(code, message), ...(position && { position }) };
}

/** Any finding, about any file, in any words. */
export const nastyFinding: fc.Arbitrary<Diagnostic> = fc
  .record({
    code: fc.constantFrom(...(Object.keys(catalogue) as Code[])),
    severity: fc.constantFrom('error', 'warning', 'info'),
    message: nastyText,
    fix: nastyText,
    position: fc.option(fc.record({ file: nastyText, line: number(), column: number() }), { nil: undefined }),
  })
  .map(({ position, ...rest }) => ({ ...rest, ...(position && { position }) }));

/** A line or column, and what some library might give for one. */
function number(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 5_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, NaN, Infinity, 2 ** 40) },
  );
}
