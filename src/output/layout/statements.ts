import { ts } from 'ts-morph';
import {
  group,
  hardLine,
  ifBroken,
  indented,
  indentedWith,
  joined,
  line,
  softLine,
  type Doc,
} from './doc.js';
import { interfaceBody, membersOf } from './members.js';
import { beyond, type Page } from './page.js';
import { bare, isHuggedUnion, typeDoc } from './types.js';
import { argumentsDoc, assigned, valueDoc } from './values.js';

/** A statement of the kinds that the emitters write. */
export function statementDoc(node: ts.Statement, page: Page): Doc {
  const semicolon = page.style.semi ? ';' : '';
  if (ts.isImportDeclaration(node)) return [importDoc(node, page), semicolon];
  if (ts.isExportDeclaration(node)) return [exportDoc(node, page), semicolon];
  if (ts.isInterfaceDeclaration(node)) return interfaceDoc(node, page);
  if (ts.isTypeAliasDeclaration(node)) return [modifiersDoc(node), aliasDoc(node, page), semicolon];
  if (ts.isVariableStatement(node)) return [modifiersDoc(node), group([variableDoc(node, page), semicolon])];
  return ts.isFunctionDeclaration(node) ? guardDoc(node, page) : beyond();
}

function modifiersDoc(node: ts.HasModifiers): string {
  const modifiers = ts.getModifiers(node) ?? [];
  if (modifiers.some(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword)) return beyond();
  return modifiers.length === 0 ? '' : 'export ';
}

function importDoc({ importClause, moduleSpecifier, attributes }: ts.ImportDeclaration, page: Page): Doc {
  if (importClause === undefined || importClause.name || attributes) return beyond();
  const { namedBindings, phaseModifier } = importClause;
  if (namedBindings === undefined) return beyond();
  const kind =
    phaseModifier === undefined
      ? 'import '
      : phaseModifier === ts.SyntaxKind.TypeKeyword
        ? 'import type '
        : beyond();
  const names = ts.isNamespaceImport(namedBindings)
    ? `* as ${page.word(namedBindings.name)}`
    : namesDoc(namedBindings.elements, page);
  return [kind, names, ' from ', page.quoted(moduleSpecifier)];
}

function exportDoc(
  { exportClause, moduleSpecifier, isTypeOnly, attributes }: ts.ExportDeclaration,
  page: Page,
): Doc {
  if (moduleSpecifier === undefined || attributes || (exportClause && !ts.isNamedExports(exportClause)))
    return beyond();
  const names = exportClause ? namesDoc(exportClause.elements, page) : '*';
  return [isTypeOnly ? 'export type ' : 'export ', names, ' from ', page.quoted(moduleSpecifier)];
}

function namesDoc(elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[], page: Page): Doc {
  const names = elements.map(({ isTypeOnly, propertyName, name }): Doc => [
    isTypeOnly ? 'type ' : '',
    propertyName ? [page.word(propertyName), ' as '] : '',
    page.word(name),
  ]);
  const { bracketSpacing, trailingComma } = page.style;
  if (names.length === 0) return beyond();
  if (names.length === 1) return bracketSpacing ? ['{ ', names, ' }'] : ['{', names, '}'];
  const blank = bracketSpacing ? line : softLine;
  const last = trailingComma === 'none' ? '' : ifBroken(',');
  return group(['{', indented([blank, joined(names, [',', line])]), last, blank, '}']);
}

function interfaceDoc(node: ts.InterfaceDeclaration, page: Page): Doc {
  if (node.heritageClauses) return beyond();
  const head = [modifiersDoc(node), 'interface ', page.word(node.name), parametersDoc(node, page)];
  return [head, ' ', interfaceBody(membersOf(node, page), page)];
}

function parametersDoc(
  { typeParameters }: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  page: Page,
): Doc {
  if (typeParameters === undefined) return '';
  const [only, ...others] = typeParameters;
  const isPlain = only && others.length === 0 && !only.constraint && !only.default && !only.modifiers;
  if (!isPlain) return beyond();
  const last = page.style.trailingComma === 'none' ? '' : ifBroken(',');
  return group(['<', indented([softLine, page.word(only.name)]), last, softLine, '>']);
}

function aliasDoc(node: ts.TypeAliasDeclaration, page: Page): Doc {
  const { name } = node;
  const type = bare(node.type);
  const head = group(['type ', page.word(name), parametersDoc(node, page)]);
  if (ts.isUnionTypeNode(type) && !isHuggedUnion(type))
    return group([head, ' =', group(indented([line, typeDoc(type, page, 'assigned')]))]);
  const room = group(indented(line));
  return group([head, ' =', room, indentedWith(room, typeDoc(type, page))]);
}

function variableDoc({ declarationList }: ts.VariableStatement, page: Page): Doc {
  const [declaration, ...others] = declarationList.declarations;
  const isConst = (declarationList.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  if (!declaration?.initializer || others.length > 0 || !isConst || !ts.isIdentifier(declaration.name))
    return beyond();
  const { name, type, initializer } = declaration;
  const annotation = type && bare(type);
  // With several arguments, some with arguments of their own, it would be the type that is broken.
  if (annotation && ts.isTypeReferenceNode(annotation) && (annotation.typeArguments?.length ?? 0) > 1)
    return beyond();
  const left: Doc = [page.word(name), type ? [': ', typeDoc(type, page)] : ''];
  return ['const ', assigned(left, ' =', initializer, page)];
}

/** A function of one parameter that tells what its argument is, and returns what another says of it. */
function guardDoc(node: ts.FunctionDeclaration, page: Page): Doc {
  const [parameter, ...others] = node.parameters;
  const [statement, ...more] = node.body?.statements ?? [];
  const isPlain =
    node.name &&
    parameter?.type?.kind === ts.SyntaxKind.UnknownKeyword &&
    !parameter.questionToken &&
    !parameter.initializer &&
    ts.isIdentifier(parameter.name) &&
    !parameter.dotDotDotToken &&
    others.length + more.length === 0 &&
    !node.typeParameters &&
    !node.asteriskToken &&
    node.type &&
    ts.isTypePredicateNode(node.type) &&
    !node.type.assertsModifier &&
    node.type.type &&
    statement &&
    ts.isReturnStatement(statement) &&
    statement.expression &&
    ts.isCallExpression(statement.expression);
  if (!isPlain) return beyond();
  const parameters = argumentsDoc([[page.word(parameter.name), ': unknown']], page);
  const result = [page.word(node.type.parameterName), ' is ', typeDoc(node.type.type, page)];
  const body = ['return ', valueDoc(statement.expression, page), page.style.semi ? ';' : ''];
  return [
    modifiersDoc(node),
    'function ',
    page.word(node.name),
    group([parameters, ': ', result]),
    ' {',
    indented([hardLine, body]),
    hardLine,
    '}',
  ];
}
