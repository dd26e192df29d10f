import type { Entry } from '../store/entry.js';

/** What says that a delivery is a retry of another. */
export interface Fold {
  readonly key: string;
  /** Whether only its bytes say so: then they do for as long as the platform retries, and no longer. */
  readonly byBytes: boolean;
}

/** The platform tries again 5, 30 and 60 minutes after each failure. */
const retriesMs = 95 * 60 * 1000;

/** Deliveries, the retries of each, its replays and its edited copies, by the oldest of them. */
export interface Rows {
  /** The row that a delivery which has just come belongs to; undefined for a new one. */
  find(fold: Fold, receivedAt: string): string | undefined;
  /** The number that the next delivery of a row has. */
  next(row: string): number;
  add(entry: Pick<Entry, 'id' | 'of' | 'receivedAt'>, fold: Fold | undefined, attempt: number): void;
  remove(entry: Pick<Entry, 'id' | 'of'>): void;
  clear(): void;
  /** Oldest first. */
  idsOf(row: string): readonly string[];
}

export function newRows(): Rows {
  const rows = new Map<string, { readonly ids: Set<string>; last: number }>();
  const byFold = new Map<string, { readonly row: string; readonly since: number }>();

  return {
    find({ key, byBytes }, receivedAt) {
      const found = byFold.get(key);
      if (found === undefined || !rows.has(found.row)) return undefined;
      return byBytes && Date.parse(receivedAt) - found.since > retriesMs ? undefined : found.row;
    },
    next: (row) => (rows.get(row)?.last ?? 0) + 1,
    add({ id, of, receivedAt }, fold, attempt) {
      const name = of ?? id;
      const row = rows.get(name) ?? { ids: new Set<string>(), last: 0 };
      rows.set(name, row);
      row.ids.add(id);
      row.last = Math.max(row.last, attempt);
      const known = fold && byFold.get(fold.key);
      // A row keeps its time: the same bytes once an hour are no retry of the first.
      if (fold && known?.row !== name) byFold.set(fold.key, { row: name, since: Date.parse(receivedAt) });
    },
    remove({ id, of }) {
      const name = of ?? id;
      const row = rows.get(name);
      row?.ids.delete(id);
      if (row?.ids.size === 0) rows.delete(name);
    },
    clear() {
      rows.clear();
      byFold.clear();
    },
    idsOf: (row) => [...(rows.get(row)?.ids ?? [])].sort(),
  };
}
