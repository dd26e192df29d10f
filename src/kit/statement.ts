import { ts } from 'ts-morph';

/**
 * Names a top-level statement in the words that emitters declare their statements in:
 *
 * - `import ./events`, `export ./events` (what is imported or exported does not matter, nor does a final `.js` or `.ts`),
 *   `run ./effects` for an import that names nothing, `export a, b`, `export default`
 * - `interface X`, `type X`, `function f`, `class C`, `enum E`, `namespace N`, after `export` and `declare` where they are,
 *   or after a modifier that no statement should have; `@` for a decorator
 * - `const a`, `let a`, `var a`, likewise; `const a, b` for two, with the names that a pattern binds
 * - `expression`, and for anything else TypeScript's own word: `IfStatement`
 */
export function describe(statement: ts.Statement): string {
  if (ts.isImportDeclaration(statement)) {
    return `${statement.importClause ? 'import' : 'run'} ${moduleOf(statement.moduleSpecifier)}`;
  }
  if (ts.isExportDeclaration(statement)) {
    if (statement.moduleSpecifier) return `export ${moduleOf(statement.moduleSpecifier)}`;
    const names =
      statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements
        : [];
    return `export ${names.map(({ name }) => name.text).join(', ')}`.trimEnd();
  }
  if (ts.isExportAssignment(statement))
    return statement.isExportEquals === true ? 'export =' : 'export default';
  if (ts.isExpressionStatement(statement)) return 'expression';

  const kind = kindOf(statement);
  return kind === undefined ? wordFor(statement) : `${modifiersOf(statement)}${kind}`;
}

function kindOf(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    return `${keywordOf(statement.declarationList)} ${declarations.flatMap(({ name }) => boundBy(name)).join(', ')}`;
  }
  if (ts.isInterfaceDeclaration(statement)) return `interface ${statement.name.text}`;
  if (ts.isTypeAliasDeclaration(statement)) return `type ${statement.name.text}`;
  if (ts.isFunctionDeclaration(statement)) return `function ${statement.name?.text ?? ''}`.trimEnd();
  if (ts.isClassDeclaration(statement)) return `class ${statement.name?.text ?? ''}`.trimEnd();
  if (ts.isEnumDeclaration(statement)) return `enum ${statement.name.text}`;
  if (ts.isModuleDeclaration(statement)) return `namespace ${statement.name.text}`;
  return undefined;
}

function keywordOf({ flags }: ts.VariableDeclarationList): string {
  if ((flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing) return 'await using';
  if (flags & ts.NodeFlags.Using) return 'using';
  if (flags & ts.NodeFlags.Const) return 'const';
  return flags & ts.NodeFlags.Let ? 'let' : 'var';
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundBy(element.name)));
}

/** What a function, class or enumeration may have before its keyword without being another statement. */
const unnamed = new Set([
  ts.SyntaxKind.AbstractKeyword,
  ts.SyntaxKind.AsyncKeyword,
  ts.SyntaxKind.ConstKeyword,
]);

function modifiersOf(statement: ts.Statement): string {
  const modifiers: readonly ts.ModifierLike[] = ts.canHaveModifiers(statement)
    ? (statement.modifiers ?? [])
    : [];
  return modifiers
    .filter(({ kind }) => !unnamed.has(kind))
    .map((each) => (ts.isDecorator(each) ? '@ ' : `${ts.tokenToString(each.kind)} `))
    .join('');
}

function moduleOf(specifier: ts.Expression): string {
  const text = ts.isStringLiteral(specifier) ? specifier.text : '?';
  return text.startsWith('.') ? text.replace(/\.[jt]s$/, '') : text;
}

/** The first name of the kind: TypeScript adds aliases such as `LastStatement` after them. */
function wordFor({ kind }: ts.Statement): string {
  return Object.entries(ts.SyntaxKind).find(([, value]) => value === kind)?.[0] ?? ts.SyntaxKind[kind];
}
