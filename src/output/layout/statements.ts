import { ts } from 'ts-morph';
import { group, ifBroken, indented, indentedWith, joined, line, softLine, type Doc } from './doc.js';
import { assigned } from './assignment.js';
import { guardDoc } from './guard.js';
import { interfaceBody, membersOf } from './members.js';
import { modifiersDoc } from './modifiers.js';
import { beyond, type Page } from './page.js';
import { typeDoc } from './types.js';
import { bare, isHuggedUnion } from './unions.js';

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
