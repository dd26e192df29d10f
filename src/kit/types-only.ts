import { ts } from 'ts-morph';

/**
 * The first node of a declaration that is more than a type, or undefined: in a file of payload types no text of a document
 * may have become something that runs, or a type that loads another module.
 */
export function beyondTypes(statement: ts.Statement): ts.Node | undefined {
  if (ts.isImportDeclaration(statement)) return statement.importClause ? undefined : statement;
  if (ts.isExportDeclaration(statement)) return undefined;
  const isDeclaration = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return isDeclaration ? ts.forEachChild(statement, strangerIn) : statement;
}

function strangerIn(node: ts.Node): ts.Node | undefined {
  return isPartOfType(node) ? ts.forEachChild(node, strangerIn) : node;
}

function isPartOfType(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node) || ts.isTypeQueryNode(node)) return false;
  if (ts.isComputedPropertyName(node)) return ts.isStringLiteral(node.expression);
  return (
    ts.isTypeNode(node) ||
    ts.isTypeElement(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isNamedTupleMember(node) ||
    ts.isHeritageClause(node) ||
    ts.isQualifiedName(node) ||
    ts.isIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateLiteralTypeSpan(node) ||
    isSignedNumber(node) ||
    ts.isToken(node)
  );
}

/**
 * Whether an initialiser is data and nothing else: literals, constants that hold data, arrays and objects of them. A key may
 * be computed from a string, which is how a key named `__proto__` is written.
 *
 * @param constants those that may be named
 */
export function isData(node: ts.Expression, constants: ReadonlySet<string> = new Set()): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isData(node.expression, constants);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((each) => isData(each, constants));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (each) => ts.isPropertyAssignment(each) && isKey(each.name) && isData(each.initializer, constants),
    );
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NumericLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.NullKeyword:
      return true;
    default:
      return isSignedNumber(node) || (ts.isIdentifier(node) && constants.has(node.text));
  }
}

function isKey(name: ts.PropertyName): boolean {
  if (ts.isComputedPropertyName(name)) return ts.isStringLiteral(name.expression);
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name);
}

function isSignedNumber(node: ts.Node): boolean {
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  );
}
