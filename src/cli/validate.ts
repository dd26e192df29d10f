import { describe } from '../app/generate.js';
import type { Options } from '../config/settings.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { eachKit } from './kits.js';
import type { Outcome } from './outcome.js';
import { count, printDiagnostics, say } from './print.js';
import type { Flags } from './flags.js';
import { shownByDefault } from '../app/summary.js';

/** `validate`: reads the documents as far as a generator would, and says what it found. */
export async function validateCommand(flags: Flags): Promise<Outcome> {
  const { kits } = await configured(flags, { needsOut: false });
  return eachKit(kits, (options) => validated(options, flags.verbose ?? false));
}

async function validated(options: Options, verbose: boolean): Promise<Outcome> {
  const { catalog, documents, diagnostics } = await describe({ ...options, style: verbose });
  const shown = verbose ? diagnostics : shownByDefault(diagnostics);
  return {
    exitCode: exitCodes.fine,
    findings: shown,
    document: {
      documents: documents.map(({ file, overlays }) => ({ file, overlays })),
      diagnostics: shown,
    },
    say() {
      printDiagnostics(shown);
      say(
        `${count(documents.length, 'document')} valid: ${count(catalog.events.length, 'event')} of ${count(catalog.products.length, 'product')}.`,
      );
    },
  };
}
