import type { Row } from './rows.js';

/** What of a long list is on the screen. All rows are equally high. */
export interface Window {
  /** The first row that is drawn, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Rows that are drawn above and below what is seen, so that a quick scroll shows no gap. */
const spare = 8;

export function windowOf(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
  more = spare,
): Window {
  const first = Math.floor(Math.max(0, top) / rowHeight) - more;
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight) + more;
  return { from: Math.max(0, Math.min(first, count)), to: Math.min(count, last) };
}

/** Where to scroll to, so that a row is seen whole; the same place if it is already. */
export function topFor(index: number, top: number, height: number, rowHeight: number): number {
  const start = index * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + height) return start + rowHeight - height;
  return top;
}

/**
 * By how many rows the list has grown above what is seen: measured at the row of the cursor, or at the first one that is still
 * where it was. A row that has a new delivery has moved to where that one belongs, and says nothing.
 *
 * @param seen what of the list was on the screen before
 */
export function shiftOf(
  before: readonly Row[],
  now: readonly Row[],
  { from, to }: Window,
  cursor: string | undefined,
): number {
  const seen = before.slice(from, to).map((row, place) => ({ row, index: from + place }));
  for (const { row, index } of [...seen.filter(({ row: { root } }) => root === cursor), ...seen]) {
    const found = indexOf(now, ({ latest: { id } }) => id === row.latest.id);
    if (found !== undefined) return found - index;
  }
  return 0;
}

export function indexOf(rows: readonly Row[], is: (row: Row) => boolean): number | undefined {
  const index = rows.findIndex(is);
  return index < 0 ? undefined : index;
}
