import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Rendered } from './generate.js';

/** What the report about a kit is made of: plain data, the same from a run as from what was kept of one. */
export interface Summary {
  readonly settings: Rendered['settings'];
  /** Names of the events. */
  readonly events: readonly string[];
  /** How many products there are. */
  readonly products: number;
  readonly documents: readonly DocumentSummary[];
  /** Those that are shown by default. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileSummary[];
  readonly manifest: FileSummary;
}

type FileSummary = Pick<Rendered['plan']['manifest'], 'path' | 'state' | 'role'>;

interface DocumentSummary extends Pick<Rendered['documents'][number], 'name' | 'file' | 'overlays'> {
  /** Whether any event comes from it. */
  readonly used: boolean;
}

export function summaryOf({ settings, catalog, documents, diagnostics, plan }: Rendered): Summary {
  const used = new Set(catalog.documents.map(({ name }) => name));
  return {
    settings,
    events: catalog.events.map(({ name }) => name),
    products: catalog.products.length,
    documents: documents.map(({ name, file, overlays }) => ({ name, file, overlays, used: used.has(name) })),
    diagnostics: shownByDefault(diagnostics),
    files: plan.files.map(fileSummary),
    manifest: fileSummary(plan.manifest),
  };
}

function fileSummary({ path, state, role }: FileSummary): FileSummary {
  return { path, state, role };
}

/** The parser's recommendations are `validate --verbose`'s to show. */
export function shownByDefault(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity !== 'info');
}
