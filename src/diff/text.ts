import { commandless, printable } from '../diagnostics/printable.js';
import type { ReportedChange } from './accepted.js';
import { rules } from '../model/change-rules.js';
import { shownPosition } from './summary.js';

/** How a piece of text is set: colours where the terminal has them, nothing elsewhere. */
export type Style = (format: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

const colours = { breaking: 'red', risky: 'yellow', safe: 'green' } as const;

/** The changes for a terminal: each with what it means, where it stands and which events carry it. */
export function changesText(changes: readonly ReportedChange[], style: Style): string {
  return changes.map((change) => `${linesOf(change, style).map(commandless).join('\n')}\n`).join('\n');
}

function linesOf(change: ReportedChange, style: Style): readonly string[] {
  const { rule, level, subject, message, events, before, after, accepted } = change;
  const locations = [before && `was ${shownPosition(before)}`, after && `is ${shownPosition(after)}`].filter(
    Boolean,
  );
  return [
    `${style(colours[level], level)} ${style('bold', rule)}: ${printable(subject)}`,
    `  ${printable(message)}`,
    `  ${style('dim', rules[rule].sentence)}`,
    ...(locations.length > 0 ? [`  at: ${printable(locations.join(', '))}`] : []),
    ...(events.length > 0 ? [`  in: ${printable(someOf(events))}`] : []),
    ...(accepted === undefined ? [] : [`  accepted: ${printable(accepted)}`]),
  ];
}

const shownAtMost = 5;

/** The first of some names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length - shownAtMost;
  return more > 0 ? `${names.slice(0, shownAtMost).join(', ')} and ${more} more` : names.join(', ');
}
