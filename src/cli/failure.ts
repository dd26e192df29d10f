import { catalogue } from '../diagnostics/catalogue.js';
import { Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { exitCodes } from './exit.js';
import { worst, type Outcome } from './outcome.js';
import { printDiagnostics, say } from './print.js';

/** What ended a run. The user's mistakes come without a stack; the program's own come with one. */
export function failure(error: unknown): Outcome {
  if (!(error instanceof Rejected)) return fault(error);
  const findings = error.diagnostics;
  return {
    exitCode: worst(findings.map(({ code }) => catalogue[code].exit)),
    findings,
    document: { diagnostics: findings },
    say: () => printDiagnostics(findings),
  };
}

function fault(error: unknown): Outcome {
  // Said at once: where a document is printed, nobody else would report it.
  process.stderr.write(
    'freshworks-gen failed, and nothing more was written. This is a fault of the program:\n',
  );
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(stack.split('\n').map(printable).join('\n'));
  return {
    exitCode: exitCodes.internal,
    findings: [],
    document: { diagnostics: [] },
    say: () => undefined,
  };
}
