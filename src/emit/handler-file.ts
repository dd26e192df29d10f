import type { SourceFile } from 'ts-morph';
import type { Event } from '../model/catalog.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { EmittedFile } from '../kit/file.js';
import { syntaxErrors } from '../kit/syntax.js';
import { eventsImport } from './events-import.js';
import { exportsOf, parsed, positionIn } from './exports.js';
import { foreignEndings, handlerMissing } from './missing-handlers.js';
import { stub, type StubOptions } from './stub.js';

/** A handler file that was there, as it should be. */
export interface ExtendedFile {
  readonly text: string;
  /** What was added to it, a module by itself. */
  readonly added?: EmittedFile;
  /** The exported handler of each event that has one. */
  readonly collected: ReadonlyMap<string, string>;
  /** Why it takes no stub until its syntax is mended. */
  readonly broken?: Diagnostic;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Adds a stub for every event that no earlier run wrote one for, at the end of the file. Not a byte of what is there changes.
 *
 * @param stubbed the events that an earlier run wrote a stub for, with the handler's name then
 */
export async function extendFile(
  { path, text }: { readonly path: string; readonly text: string },
  events: readonly Event[],
  stubbed: ReadonlyMap<string, string>,
  options: StubOptions,
): Promise<ExtendedFile> {
  const file = parsed(text, path);
  const exported = exportsOf(file);
  const collected = new Map<string, string>();
  const missing: Event[] = [];
  const gone: Event[] = [];
  for (const event of events) {
    const known = [event.handler, stubbed.get(event.name)].find(
      (name) => name !== undefined && exported.names.has(name),
    );
    // A stub of a name that the file has for something else would not compile.
    const takesStub = !stubbed.has(event.name) && !exported.locals.has(event.handler);
    if (known === undefined && takesStub) missing.push(event);
    const handler = known ?? (exported.open || takesStub ? event.handler : undefined);
    if (handler === undefined) gone.push(event);
    else collected.set(event.name, handler);
  }
  const others = new Set(collected.values());
  const warnings = [
    ...gone.map((event) => handlerMissing(event, path, file, exported, others)),
    ...foreignEndings(file, path, options.importExtension),
  ];
  if (missing.length === 0) return { text, collected, warnings };
  const addition = await additionTo(text, missing, options);
  const longer = extended(text, addition);
  return {
    text: longer,
    added: { path, ...addition.module },
    collected,
    warnings,
    ...(!standAtTheEnd(missing, longer, text) && { broken: unclosed(path, text) }),
  };
}

/** Whether stubs are what they should be: behind a block or a template that nobody closed, they would become a part of it. */
function standAtTheEnd(events: readonly Event[], text: string, before: string): boolean {
  const file = parsed(text);
  const { names } = exportsOf(file);
  const errors = syntaxErrors(file.compilerNode).length - syntaxErrors(parsed(before).compilerNode).length;
  return errors <= 0 && events.every(({ handler }) => names.has(handler));
}

function unclosed(path: string, text: string): Diagnostic {
  const file = parsed(text);
  const at = syntaxErrors(file.compilerNode)[0]?.start ?? file.getEnd();
  const found = diagnostic('handler-syntax', `${path} takes no stub: something in it is not closed.`);
  return { ...found, position: positionIn(file, path, at) };
}

/** What a file is given: an import where it needs one, and the stubs. */
interface Addition {
  readonly statement: string | undefined;
  readonly stubs: string;
  /** Both as a module, for verification. */
  readonly module: Omit<EmittedFile, 'path'>;
}

async function additionTo(text: string, events: readonly Event[], options: StubOptions): Promise<Addition> {
  const { names, statement: needed } = eventsImport(parsed(text), options);
  const statement = needed && (await options.layOut(needed)).trimEnd();
  const stubs = await options.layOut(events.map((event) => stub(event, names, options)).join('\n'));
  const statements = events.map(({ handler }) => `export const ${handler}`);
  return {
    statement,
    stubs,
    module: {
      code: `${statement ?? ''}\n\n${stubs}`,
      statements: statement === undefined ? statements : ['import ../events', ...statements],
    },
  };
}

/** The file with an addition, in its own line ends, byte order mark and end of file kept. */
function extended(text: string, { statement, stubs }: Addition): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const inFile = (lines: string) => lines.replaceAll('\n', lineEnd);
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const behind = inFile(body === '' || body.endsWith('\n') ? `\n${stubs}` : `\n\n${stubs.trimEnd()}`);
  if (statement === undefined) return mark + body + behind;
  const file = parsed(body);
  const last = file.getImportDeclarations().at(-1);
  const at = last?.getEnd() ?? startOf(file);
  // Spliced here: ts-morph would write line ends of its own.
  return (
    mark + body.slice(0, at) + inFile(last ? `\n${statement}` : `${statement}\n\n`) + body.slice(at) + behind
  );
}

/** Where a first import goes: behind a `#!` line or a directive such as 'use strict'. */
function startOf(file: SourceFile): number {
  const [first] = file.getStatementsWithComments();
  return first ? first.getStart(true) : file.getEnd();
}
