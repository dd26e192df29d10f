import type { Detail } from '../dev/api.js';
import { deepest, type Line } from './layout.js';

/** What is to be said beside and below a line. */
export interface Remarks {
  readonly issues: readonly string[];
  /** The documents do not know this field. */
  readonly isUnknown: boolean;
  readonly description?: string;
}

const nothing: Remarks = { issues: [], isUnknown: false };

/**
 * Gives each line what is to be said there. What concerns a place that is not there, as a missing field does, is said at
 * what would hold it.
 */
export function remarks(
  lines: readonly Line[],
  { issuesAt, unknownAt, descriptions }: Pick<Detail, 'issuesAt' | 'unknownAt' | 'descriptions'>,
): readonly Remarks[] {
  const first = new Map<string, number>();
  lines.forEach(({ pointer, isEnd }, index) => {
    // Of a repeated name, the last one counts: as for whoever parses it.
    if (!isEnd) first.set(pointer, index);
  });
  const issues = new Map<number, string[]>();
  for (const { pointer, message } of issuesAt) {
    const index = placeOf(first, pointer);
    const there = issues.get(index);
    if (there === undefined) issues.set(index, [message]);
    else there.push(message);
  }
  const unknown = new Set(unknownAt.map((pointer) => first.get(pointer)));
  const described = new Map(descriptions.map(({ pointer, message }) => [first.get(pointer), message]));

  return lines.map((_, index) => {
    const description = described.get(index);
    if (!issues.has(index) && !unknown.has(index) && description === undefined) return nothing;
    return {
      issues: issues.get(index) ?? [],
      isUnknown: unknown.has(index),
      ...(description !== undefined && { description }),
    };
  });
}

/** The line of a pointer, or of the nearest thing around it that is there. */
export function placeOf(lineOf: ReadonlyMap<string, number>, pointer: string): number {
  // Nothing is laid out deeper, and a pointer of a hostile payload may be long.
  let around = pointer.split('/', deepest + 1).join('/');
  for (;;) {
    const line = lineOf.get(around);
    if (line !== undefined) return line;
    const slash = around.lastIndexOf('/');
    if (slash < 0) return 0;
    around = around.slice(0, slash);
  }
}
