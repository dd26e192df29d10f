import { describe } from '../generate.js';
import { printDocument } from './document.js';
import { exitCodes } from './exit.js';
import { count, printDiagnostics, say } from './print.js';
import type { Flags } from './program.js';
import { shownByDefault } from './summary.js';

/** `validate`: reads the documents as far as a generator would, and says what it found. */
export async function validateCommand(flags: Flags): Promise<number> {
  const { catalog, documents, diagnostics } = await describe({ ...flags, style: flags.verbose });
  const shown = flags.verbose ? diagnostics : shownByDefault(diagnostics);
  if (flags.json) {
    printDocument({
      command: 'validate',
      ok: true,
      exitCode: exitCodes.fine,
      documents: documents.map(({ file, overlays }) => ({ file, overlays })),
      diagnostics: shown,
    });
    return exitCodes.fine;
  }
  printDiagnostics(shown);
  say(
    `${count(documents.length, 'document')} valid: ${count(catalog.events.length, 'event')} of ${count(catalog.products.length, 'product')}.`,
  );
  return exitCodes.fine;
}
