import type { Summary } from '../dev/api.js';

/** Deliveries that belong together, as one row of the list: a delivery with its retries and copies. */
export interface Row {
  /** The id of the oldest delivery, which may be gone. */
  readonly root: string;
  /** The newest one: what the row shows. */
  readonly latest: Summary;
  /** Newest first. */
  readonly all: readonly Summary[];
}

/** The deliveries that the page knows. */
export class Deliveries {
  readonly #byId = new Map<string, Summary>();
  #rows: readonly Row[] | undefined;

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Summary | undefined {
    return this.#byId.get(id);
  }

  /** Adds a delivery, or replaces what was known of it. */
  put(delivery: Summary): void {
    this.#byId.set(delivery.id, delivery);
    this.#rows = undefined;
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#byId.delete(id);
    this.#rows = undefined;
  }

  /** Forgets all, and takes these instead. */
  replace(deliveries: readonly Summary[]): void {
    this.#byId.clear();
    for (const each of deliveries) this.#byId.set(each.id, each);
    this.#rows = undefined;
  }

  /** The rows, the one with the newest delivery first. */
  rows(): readonly Row[] {
    this.#rows ??= fold([...this.#byId.values()]);
    return this.#rows;
  }
}

export function rootOf({ id, of }: Summary): string {
  return of ?? id;
}

/** Folds deliveries into rows. */
export function fold(deliveries: readonly Summary[]): readonly Row[] {
  const groups = new Map<string, Summary[]>();
  for (const each of [...deliveries].sort(newestFirst)) {
    const root = rootOf(each);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [each]);
    else group.push(each);
  }
  // A map keeps the order in which the groups came: by their newest ones.
  return Array.from(groups, ([root, all]) => ({ root, latest: all[0] as Summary, all }));
}

function newestFirst(left: Summary, right: Summary): number {
  return left.id < right.id ? 1 : left.id > right.id ? -1 : 0;
}
