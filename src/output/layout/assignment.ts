import { ts } from 'ts-morph';
import { canBreak, group, indented, indentedWith, line, type Doc } from './doc.js';
import { beyond, type Page } from './page.js';
import { valueDoc } from './values.js';

/** A value behind its name: where it does not fit there, some go to the next line as a whole, others are broken inside. */
export function assigned(
  name: Doc,
  operator: ':' | ' =',
  value: ts.Expression,
  page: Page,
  isProperty = false,
): Doc {
  const doc: Doc = [mark(value, page), valueDoc(value, page)];
  const hasShortName = isProperty && typeof name === 'string' && name.length < page.style.tabWidth + 3;
  if (!hasShortName && isHardlyBreakable(value, page))
    return group([group(name), operator, group(indented([line, doc]))]);
  const staysBehind = !canBreak(name) && (hasShortName || isBooleanOrNumber(value));
  if (staysBehind) return group([group(name), operator, ' ', doc]);
  const room = group(indented(line));
  return group([group(name), operator, room, indentedWith(room, doc)]);
}

/** The comment right before a call that tells bundlers of it. */
function mark(value: ts.Expression, page: Page): string {
  const start = value.getStart(page.source);
  const [comment, ...others] = page.commentsUntil(start);
  if (comment === undefined) return '';
  const isMark =
    comment.text === '/* @__PURE__ */' &&
    others.length === 0 &&
    comment.start > value.pos &&
    page.lines(value.pos, start) === 0;
  return isMark ? `${comment.text} ` : beyond();
}

/** A text, a member, or a call that has nothing inside to be broken at. */
function isHardlyBreakable(node: ts.Expression, page: Page): boolean {
  if (ts.isPrefixUnaryExpression(node)) return isHardlyBreakable(node.operand, page);
  if (ts.isStringLiteral(node) || isMember(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const [only, ...others] = node.arguments;
  return only !== undefined && others.length === 0 && isShort(only, page);
}

function isShort(node: ts.Expression, page: Page): boolean {
  const short = page.style.printWidth / 4;
  if (ts.isIdentifier(node)) return node.text.length <= short;
  return ts.isStringLiteral(node) && page.quoted(node).length <= short;
}

function isBooleanOrNumber(node: ts.Expression): boolean {
  const { TrueKeyword, FalseKeyword } = ts.SyntaxKind;
  return ts.isNumericLiteral(node) || node.kind === TrueKeyword || node.kind === FalseKeyword;
}

/** `name.member`, and nothing longer. */
export function isMember(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.questionDotToken === undefined &&
    ts.isIdentifier(node.expression) &&
    ts.isIdentifier(node.name)
  );
}
