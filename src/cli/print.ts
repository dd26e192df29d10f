import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/source-location.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { saidOf } from '../diagnostics/repeated.js';

/** Talk goes to stderr, so that stdout holds data alone. */
export function say(line: string): void {
  process.stderr.write(`${commandless(line)}\n`);
}

/** Prints findings with their places, what to do about each, and their number where there are several. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const each of diagnostics) say(`${rendered(each)}\n`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (diagnostics.length > 1)
    say(
      `${count(errors, 'error')}, ${count(diagnostics.length - errors, 'warning or note', 'warnings and notes')}`,
    );
}

export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

type Style = Parameters<typeof styleText>[0];

/** Colour where stderr is a terminal that wants it. */
export function style(format: Style, text: string): string {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const wanted = NO_COLOR
    ? false
    : FORCE_COLOR
      ? FORCE_COLOR !== '0'
      : process.stderr.isTTY && TERM !== 'dumb';
  return wanted ? styleText(format, text, { validateStream: false }) : text;
}

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const;

function rendered(finding: Diagnostic): string {
  const { severity, code, fix, position, frame, steps = [] } = finding;
  const lines = [
    `${style(colours[severity], severity)} ${style('bold', code)}: ${printable(saidOf(finding))}`,
  ];
  if (position) lines.push(`  at ${shown(position)}`);
  if (frame) lines.push(...frame.split('\n').map((line) => `  ${line}`));
  for (const [index, step] of steps.entries())
    lines.push(
      `  ${index + 1}. ${step.position ? `${shown(step.position)}: ` : ''}${printable(step.message)}`,
    );
  lines.push(`  ${style('dim', 'fix:')} ${printable(fix)}`);
  return lines.join('\n');
}

function shown({ file, line, column }: Position): string {
  return `${printable(file)}:${line}:${column}`;
}
