/** What of a long list is on the screen. All rows are equally high. */
export interface Window {
  /** The first row that is drawn, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Rows that are drawn above and below what is seen, so that a quick scroll shows no gap. */
const spare = 8;

export function windowOf(top: number, height: number, rowHeight: number, count: number): Window {
  const first = Math.floor(Math.max(0, top) / rowHeight) - spare;
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight) + spare;
  return { from: Math.max(0, Math.min(first, count)), to: Math.min(count, last) };
}

/** Where to scroll to, so that a row is seen whole; the same place if it is already. */
export function topFor(index: number, top: number, height: number, rowHeight: number): number {
  const start = index * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + height) return start + rowHeight - height;
  return top;
}
