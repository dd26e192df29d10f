import { Project, ts, type SourceFile } from 'ts-morph';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/source-location.js';

/** What a handler file exports and declares. */
export interface Exports {
  /** The values it exports by name, and where each name stands in the text. */
  readonly names: ReadonlyMap<string, number>;
  /** The names that it declares or imports and does not export, and where. */
  readonly locals: ReadonlyMap<string, number>;
  /** Whether it passes on what another module exports, which cannot be seen from here. */
  readonly open: boolean;
}

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
  const types = new Set<string>();
  const listed: ts.ExportSpecifier[] = [];
  let open = false;
  for (const { compilerNode: node } of file.getStatements()) {
    if (ts.isExportDeclaration(node)) {
      if (node.isTypeOnly) continue;
      if (!node.exportClause) open = true;
      else if (ts.isNamespaceExport(node.exportClause)) mark(node.exportClause.name, names);
      else if (node.moduleSpecifier) for (const each of values(node.exportClause)) mark(each.name, names);
      else listed.push(...values(node.exportClause));
    } else if (ts.isImportDeclaration(node)) {
      imported(node, locals, types);
    } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      types.add(node.name.text);
    } else {
      const has = (kind: ts.SyntaxKind) =>
        ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((each) => each.kind === kind);
      const isDeclared = has(ts.SyntaxKind.DeclareKeyword);
      const isNamed = has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
      const declares = new Map<string, number>();
      declared(node, declares);
      for (const [name, at] of declares) {
        if (isDeclared) types.add(name);
        else types.delete(name);
        (isNamed && !isDeclared ? names : locals).set(name, at);
      }
    }
  }
  for (const { propertyName, name } of listed) if (!types.has((propertyName ?? name).text)) mark(name, names);
  for (const name of names.keys()) locals.delete(name);
  return { names, locals, open };
}

function values({ elements }: ts.NamedExports): readonly ts.ExportSpecifier[] {
  return elements.filter(({ isTypeOnly }) => !isTypeOnly);
}

function mark(name: ts.ModuleExportName, names: Map<string, number>): void {
  names.set(name.text, name.getStart());
}

function imported(
  { importClause }: ts.ImportDeclaration,
  names: Map<string, number>,
  types: Set<string>,
): void {
  if (importClause === undefined) return;
  const { name: whole, namedBindings: bindings } = importClause;
  const specifiers = bindings && (ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements);
  for (const each of [...(whole ? [importClause] : []), ...(specifiers ?? [])]) {
    if (each.name === undefined) continue;
    mark(each.name, names);
    const isType =
      importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (ts.isImportSpecifier(each) && each.isTypeOnly);
    if (isType) types.add(each.name.text);
  }
}

function declared(node: ts.Statement, names: Map<string, number>): void {
  if (ts.isVariableStatement(node)) {
    for (const { name } of node.declarationList.declarations) bound(name, names);
  } else if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name) {
    mark(node.name, names);
  }
}

/** The names that a declaration binds: `{ a, b: [c] }` binds a and c. */
function bound(name: ts.BindingName, names: Map<string, number>): void {
  if (ts.isIdentifier(name)) names.set(name.text, name.getStart());
  else for (const element of name.elements) if (ts.isBindingElement(element)) bound(element.name, names);
}
