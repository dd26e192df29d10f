import type { SourceFile } from 'ts-morph';
import type { Catalog, Event } from '../model/catalog.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { EmittedFile } from '../kit/file.js';
import { syntaxErrors } from '../kit/syntax.js';
import { commentLines, identifier, literal } from '../typescript/code.js';
import { eventsImport, importOf, type StubNames } from './events-import.js';
import { exportsOf, noExports, parsed, positionIn } from './exports.js';
import { foreignEndings, handlerMissing, misplaced } from './missing-handlers.js';

export interface StubRequest {
  /** The user's handler files as they are, by path in the kit. */
  readonly existing: ReadonlyMap<string, string>;
  /** The events that an earlier run wrote a stub for, with the handler's name then. */
  readonly stubbed: ReadonlyMap<string, string>;
}

export interface StubOptions {
  /** What relative imports end in: `.js`, `.ts` or nothing. */
  readonly importExtension: string;
  readonly singleQuote: boolean;
  /** Lays out what is added to a file that is there. */
  readonly layOut: (code: string) => Promise<string>;
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
  /** Handlers whose event the documents no longer have. */
  readonly orphans: readonly Diagnostic[];
  /** Events without an exported handler, handlers in files that are not collected, imports that end as they used to. */
  readonly warnings: readonly Diagnostic[];
}

/** The path of a product's handler file. */
export function handlerPath(product: string): string {
  return `handlers/${product}.ts`;
}

/**
 * Adds a stub for every event that is new since the last run, at the end of its product's file. Not a byte of what is there
 * changes. A handler that the user has taken out of a file is not written again, but reported; stubs of a file that is gone
 * are written again with the file.
 */
export async function addStubs(
  catalog: Catalog,
  { existing, stubbed }: StubRequest,
  options: StubOptions,
): Promise<Stubs> {
  const files = new Map(existing);
  const created: EmittedFile[] = [];
  const added: EmittedFile[] = [];
  const broken: Diagnostic[] = [];
  const collected = new Map<string, string>();
  const warnings: Diagnostic[] = [];
  for (const { name: product } of catalog.products) {
    const path = handlerPath(product);
    const text = existing.get(path);
    const file = text === undefined ? undefined : parsed(text, path);
    const exported = file === undefined ? noExports : exportsOf(file);
    const missing: Event[] = [];
    const gone: Event[] = [];
    for (const event of catalog.events.filter((each) => each.product === product)) {
      const known = [event.handler, stubbed.get(event.name)].find(
        (name) => name !== undefined && exported.names.has(name),
      );
      const wasStubbed = file !== undefined && stubbed.has(event.name);
      // A stub of a name that the file has for something else would not compile.
      const takesStub = !wasStubbed && !exported.locals.has(event.handler);
      if (known === undefined && takesStub) missing.push(event);
      const handler = known ?? (exported.open || takesStub ? event.handler : undefined);
      if (handler === undefined) gone.push(event);
      else collected.set(event.name, handler);
    }
    if (file !== undefined) {
      const others = new Set(collected.values());
      warnings.push(
        ...gone.map((event) => handlerMissing(event, path, file, exported, others)),
        ...foreignEndings(file, path, options.importExtension),
      );
    }
    if (missing.length === 0) continue;
    if (text === undefined) created.push(opening(path, missing, options));
    else {
      const addition = await additionTo(text, missing, options);
      const longer = extended(text, addition);
      if (!standAtTheEnd(missing, longer, text)) broken.push(unclosed(path, text));
      added.push({ path, ...addition.module });
      files.set(path, longer);
    }
  }
  warnings.push(...misplaced(catalog, existing));
  return { files, created, added, broken, collected, orphans: orphans(catalog, existing, stubbed), warnings };
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

function stub(
  { name, handler, summary, description }: Event,
  { unhandled, Unhandled }: StubNames,
  { singleQuote }: StubOptions,
): string {
  const double = literal(name).text;
  const event = singleQuote ? double.replace(/^"([^'\\]*)"$/, "'$1'") : double;
  const about = commentLines(description ?? summary);
  const lines = [
    ...about,
    ...(about.length > 0 ? [''] : []),
    '```ts',
    `export const ${handler}: Handler<${commentLines(event).join('')}> = async ({ payload }) => {`,
    '  // …',
    '};',
    '```',
  ];
  const comment = `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
  const type = `${identifier(Unhandled).text}<${event}>`;
  return `${comment}export const ${identifier(handler).text}: ${type} = ${identifier(unhandled).text}(${event});\n`;
}

function orphans(
  catalog: Catalog,
  existing: StubRequest['existing'],
  stubbed: StubRequest['stubbed'],
): readonly Diagnostic[] {
  const events = new Set(catalog.events.map(({ name }) => name));
  const gone = [...stubbed].filter(([event]) => !events.has(event));
  if (gone.length === 0) return [];
  return [...existing].flatMap(([path, text]) => {
    const file = parsed(text, path);
    const { names } = exportsOf(file);
    return gone.flatMap(([event, handler]): Diagnostic[] => {
      const at = names.get(handler);
      if (at === undefined) return [];
      const found = diagnostic(
        'handler-orphaned',
        `${handler} handles ${event}, which the documents no longer have`,
      );
      return [{ ...found, position: positionIn(file, path, at) }];
    });
  });
}
