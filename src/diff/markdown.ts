import { commandless, printable } from '../diagnostics/printable.js';
import type { ReportedChange } from './accepted.js';
import { grouped } from './grouped.js';
import { levels } from './levels.js';
import { rules } from '../model/change-rules.js';
import { counted, shownPosition } from './summary.js';

/** By which a workflow finds the comment that it wrote before. */
export const marker = '<!-- freshworks-gen diff -->';

/** GitHub takes 65,536 characters; the rest is for what stands around the changes. */
export const charactersAtMost = 60_000;
const spanAtMost = 400;
const eventsAtMost = 3;

export interface Compared {
  /** Whose events they are, where several kits are reported. */
  readonly kit?: string | undefined;
  readonly base: { readonly name: string };
  readonly head: { readonly name: string };
  readonly changes: readonly ReportedChange[];
}

/**
 * The changes as a comment on a pull request. Every word of a document stands in a code span, where nobody is mentioned,
 * nothing is linked and no markup begins.
 */
export function markdown({ kit, base, head, changes }: Compared, atMost = charactersAtMost): string {
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const accepted = changes.filter((change) => change.accepted !== undefined);
  const sections: readonly Section[] = [
    ...levels.map((level) => ({
      title: `${level[0]?.toUpperCase()}${level.slice(1)}`,
      isFolded: level === 'safe',
      changes: open.filter((change) => change.level === level),
    })),
    { title: 'Accepted', isFolded: true, changes: accepted },
  ];
  const budget = { left: atMost };
  const texts = sections
    .filter((section) => section.changes.length > 0)
    .map((section) => sectionText(section, budget));
  return [
    marker,
    `### For those who receive the events${kit === undefined ? '' : ` of ${span(kit)}`}: ${counted(changes)}`,
    `From ${span(base.name)} to ${span(head.name)}.`,
    ...texts,
    '',
  ].join('\n\n');
}

interface Section {
  readonly title: string;
  readonly isFolded: boolean;
  readonly changes: readonly ReportedChange[];
}

function sectionText({ title, isFolded, changes }: Section, budget: { left: number }): string {
  const lines: string[] = [];
  let shown = 0;
  for (const [rule, same] of grouped(changes, (change) => change.rule)) {
    const heading = `**${rule}**: ${rules[rule].sentence}`;
    const items = same.map(itemOf);
    const kept = items.filter((item) => {
      budget.left -= item.length + 1;
      return budget.left > 0;
    });
    if (kept.length === 0) continue;
    budget.left -= heading.length + 4;
    shown += kept.length;
    lines.push(heading, kept.join('\n'));
  }
  const left = changes.length - shown;
  if (left > 0) lines.push(`${left} more ${left === 1 ? 'is' : 'are'} left out here.`);
  const body = lines.join('\n\n');
  return isFolded
    ? `<details>\n<summary>${title} (${changes.length})</summary>\n\n${body}\n\n</details>`
    : `#### ${title} (${changes.length})\n\n${body}`;
}

function itemOf({ message, subject, events, before, after, accepted }: ReportedChange): string {
  const locations = [before, after]
    .flatMap((location) => (location ? [span(shownPosition(location))] : []))
    .join(' → ');
  const carried = events.slice(0, eventsAtMost).map(span).join(', ');
  const more = events.length > eventsAtMost ? ` and ${events.length - eventsAtMost} more` : '';
  const about = subject.startsWith('event ') || events.length === 0 ? [] : [`in ${carried}${more}`];
  const beside = [...about, ...(locations === '' ? [] : [locations])].join('; ');
  const reason = accepted === undefined ? '' : `: ${span(accepted)}`;
  return `- ${span(message)}${beside === '' ? '' : ` (${beside})`}${reason}`;
}

/** A code span that its content cannot end. */
function span(text: string): string {
  const short = commandless(printable(text.length > spanAtMost ? `${text.slice(0, spanAtMost)}…` : text));
  const longest = Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 || short === '' || short.trim() !== short ? ' ' : '';
  return `${fence}${padding}${short}${padding}${fence}`;
}
