import type { Severity, Step } from '../../diagnostics/diagnostic.js';
import type { Finding } from '../finding.js';
import { commandless, printable } from '../../diagnostics/printable.js';
import { saidOf } from '../../diagnostics/repeated.js';
import { fileFrom, pointOf, standpoint, type Standpoint } from './place.js';

/** GitHub shows this many annotations of a kind for a step, and drops the rest without a word. */
const shownAtMost = 10;

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;
type Command = (typeof commands)[Severity];

/**
 * The findings as commands to GitHub's runner, a line each, which annotate the files that they are about
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). What is more than GitHub shows is counted
 * in a notice.
 */
export function annotations(
  findings: readonly Finding[],
  from: Standpoint = standpoint(),
): readonly string[] {
  const kinds = (['error', 'warning', 'info'] as const).map((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  const full = kinds.some(({ length }) => length > shownAtMost);
  // The notice that counts is one of the notices.
  const shown = kinds.flatMap((kind) =>
    kind.slice(0, full && kind[0]?.severity === 'info' ? shownAtMost - 1 : shownAtMost),
  );
  const lines = shown.map((finding) => annotation(finding, from));
  const left = findings.length - shown.length;
  return left === 0 ? lines : [...lines, command('notice', { title: 'freshworks-gen' }, leftOut(left))];
}

function leftOut(left: number): string {
  return left === 1
    ? 'One more finding is in the log: GitHub shows 10 annotations of a kind.'
    : `${left} more findings are in the log: GitHub shows 10 annotations of a kind.`;
}

function annotation(finding: Finding, from: Standpoint): string {
  const { code, severity, fix, position, steps = [] } = finding;
  const point = pointOf(finding);
  return command(
    commands[severity],
    {
      ...(position && { file: inProperty(fileFrom(position.file, from).path) }),
      ...(position && point && { line: `${point.line}`, col: `${point.column}` }),
      title: code,
    },
    [saidOf(finding), ...steps.map((step) => stepIn(step, from)), `fix: ${fix}`].map(inert).join('\n'),
  );
}

function stepIn({ message, position }: Step, from: Standpoint): string {
  return position
    ? `${fileFrom(position.file, from).path}:${position.line}:${position.column}: ${message}`
    : message;
}

function command(name: Command, properties: Readonly<Record<string, string>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${list.join(',')}::${escapedData(data)}`;
}

/** A line that drives neither a terminal nor the log that it stands in once the runner has taken it. */
function inert(text: string): string {
  return commandless(printable(text));
}

/** The runner loses `=` at the beginning of a property. */
function inProperty(path: string): string {
  const file = inert(path);
  return file.startsWith('=') ? `./${file}` : file;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
