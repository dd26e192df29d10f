import type { KitConfiguration } from '../config/kits.js';
import { catalogue } from '../diagnostics/catalogue.js';
import { Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { exitCodes } from './exit.js';
import { worst, type Outcome } from './outcome.js';
import { printDiagnostics, say } from './print.js';

/**
 * What ended a run. The user's mistakes come without a stack; the program's own come with one.
 *
 * @param sources of the options of the kit that it was about: the documents refuse a product, and do not know who asked for it
 */
export function failure(error: unknown, sources?: KitConfiguration['sources']): Outcome {
  if (!(error instanceof Rejected)) return fault(error);
  const products = sources?.products;
  const position = products?.from === 'file' ? products.position : undefined;
  const findings = error.diagnostics.map((found) =>
    found.code === 'product-unknown' && position ? { ...found, position } : found,
  );
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
