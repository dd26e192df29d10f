import { ts } from 'ts-morph';

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Every comment of a file, in order. A comment mark starts one unless it stands in a literal, on which the parser has the
 * word, or in a comment.
 */
export function comments(source: ts.SourceFile): readonly Comment[] {
  const { text } = source;
  const marks = [...text.matchAll(/\/[/*]/g)].map(({ index }) => index);
  const inLiterals = marksInLiterals(source, marks);
  const found: Comment[] = [];
  let end = 0;
  for (const start of marks) {
    if (start < end || inLiterals.has(start)) continue;
    end = commentEnd(text, start);
    found.push({ start, end, text: text.slice(start, end) });
  }
  return found;
}

const lineEnd = /[\n\r\u2028\u2029]/g;

function commentEnd(text: string, start: number): number {
  if (text.startsWith('/*', start)) {
    const end = text.indexOf('*/', start + 2);
    return end === -1 ? text.length : end + 2;
  }
  lineEnd.lastIndex = start;
  return lineEnd.exec(text)?.index ?? text.length;
}

/** Those of some offsets that are in string, template and regular expression literals. */
function marksInLiterals(source: ts.SourceFile, marks: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  // Not by recursion: a chain of ten thousand operators is as deep as it is long. What holds no mark is not walked.
  const waiting: ts.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const first = firstFrom(marks, node.pos);
    if ((marks[first] ?? node.end) >= node.end) continue;
    if (ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
      const start = node.getStart(source);
      for (const mark of marks.slice(first, firstFrom(marks, node.end))) if (mark >= start) found.add(mark);
    }
    ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return found;
}

/** The index of the first of some rising numbers that is not below a limit. */
function firstFrom(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
