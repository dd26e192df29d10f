import type { Position } from './source-location.js';
import { printable } from './printable.js';
import { lineAt, type Source } from './source.js';

const linesBefore = 2;
/** UTF-16 units of a line that are shown; a longer line is cut around the column. */
const width = 100;

/**
 * The line of a position with two lines before it, numbered, and a caret under the column. Every line is safe for a
 * terminal, and none starts with document text, so that no line is a command to a CI log.
 */
export function frame(source: Source, position: Pick<Position, 'line' | 'column'>): string {
  const gutter = String(position.line).length;
  const lines: string[] = [];
  for (let line = Math.max(1, position.line - linesBefore); line <= position.line; line++) {
    const text = lineAt(source, line) ?? '';
    const { shown, caret } = cut(text, line === position.line ? position.column - 1 : 0);
    const marker = line === position.line ? '>' : ' ';
    lines.push(`${marker} ${String(line).padStart(gutter)} | ${shown}`.trimEnd());
    if (line === position.line) lines.push(`  ${' '.repeat(gutter)} | ${' '.repeat(caret)}^`);
  }
  return lines.join('\n');
}

/** The part of a line around a column, printable, and where the column is in it. */
function cut(text: string, column: number): { readonly shown: string; readonly caret: number } {
  const from = boundary(text, column > width * 0.75 ? column - width / 2 : 0);
  const to = boundary(text, from + width);
  const head = (from > 0 ? '…' : '') + oneLine(text.slice(from, boundary(text, column)));
  const tail = oneLine(text.slice(boundary(text, column), to)) + (to < text.length ? '…' : '');
  return { shown: head + tail, caret: [...head].length };
}

/** A tab is one space, so that the caret stands where the column is. */
function oneLine(text: string): string {
  return printable(text.replaceAll('\t', ' '));
}

/** An index that does not part a surrogate pair. */
function boundary(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return index > 0 && code >= 0xdc00 && code <= 0xdfff ? index - 1 : Math.min(index, text.length);
}
