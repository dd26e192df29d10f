import { randomUUID } from "node:crypto";

/*
 * What the fake platform keeps: records by collection (`tickets`), in memory.
 */

/** A record as the vendor's JSON has it; it has `id`, or `conversation_id` in Freshchat. */
export type FakeRecord = Readonly<Record<string, unknown>>;

export interface FakeOrder {
  readonly field: string;
  readonly isDescending: boolean;
  /** Only what was updated at this time or later, in milliseconds. */
  readonly since: number;
}

export class FakeCollection {
  readonly #now: () => Date;
  readonly #keyField: string;
  readonly #prefix: string | undefined;
  readonly #records = new Map<string, FakeRecord>();
  readonly #sorted = new Map<string, FakeRecord[]>();
  #lastId = 0;

  /** @param prefix of identifiers that are texts; without it, they are numbers */
  constructor(name: string, now: () => Date, prefix?: string) {
    this.#now = now;
    this.#prefix = prefix;
    this.#keyField = name === "conversations" ? "conversation_id" : "id";
  }

  /** Keeps a record as it is. */
  put(record: FakeRecord): void {
    const id = record[this.#keyField] ?? record["id"];
    if (typeof id === "number") this.#lastId = Math.max(this.#lastId, id);
    this.#records.set(String(id), record);
    this.#sorted.clear();
  }

  get(id: string | number): FakeRecord | undefined {
    return this.#records.get(String(id));
  }

  /** @param prefix of an identifier that is a text: `whk_` */
  create(
    fields: object,
    prefix: string | undefined = this.#prefix,
  ): FakeRecord {
    const time = timeOf(this.#now());
    const id = prefix === undefined ? ++this.#lastId : prefix + randomUUID();
    const times = { created_at: time, updated_at: time };
    const record = { ...fields, [this.#keyField]: id, ...times };
    this.put(record);
    return record;
  }

  /** Changes fields of a record, which is updated now. */
  change(id: string | number, fields: object): FakeRecord | undefined {
    const before = this.get(id);
    if (before === undefined) return undefined;
    const after = {
      ...before,
      ...fields,
      [this.#keyField]: before[this.#keyField],
      updated_at: timeOf(this.#now()),
    };
    this.#records.set(String(id), after);
    // Of a list by time, the record goes from its place to the end.
    const sorted = this.#sorted.get("updated_at");
    this.#sorted.clear();
    if (sorted !== undefined) {
      sorted.splice(sorted.indexOf(before), 1);
      insert(sorted, after);
      this.#sorted.set("updated_at", sorted);
    }
    return after;
  }

  delete(id: string | number): boolean {
    this.#sorted.clear();
    return this.#records.delete(String(id));
  }

  all(): readonly FakeRecord[] {
    return [...this.#records.values()];
  }

  list({ field, isDescending, since }: FakeOrder): readonly FakeRecord[] {
    let sorted = this.#sorted.get(field);
    if (sorted === undefined) {
      sorted = [...this.all()];
      // Identifiers that are texts are random: such records stay in the order of their creation.
      if (field !== "id" || this.#prefix === undefined)
        sorted.sort((a, b) => compared(a[field], b[field]));
      this.#sorted.set(field, sorted);
    }
    const found =
      since === -Infinity
        ? sorted
        : sorted.filter(
            (each) => Date.parse(String(each["updated_at"])) >= since,
          );
    return isDescending ? [...found].reverse() : found;
  }
}

/** Times in the vendors' form: in UTC, to the second. */
export function timeOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function insert(sorted: FakeRecord[], record: FakeRecord): void {
  let at = sorted.length;
  while (
    at > 0 &&
    compared(sorted[at - 1]?.["updated_at"], record["updated_at"]) > 0
  )
    at -= 1;
  sorted.splice(at, 0, record);
}

function compared(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [one, other] = [String(a ?? ""), String(b ?? "")];
  return one < other ? -1 : one > other ? 1 : 0;
}
