import { catalogue } from '../diagnostics/catalogue.js';
import { Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { exitCodes } from './exit.js';
import { printDocument } from './document.js';
import { printDiagnostics, say } from './print.js';

/** Reports what ended a run. The user's mistakes come without a stack; the program's own come with one. */
export function reportFailure(error: unknown, json: boolean): number {
  if (!(error instanceof Rejected)) {
    process.stderr.write(
      'freshworks-gen failed, and nothing more was written. This is a fault of the program:\n',
    );
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(stack.split('\n').map(printable).join('\n'));
    if (json) printDocument({ ok: false, exitCode: exitCodes.internal, diagnostics: [] });
    return exitCodes.internal;
  }
  const { diagnostics } = error;
  const exitCode = Math.min(...diagnostics.map(({ code }) => catalogue[code].exit));
  if (json) printDocument({ ok: false, exitCode, diagnostics });
  else printDiagnostics(diagnostics);
  return exitCode;
}
