import { ts } from 'ts-morph';

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Every comment of a file, in order. What stands outside of literals is searched for comment marks, with the parser's word
 * on where the literals are, so a mark inside a string, a template or a regular expression counts for nothing.
 */
export function comments(source: ts.SourceFile): readonly Comment[] {
  const { text } = source;
  const found: Comment[] = [];
  let slash = text.indexOf('/');
  for (const literal of [...literals(source), { start: text.length, end: text.length }]) {
    while (slash !== -1 && slash < literal.start) {
      const end = commentEnd(text, slash);
      if (end !== undefined) found.push({ start: slash, end, text: text.slice(slash, end) });
      slash = text.indexOf('/', end ?? slash + 1);
    }
    if (slash !== -1 && slash < literal.end) slash = text.indexOf('/', literal.end);
  }
  return found;
}

function commentEnd(text: string, start: number): number | undefined {
  if (text.startsWith('/*', start)) {
    const end = text.indexOf('*/', start + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (!text.startsWith('//', start)) return undefined;
  const length = text.slice(start).search(/[\n\r\u2028\u2029]/);
  return length === -1 ? text.length : start + length;
}

/** The spans of string, template and regular expression literals, in order. */
function literals(source: ts.SourceFile): { readonly start: number; readonly end: number }[] {
  const spans: { readonly start: number; readonly end: number }[] = [];
  // Not by recursion: a chain of ten thousand operators is as deep as it is long.
  const waiting: ts.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
      spans.push({ start: node.getStart(source), end: node.end });
    }
    ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return spans.sort((left, right) => left.start - right.start);
}
