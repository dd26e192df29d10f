import type { Json } from '../model/json.js';
import { filesIn, inMemory } from './backing.js';
import { entryOf, type Entry } from './entry.js';
import type { StoreFolder } from './folder.js';
import type { Answer, Capture } from './record.js';

/** Deliveries that are kept, oldest dropped first. What another process does to them is seen after `refresh`. */
export interface Store {
  /** Newest first. Reads no body. */
  list(): readonly Entry[];
  get(id: string): Entry | undefined;
  /** Undefined for what is gone or broken. */
  read(id: string): Capture | undefined;
  /**
   * Keeps a delivery, and drops what is beyond the limits.
   *
   * @param note what is to be remembered beside it
   * @returns those that were dropped as well
   */
  add(capture: Capture, note?: Json): { readonly entry: Entry; readonly dropped: readonly Entry[] };
  /** Undefined where the delivery is gone. */
  update(id: string, change: Change): Entry | undefined;
  /** Whether it was there. */
  remove(id: string): boolean;
  /** How many there were. */
  clear(): number;
  /** Drops what is beyond the limits. */
  prune(): readonly Entry[];
  /** Looks at what is there again. */
  refresh(): Refreshed;
}

/** What other processes did. */
export interface Refreshed {
  readonly added: readonly Entry[];
  /** Those that have got an answer. */
  readonly answered: readonly Entry[];
  readonly removed: readonly Entry[];
}

export interface Change {
  readonly answer?: Answer;
  readonly note?: Json;
}

export interface Limits {
  readonly deliveries: number;
  readonly days: number;
  /** Of all bodies together. */
  readonly bytes: number;
}

const noLimits: Limits = { deliveries: Infinity, days: Infinity, bytes: Infinity };
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Opens what is kept. It only reads until something is added; without limits it drops nothing.
 *
 * @param folder undefined keeps deliveries in memory
 */
export function openStore(
  folder: StoreFolder | undefined,
  limits: Limits = noLimits,
  now: () => Date = () => new Date(),
): Store {
  const backing = folder === undefined ? inMemory() : filesIn(folder);
  const entries = new Map<string, Entry>();
  /** Oldest first. */
  let ids: string[] = [];
  let bytes = 0;

  function put(entry: Entry): void {
    bytes += entry.size - (entries.get(entry.id)?.size ?? 0);
    if (!entries.has(entry.id)) insert(ids, entry.id);
    entries.set(entry.id, entry);
  }

  function forget(gone: readonly Entry[]): void {
    if (gone.length === 0) return;
    for (const { id, size } of gone) if (entries.delete(id)) bytes -= size;
    ids = ids.filter((id) => entries.has(id));
  }

  function refresh(): Refreshed {
    if (!backing.isChanged()) return { added: [], answered: [], removed: [] };
    const there = backing.entries(entries);
    const left = new Set(there.map(({ id }) => id));
    const removed = [...entries.values()].filter(({ id }) => !left.has(id));
    forget(removed);
    const added = there.filter(({ id }) => !entries.has(id));
    const answered = there.filter(({ id, answer }) => {
      const before = entries.get(id);
      return before !== undefined && before.answer === undefined && answer !== undefined;
    });
    for (const entry of [...added, ...answered]) {
      bytes += entry.size - (entries.get(entry.id)?.size ?? 0);
      entries.set(entry.id, entry);
    }
    if (added.length > 0) ids = [...entries.keys()].sort();
    return { added, answered, removed };
  }

  function prune(): readonly Entry[] {
    const oldest = now().getTime() - limits.days * dayMs;
    const gone: Entry[] = [];
    let left = bytes;
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry === undefined) continue;
      const isOver = ids.length - gone.length > limits.deliveries || left > limits.bytes;
      if (!isOver && Date.parse(entry.receivedAt) >= oldest) break;
      gone.push(entry);
      left -= entry.size;
    }
    for (const { id } of gone) backing.remove(id);
    forget(gone);
    return gone;
  }

  refresh();
  return {
    refresh,
    prune,
    list: () => ids.toReversed().flatMap((id) => entries.get(id) ?? []),
    get: (id) => entries.get(id),
    read: (id) => backing.read(id),
    add(capture, note) {
      const entry = entryOf(capture, note);
      backing.write(entry, capture);
      put(entry);
      return { entry, dropped: prune() };
    },
    update(id, change) {
      const before = entries.get(id);
      const capture = before && backing.read(id);
      if (capture === undefined) return undefined;
      const changed = { ...capture, ...(change.answer && { answer: change.answer }) };
      const entry = entryOf(changed, change.note ?? before?.note);
      backing.write(entry, changed);
      put(entry);
      return entry;
    },
    remove(id) {
      const was = backing.remove(id);
      const entry = entries.get(id);
      if (entry) forget([entry]);
      return was;
    },
    clear() {
      forget([...entries.values()]);
      return backing.clear();
    },
  };
}

/** Most come last. */
function insert(sorted: string[], id: string): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] ?? '') > id) at -= 1;
  sorted.splice(at, 0, id);
}
