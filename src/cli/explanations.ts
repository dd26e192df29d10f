import { catalogue } from '../diagnostics/catalogue.js';
import type { Severity } from '../diagnostics/diagnostic.js';
import { rules as known, type Level } from '../model/change-rules.js';
import type { Entry, Example } from '../diagnostics/entry.js';

/** What there is to say of a code: of a finding, or of a rule of `diff`. */
export type Explanation = DiagnosticExplanation | RuleExplanation;

interface DiagnosticExplanation {
  readonly code: string;
  readonly kind: 'diagnostic';
  readonly severity: Severity;
  /** The exit code of a run that it ends; warnings and notes end none. */
  readonly exit?: number;
  readonly cause: string;
  readonly fix: string;
  readonly example?: Example;
}

interface RuleExplanation {
  readonly code: string;
  readonly kind: 'rule';
  readonly level: Level;
  readonly cause: string;
}

/** The catalogue of `diff`, by the ids of its rules. */
export type Rules = Readonly<Record<string, { readonly level: Level; readonly sentence: string }>>;

/** Everything that has a code, in the order of codes. */
export function explanations(rules: Rules = known): ReadonlyMap<string, Explanation> {
  const all: readonly Explanation[] = [
    ...Object.entries<Entry>(catalogue).map(([code, entry]) => ofDiagnostic(code, entry)),
    ...Object.entries(rules).map(
      ([code, { level, sentence }]) => ({ code, kind: 'rule', level, cause: sentence }) as const,
    ),
  ];
  return new Map(
    [...all].sort((a, b) => (a.code < b.code ? -1 : 1)).map((explanation) => [explanation.code, explanation]),
  );
}

function ofDiagnostic(code: string, { severity, exit, cause, fix, example }: Entry): DiagnosticExplanation {
  return {
    code,
    kind: 'diagnostic',
    severity,
    ...(severity === 'error' && { exit }),
    cause,
    fix,
    ...(example && { example }),
  };
}
