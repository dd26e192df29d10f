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

/** What the records of a product have in common. */
export interface FakeForm {
  /** What identifiers begin with, where they are texts; without it, they are numbers. */
  readonly prefix?: string;
  /** The fields that say when a record was made, and when it was changed last. */
  readonly created: string;
  readonly updated: string;
  readonly timeOf: (date: Date) => string;
}

export type FakeProduct = keyof FakeForms;

interface FakeForms {
  readonly freshdesk: FakeForm;
  readonly freshservice: FakeForm;
  readonly freshsales: FakeForm;
  readonly freshchat: FakeForm;
  readonly helpdesk: FakeForm;
}

const snakeCase: FakeForm = {
  created: "created_at",
  updated: "updated_at",
  timeOf: toSecond,
};

export const forms: FakeForms = {
  freshdesk: snakeCase,
  freshservice: snakeCase,
  freshsales: snakeCase,
  freshchat: {
    prefix: "",
    created: "created_time",
    updated: "updated_time",
    timeOf: toMillisecond,
  },
  helpdesk: {
    prefix: "whk_",
    created: "createdAt",
    updated: "updatedAt",
    timeOf: toMillisecond,
  },
};

export class FakeCollection {
  readonly #now: () => Date;
  readonly #keyField: string;
  readonly #form: FakeForm;
  readonly #records = new Map<string, FakeRecord>();
  readonly #sorted = new Map<string, FakeRecord[]>();
  #lastId = 0;

  constructor(name: string, now: () => Date, form: FakeForm) {
    this.#now = now;
    this.#form = form;
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
    prefix: string | undefined = this.#form.prefix,
  ): FakeRecord {
    const id = prefix === undefined ? ++this.#lastId : prefix + randomUUID();
    const record = { ...fields, [this.#keyField]: id, ...this.#times() };
    this.put(record);
    return record;
  }

  /** Keeps a record; one without times is of now. */
  add(record: FakeRecord): void {
    this.put({ ...this.#times(), ...record });
  }

  #times(): FakeRecord {
    const { created, updated, timeOf } = this.#form;
    const time = timeOf(this.#now());
    return { [created]: time, [updated]: time };
  }

  /** Changes fields of a record, which is updated now. */
  change(id: string | number, fields: object): FakeRecord | undefined {
    const before = this.get(id);
    if (before === undefined) return undefined;
    const { updated, timeOf } = this.#form;
    const after: FakeRecord = {
      ...before,
      ...fields,
      [this.#keyField]: before[this.#keyField],
      [updated]: timeOf(this.#now()),
    };
    this.#records.set(String(id), after);
    // Of a list by time, the record goes from its place to the end.
    const sorted = this.#sorted.get(updated);
    this.#sorted.clear();
    if (sorted !== undefined) {
      sorted.splice(sorted.indexOf(before), 1);
      insert(sorted, after, updated);
      this.#sorted.set(updated, sorted);
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
      if (field !== "id" || this.#form.prefix === undefined)
        sorted.sort((a, b) => compared(a[field], b[field]));
      this.#sorted.set(field, sorted);
    }
    const found =
      since === -Infinity
        ? sorted
        : sorted.filter(
            (each) => Date.parse(String(each[this.#form.updated])) >= since,
          );
    return isDescending ? [...found].reverse() : found;
  }
}

/** Times in UTC, to the second. */
export function toSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Times in UTC, to the millisecond. */
export function toMillisecond(date: Date): string {
  return date.toISOString();
}

function insert(sorted: FakeRecord[], record: FakeRecord, field: string): void {
  let at = sorted.length;
  while (at > 0 && compared(sorted[at - 1]?.[field], record[field]) > 0)
    at -= 1;
  sorted.splice(at, 0, record);
}

function compared(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [one, other] = [String(a ?? ""), String(b ?? "")];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A value under the name that a product wraps it in, if in any. */
export function wrapped(
  name: string | undefined,
  value: object,
): Readonly<Record<string, unknown>> {
  return name === undefined
    ? (value as Readonly<Record<string, unknown>>)
    : { [name]: value };
}

export function unwrapped(name: string | undefined, body: unknown): object {
  const given = Object(body) as Readonly<Record<string, unknown>>;
  return (name === undefined ? given : Object(given[name] ?? given)) as object;
}
