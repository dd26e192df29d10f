import { ts } from 'ts-morph';
import { group, hardLine, ifBroken, indented, joined, line, softLine, type Doc } from './doc.js';
import { assigned, isMember } from './assignment.js';
import { keyDoc, startsOnNextLine } from './members.js';
import { beyond, type Page } from './page.js';
import { literal } from './types.js';

/** A value as the emitters write them: data, names, members of names, and calls of names with any of these. */
export function valueDoc(node: ts.Expression, page: Page): Doc {
  if (ts.isObjectLiteralExpression(node)) return objectDoc(node, page);
  if (ts.isArrayLiteralExpression(node)) return arrayDoc(node, page);
  if (ts.isIdentifier(node)) return page.word(node);
  if (ts.isPropertyAccessExpression(node))
    return isMember(node) ? `${page.word(node.expression)}.${page.word(node.name)}` : beyond();
  if (ts.isCallExpression(node)) return callDoc(node, page);
  return literal(node, page);
}

function objectDoc(node: ts.ObjectLiteralExpression, page: Page): Doc {
  const { properties } = node;
  if (properties.length === 0) return '{}';
  const docs = properties.map((property, index): Doc => {
    if (!ts.isPropertyAssignment(property)) return beyond();
    const doc = page.withComments(property, () =>
      assigned(keyDoc(property.name, page), ':', property.initializer, page, true),
    );
    if (index === properties.length - 1) return doc;
    return [doc, ',', line, page.isSpaced(property.end) ? hardLine : ''];
  });
  const blank = page.style.bracketSpacing ? line : softLine;
  const content = ['{', indented([blank, docs]), comma(page), blank, '}'];
  return group(content, startsOnNextLine(node, properties[0], page));
}

function arrayDoc({ elements }: ts.ArrayLiteralExpression, page: Page): Doc {
  if (elements.length === 0) return '[]';
  // Lists of numbers fill their lines.
  if (elements.every((element) => ts.isNumericLiteral(element) || ts.isPrefixUnaryExpression(element)))
    return beyond();
  const docs = elements.map((element, index): Doc => {
    if (index < elements.length - 1 && page.isSpaced(element.end)) return beyond();
    return group(valueDoc(element, page));
  });
  const content = ['[', indented([softLine, joined(docs, [',', line]), comma(page)]), softLine, ']'];
  return group(content, isTable(elements));
}

/** Several objects, or several arrays, of several members each: a line for each. */
function isTable(elements: readonly ts.Expression[]): boolean {
  const kind = elements[0]?.kind;
  return (
    elements.length > 1 &&
    elements.every(
      (element) =>
        element.kind === kind &&
        ((ts.isObjectLiteralExpression(element) && element.properties.length > 1) ||
          (ts.isArrayLiteralExpression(element) && element.elements.length > 1)),
    )
  );
}

function comma({ style }: Page): Doc {
  return style.trailingComma === 'none' ? '' : ifBroken(',');
}

function callDoc(node: ts.CallExpression, page: Page): Doc {
  const { expression, arguments: values } = node;
  const isPlain =
    ts.isIdentifier(expression) &&
    node.questionDotToken === undefined &&
    node.typeArguments === undefined &&
    // Prettier has layouts of its own for these, and for a list or an object at the end.
    !['require', 'define'].includes(expression.text) &&
    values.length > 0 &&
    values.every((value) => isFlat(value)) &&
    !isCollection(values.at(-1));
  if (!isPlain) return beyond();
  const callee = page.word(expression);
  return [
    callee,
    argumentsDoc(
      values.map((value) => valueDoc(value, page)),
      page,
    ),
  ];
}

/** What stands in a call's parentheses. */
export function argumentsDoc(docs: readonly Doc[], page: Page): Doc {
  const last = page.style.trailingComma === 'all' ? ifBroken(',') : '';
  return group(['(', indented([softLine, joined(docs, [',', line])]), last, softLine, ')']);
}

function isCollection(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node));
}

function isFlat(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => ts.isStringLiteral(element));
  return ts.isIdentifier(node) || ts.isStringLiteral(node);
}
