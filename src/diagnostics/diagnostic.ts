import { catalogue, type Code } from './catalogue.js';
import type { SourceLocation, Position } from './source-location.js';
import { mergeRepeated } from './repeated.js';

export type Severity = 'error' | 'warning' | 'info';

/** One finding about the user's input. Plain data: reporters render it, `--json` prints it as it is. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** What is wrong, in one sentence. Document text in it has been made printable by the reporter, not here. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  readonly position?: Position;
  readonly frame?: string;
  /** How often it was found in this place, where that is more than once: through several references, say. */
  readonly count?: number;
  /** The places that make it up, in order, where it is not about one place alone. */
  readonly steps?: readonly Step[];
}

/** One of several places that a finding is about. */
export interface Step {
  /** What the document says there. */
  readonly message: string;
  readonly position?: Position;
}

/** Takes a finding and goes on; a stage reports all it can find before it gives up. */
export type Report = (diagnostic: Diagnostic) => void;

export function diagnostic(code: Code, message: string, location?: SourceLocation): Diagnostic {
  const { severity, fix } = catalogue[code];
  return {
    code,
    severity,
    message,
    fix,
    ...(location && { position: location.position, frame: location.frame }),
  };
}

/** Stops the run for a reason that is the user's to mend. Carries what was found last; no stack is shown for it. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    const merged = mergeRepeated(diagnostics);
    super(merged.map((each) => each.message).join('\n'));
    this.diagnostics = merged;
  }
}
