import { ts } from 'ts-morph';
import { group, ifBroken, indented, joined, line, softLine, type Doc } from './doc.js';
import { braced, mappedType, membersOf } from './members.js';
import { beyond, type Page } from './page.js';
import { bare, intersectionDoc, isHuggedUnion, isObject, unionDoc } from './unions.js';

/**
 * What a type stands in, where that matters for how a union is broken: behind a `:`; behind a `=` that has made room for
 * it; as an argument; as one of several elements of a tuple; where it needs parentheses.
 */
export type Place = 'annotation' | 'assigned' | 'argument' | 'element' | 'operand';

export function typeDoc(node: ts.TypeNode, page: Page, place: Place = 'annotation'): Doc {
  if (ts.isParenthesizedTypeNode(node)) return typeDoc(node.type, page, place);
  if (ts.isUnionTypeNode(node)) return unionDoc(node, page, place);
  if (ts.isIntersectionTypeNode(node)) {
    const doc = intersectionDoc(node, page);
    return place === 'operand' ? ['(', doc, ')'] : doc;
  }
  if (ts.isArrayTypeNode(node)) return [typeDoc(node.elementType, page, 'operand'), '[]'];
  if (ts.isTypeReferenceNode(node)) return reference(node, page);
  if (ts.isTypeLiteralNode(node)) return braced(node, membersOf(node, page), page);
  if (ts.isMappedTypeNode(node)) return mappedType(node, page);
  if (ts.isTupleTypeNode(node)) return tuple(node, page);
  if (ts.isOptionalTypeNode(node)) return [typeDoc(node.type, page, 'operand'), '?'];
  if (ts.isRestTypeNode(node)) return ['...', typeDoc(node.type, page, 'operand')];
  if (ts.isIndexedAccessTypeNode(node)) {
    const index = bare(node.indexType);
    if (!isSimple(index)) return beyond();
    return [typeDoc(node.objectType, page, 'operand'), '[', typeDoc(index, page), ']'];
  }
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword && place !== 'operand')
    return ['readonly ', typeDoc(node.type, page, 'operand')];
  if (ts.isLiteralTypeNode(node)) return literal(node.literal, page);
  if (ts.isTemplateLiteralTypeNode(node)) {
    const isPlain = node.templateSpans.every(({ type }) => isKeyword(type));
    return isPlain ? page.word(node) : beyond();
  }
  return isKeyword(node) ? page.word(node) : beyond();
}

export function literal(node: ts.Node, page: Page): Doc {
  if (ts.isStringLiteral(node)) return page.quoted(node);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    return ['-', number(node.operand, page)];
  if (ts.isNumericLiteral(node)) return number(node, page);
  return isWord(node) ? page.word(node) : beyond();
}

/** Numbers are printed as they stand, so only those that Prettier would print like that. */
function number(node: ts.Node, page: Page): Doc {
  const text = page.word(node);
  return /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text) ? text : beyond();
}

function isWord({ kind }: ts.Node): boolean {
  const { NullKeyword, TrueKeyword, FalseKeyword } = ts.SyntaxKind;
  return kind === NullKeyword || kind === TrueKeyword || kind === FalseKeyword;
}

const keywords: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.UndefinedKeyword,
  ts.SyntaxKind.UnknownKeyword,
  ts.SyntaxKind.NeverKeyword,
]);

function isKeyword({ kind }: ts.Node): boolean {
  return keywords.has(kind);
}

/** What may stand alone between angle brackets and never be broken from them. */
function isSimple(node: ts.TypeNode): boolean {
  return (
    isKeyword(node) ||
    ts.isLiteralTypeNode(node) ||
    ts.isTemplateLiteralTypeNode(node) ||
    (ts.isTypeReferenceNode(node) && node.typeArguments === undefined)
  );
}

function reference({ typeName, typeArguments }: ts.TypeReferenceNode, page: Page): Doc {
  const name = ts.isIdentifier(typeName) ? page.word(typeName) : beyond();
  if (typeArguments === undefined) return name;
  const docs = typeArguments.map((each) => typeDoc(each, page, 'argument'));
  const [only, ...others] = typeArguments.map(bare);
  const isHugged =
    only !== undefined &&
    others.length === 0 &&
    (isSimple(only) || isObject(only) || (ts.isUnionTypeNode(only) && isHuggedUnion(only)));
  if (isHugged) return [name, '<', docs, '>'];
  return [name, group(['<', indented([softLine, joined(docs, [',', line])]), softLine, '>'])];
}

function tuple({ elements }: ts.TupleTypeNode, page: Page): Doc {
  if (elements.length === 0) return '[]';
  const place = elements.length > 1 ? 'element' : 'argument';
  const docs = elements.map((element) => group(typeDoc(element, page, place)));
  const comma = page.style.trailingComma === 'none' ? '' : ifBroken(',');
  return group(['[', indented([softLine, joined(docs, [',', line]), comma]), softLine, ']']);
}
