import { frame } from './frame.js';
import type { SourceLocation, Position } from './source-location.js';

/** A text that was read, with what is needed to point into it. Positions are worked out when one is asked for. */
export interface Source {
  /** The file as messages name it. */
  readonly file: string;
  readonly text: string;
  /** False for a file that a document merely names: its text appears in no message. */
  readonly quotable: boolean;
  /** Offset at which each line starts; the first is 0. */
  lineStarts(): readonly number[];
}

/** Wraps a decoded text. `file` is what messages show; see `fileName`. */
export function createSource(file: string, text: string, quotable = true): Source {
  let starts: readonly number[] | undefined;
  return { file, text, quotable, lineStarts: () => (starts ??= findLineStarts(text)) };
}

/** The line and column of an offset in UTF-16 units; an offset past the end is the end. */
export function positionAt(source: Source, offset: number): Position {
  const starts = source.lineStarts();
  const index = lastAtOrBefore(starts, offset);
  const column = Math.min(offset, source.text.length) - (starts[index] ?? 0) + 1;
  return { file: source.file, line: index + 1, column };
}

/**
 * The position of an offset with the lines around it; the frame is empty where the source may not be quoted. It is drawn when
 * it is asked for: a document may be one line of megabytes.
 */
export function locationAt(source: Source, offset: number): SourceLocation {
  const position = positionAt(source, offset);
  return {
    position,
    get frame() {
      return source.quotable ? frame(source, position) : '';
    },
  };
}

/** The text of a line, counted from 1, without its line end; undefined past the last one. */
export function lineAt(source: Source, line: number): string | undefined {
  const starts = source.lineStarts();
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  let end = starts[line] ?? source.text.length;
  while (end > start && '\r\n'.includes(source.text.charAt(end - 1))) end -= 1;
  return source.text.slice(start, end);
}

/** Lines end at LF, CRLF or CR, as editors count them. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/gu)) starts.push(match.index + match[0].length);
  return starts;
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
