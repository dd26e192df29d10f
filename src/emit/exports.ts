import { Project, ts, type SourceFile } from 'ts-morph';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/place.js';

/** What a handler file exports and declares. */
export interface Exports {
  /** The values it exports by name, and where each name stands in the text. */
  readonly names: ReadonlyMap<string, number>;
  /** The names that it declares or imports and does not export, and where. */
  readonly locals: ReadonlyMap<string, number>;
  /** Whether it passes on what another module exports, which cannot be seen from here. */
  readonly open: boolean;
}

export const noExports: Exports = { names: new Map(), locals: new Map(), open: false };

/**
 * Parses a handler file.
 *
 * @param path for the message
 * @throws Rejected `handler-syntax` for a file that is nested deeper than the parser can follow
 */
export function parsed(text: string, path = 'handlers'): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true },
  });
  try {
    return project.createSourceFile('/handlers.ts', text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const found = diagnostic('handler-syntax', `${path} is nested too deeply to be read.`);
    throw new Rejected({ ...found, position: { file: path, ...deepest(text) } });
  }
}

/** Where the brackets of a text are nested deepest. */
function deepest(text: string): { readonly line: number; readonly column: number } {
  let [depth, most, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth > most) [most, at] = [depth, index];
  }
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** A place in a handler file, as findings have it. */
export function positionIn(file: SourceFile, path: string, at: number): Position {
  return { file: path, ...file.getLineAndColumnAtPos(at) };
}

/** Reads what a file exports. Types are not values: `export type { onShopOrder }` exports no handler. */
export function exportsOf(file: SourceFile): Exports {
  const names = new Map<string, number>();
  const locals = new Map<string, number>();
  let open = false;
  for (const { compilerNode: node } of file.getStatements()) {
    if (ts.isExportDeclaration(node)) {
      if (node.isTypeOnly) continue;
      if (!node.exportClause) open = true;
      else if (ts.isNamedExports(node.exportClause)) {
        for (const { name, isTypeOnly } of node.exportClause.elements)
          if (!isTypeOnly) names.set(name.text, name.getStart());
      }
    } else if (ts.isImportDeclaration(node)) {
      imported(node, locals);
    } else {
      const isExported =
        ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      declared(node, isExported ? names : locals);
    }
  }
  for (const name of names.keys()) locals.delete(name);
  return { names, locals, open };
}

function imported({ importClause }: ts.ImportDeclaration, names: Map<string, number>): void {
  if (importClause?.name) names.set(importClause.name.text, importClause.name.getStart());
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return;
  for (const { name } of ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements)
    names.set(name.text, name.getStart());
}

function declared(node: ts.Statement, names: Map<string, number>): void {
  if (ts.isVariableStatement(node)) {
    for (const { name } of node.declarationList.declarations) bound(name, names);
  } else if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name) {
    names.set(node.name.text, node.name.getStart());
  }
}

/** The names that a declaration binds: `{ a, b: [c] }` binds a and c. */
function bound(name: ts.BindingName, names: Map<string, number>): void {
  if (ts.isIdentifier(name)) names.set(name.text, name.getStart());
  else for (const element of name.elements) if (ts.isBindingElement(element)) bound(element.name, names);
}
