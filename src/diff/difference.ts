import { structuredPatch } from 'diff';
import { commandless, printable } from '../diagnostics/printable.js';

/** Beyond this many changed lines a line-by-line comparison takes seconds and nobody reads it. */
const comparedAtMost = 2_000;
const lineAtMost = 240;

/**
 * A unified diff of one file: headers, hunks with three lines of context, safe for a terminal. Empty where the texts are
 * alike but for CRLF.
 *
 * @param path as the headers show it
 * @param before undefined for a file that is absent
 * @param after undefined for a file that is to go
 * @param linesAtMost how many lines to show; one more says how many are left out
 */
export function difference(
  path: string,
  before: string | undefined,
  after: string | undefined,
  linesAtMost = 80,
): string {
  const [old, next] = [before, after].map((text) => text?.replaceAll('\r\n', '\n'));
  if (old === next) return '';

  const headers = [`--- ${header('a', path, before)}`, `+++ ${header('b', path, after)}`];
  const body = hunks(old ?? '', next ?? '');
  const shown = body.slice(0, linesAtMost).map(terminalLine);
  const left = body.length - shown.length;
  if (left > 0) shown.push(`… ${left} more ${left === 1 ? 'line' : 'lines'}`);
  return [...headers, ...shown, ''].join('\n');
}

function header(side: 'a' | 'b', path: string, text: string | undefined): string {
  return text === undefined ? '/dev/null' : commandless(`${side}/${printable(path)}`);
}

function hunks(before: string, after: string): string[] {
  // For a whole file there is nothing to compare, however long it is.
  if (before === '')
    return [`@@ -0,0 +${range(1, linesOf(after).length)} @@`, ...linesOf(after).map((line) => `+${line}`)];
  if (after === '')
    return [`@@ -${range(1, linesOf(before).length)} +0,0 @@`, ...linesOf(before).map((line) => `-${line}`)];

  const patch = structuredPatch('', '', before, after, '', '', { context: 3, maxEditLength: comparedAtMost });
  if (patch === undefined) {
    const [from, to] = [linesOf(before), linesOf(after)].map((lines) => range(1, lines.length));
    return [`@@ -${from} +${to} @@`, '… too different to be compared line by line'];
  }
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ]);
}

function range(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${start},${lines}`;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

function terminalLine(line: string): string {
  const safe = commandless(printable(line.replaceAll('\t', '    ')));
  return safe.length > lineAtMost ? `${safe.slice(0, lineAtMost)}…` : safe;
}
