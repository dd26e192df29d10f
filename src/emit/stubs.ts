import type { Catalog, Event } from '../model/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { EmittedFile } from '../kit/file.js';
import { handlerPath } from '../kit/path.js';
import { importOf, stub, type StubOptions } from './stub.js';

export interface StubRequest {
  /** The user's handler files as they are, by path in the kit. */
  readonly existing: ReadonlyMap<string, string>;
  /** The events that an earlier run wrote a stub for, with the handler's name then. */
  readonly stubbed: ReadonlyMap<string, string>;
  /** Whether products of the documents are left out. */
  readonly isFiltered: boolean;
}

export interface Stubs {
  /** The handler files that were there, as they should be. */
  readonly files: ReadonlyMap<string, string>;
  /** The handler files that were not. */
  readonly created: readonly EmittedFile[];
  /** What was added to the files that were there, each a module by itself. */
  readonly added: readonly EmittedFile[];
  /** The exported handler of each event that has one. */
  readonly collected: ReadonlyMap<string, string>;
  /** Handler files that take no stub until their syntax is mended. */
  readonly broken: readonly Diagnostic[];
  /** Handlers whose event the documents no longer have, or whose product is left out. */
  readonly orphans: readonly Diagnostic[];
  /** Events without an exported handler, handlers in files that are not collected, imports that end as they used to. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Adds a stub for every event that is new since the last run, at the end of its product's file. Not a byte of what is there
 * changes. A handler that the user has taken out of a file is not written again, but reported; stubs of a file that is gone
 * are written again with the file.
 */
export async function addStubs(catalog: Catalog, request: StubRequest, options: StubOptions): Promise<Stubs> {
  const { existing, stubbed } = request;
  const files = new Map(existing);
  const created: EmittedFile[] = [];
  const added: EmittedFile[] = [];
  const broken: Diagnostic[] = [];
  const collected = new Map<string, string>();
  const warnings: Diagnostic[] = [];
  for (const { name: product } of catalog.products) {
    const path = handlerPath(product);
    const events = catalog.events.filter((each) => each.product === product);
    const text = existing.get(path);
    if (text === undefined) {
      events.forEach(({ name, handler }) => collected.set(name, handler));
      if (events.length > 0) created.push(opening(path, events, options));
      continue;
    }
    // Reading a handler file loads the compiler, which a first run has no need of.
    const { extendFile } = await import('./handler-file.js');
    const extended = await extendFile({ path, text }, events, stubbed, options);
    extended.collected.forEach((handler, event) => collected.set(event, handler));
    files.set(path, extended.text);
    if (extended.added) added.push(extended.added);
    if (extended.broken) broken.push(extended.broken);
    warnings.push(...extended.warnings);
  }
  if (existing.size === 0) return { files, created, added, broken, collected, orphans: [], warnings };
  const { misplaced, orphans } = await import('./missing-handlers.js');
  warnings.push(...misplaced(catalog, existing));
  return { files, created, added, broken, collected, orphans: orphans(catalog, request), warnings };
}

function opening(path: string, events: readonly Event[], options: StubOptions): EmittedFile {
  const stubs = events.map((event) =>
    stub(event, { unhandled: 'unhandled', Unhandled: 'Unhandled' }, options),
  );
  const code = `${importOf('{ unhandled, type Unhandled }', options)}

// This file is yours. freshworks-gen adds a stub at its end when the documents gain an event, and changes nothing else.
// Replace a stub with a handler, or with \`ignore\`: both are imported from "../events${options.importExtension}".

${stubs.join('\n')}`;
  return {
    path,
    code,
    statements: ['import ../events', ...events.map(({ handler }) => `export const ${handler}`)],
  };
}
