import type { Code } from '../diagnostics/catalogue.js';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.js';
import type { Level, RuleId } from '../model/change-rules.js';

/** What reporters render: a finding of the catalogue, or a change by a rule of `diff`. */
export interface Finding extends Omit<Diagnostic, 'code'> {
  readonly code: Code | RuleId;
}

/** How much a change weighs among other findings. */
export const severityOf: Readonly<Record<Level, Severity>> = {
  breaking: 'error',
  risky: 'warning',
  safe: 'info',
};
