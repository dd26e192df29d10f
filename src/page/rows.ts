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

/** The deliveries that the page knows. A row that nothing has happened to stays the same object. */
export class Deliveries {
  readonly #byId = new Map<string, Summary>();
  readonly #byRoot = new Map<string, Row>();
  /** What has come since the rows were made, by row and delivery; undefined for a delivery that is gone. */
  readonly #changes = new Map<string, Map<string, Summary | undefined>>();
  #rows: readonly Row[] = [];

  get(id: string): Summary | undefined {
    return this.#byId.get(id);
  }

  /** Adds a delivery, or replaces what was known of it. */
  put(delivery: Summary): void {
    this.#byId.set(delivery.id, delivery);
    this.#change(delivery, delivery);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const delivery = this.#byId.get(id);
      if (delivery === undefined) continue;
      this.#byId.delete(id);
      this.#change(delivery, undefined);
    }
  }

  /** Forgets all, and takes these instead. */
  replace(deliveries: readonly Summary[]): void {
    this.#byId.clear();
    this.#byRoot.clear();
    this.#changes.clear();
    for (const each of deliveries) this.#byId.set(each.id, each);
    this.#rows = fold(deliveries);
    for (const row of this.#rows) this.#byRoot.set(row.root, row);
  }

  /** The rows, the one with the newest delivery first. */
  rows(): readonly Row[] {
    if (this.#changes.size === 0) return this.#rows;
    for (const [root, changes] of this.#changes) {
      const kept = this.#byRoot.get(root)?.all.filter(({ id }) => !changes.has(id)) ?? [];
      const [row] = fold([...[...changes.values()].flatMap((each) => each ?? []), ...kept]);
      if (row === undefined) this.#byRoot.delete(root);
      else this.#byRoot.set(root, row);
    }
    this.#changes.clear();
    this.#rows = [...this.#byRoot.values()].sort((left, right) => newestFirst(left.latest, right.latest));
    return this.#rows;
  }

  #change(delivery: Summary, now: Summary | undefined): void {
    const root = rootOf(delivery);
    const changes = this.#changes.get(root);
    if (changes === undefined) this.#changes.set(root, new Map([[delivery.id, now]]));
    else changes.set(delivery.id, now);
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
