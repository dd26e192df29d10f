import { relative, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Rendered } from '../generate.js';
import { count, printDiagnostics, say, style } from './print.js';

/** Says what a kit was made from and which options are in force. */
export function sayOrigin({ catalog, documents, settings, diagnostics }: Rendered): void {
  printDiagnostics(shownByDefault(diagnostics));
  const { events, products } = catalog;
  say(
    `${count(events.length, 'event')} of ${count(products.length, 'product')} from ${count(documents.length, 'document')}.`,
  );
  for (const { name, overlays } of documents) {
    for (const { name: overlay, changes } of overlays.filter(
      (each) => each.shipped && /corrections/.test(each.name),
    )) {
      say(
        `${printable(name)} is corrected in ${count(changes, 'place')} (${overlay}; --literal leaves that out).`,
      );
    }
  }
  if (settings.replayed.length > 0) {
    say(`As recorded in the kit: ${settings.replayed.join(', ')} (--no-replay forgets them).`);
  }
}

/** The parser's recommendations are `validate --verbose`'s to show. */
export function shownByDefault(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity !== 'info');
}

const marks = { created: '+', changed: '~', removed: '-', edited: '!', foreign: '!' } as const;
const colours = {
  created: 'green',
  changed: 'yellow',
  removed: 'red',
  edited: 'red',
  foreign: 'red',
} as const;

/** Lists the files that differ. */
export function sayFiles({ plan }: Rendered): void {
  for (const { path, state } of plan.files) {
    if (state !== 'unchanged')
      say(`  ${style(colours[state], `${marks[state]} ${state}`.padEnd(11))} ${path}`);
  }
}

/** A folder as the user would name it. */
export function folderName({ settings: { out, cwd } }: Rendered): string {
  const path = relative(cwd, out).split(sep).join('/');
  return printable(path === '' ? '.' : path.startsWith('..') ? out : path);
}

/** What every command about a kit prints with --json. */
export function kitDocument(rendered: Rendered): object {
  const { settings, catalog, plan, diagnostics } = rendered;
  const { replayed, cwd: _, ...options } = settings;
  return {
    options,
    replayed,
    documents: rendered.documents.map(({ file, overlays }) => ({ file, overlays })),
    events: catalog.events.map(({ name }) => name),
    files: plan.files.map(({ path, state, role }) => ({ path, state, role })),
    diagnostics: shownByDefault(diagnostics),
  };
}
