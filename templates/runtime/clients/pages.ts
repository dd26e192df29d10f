import { ApiError } from "./api-error.js";
import type { Where } from "./exchange.js";
import type { Answer } from "./http.js";
import { checked, type Kind, type ValueOf } from "./records.js";

/** The last page that the vendors give out of most lists. */
const ceiling = 300;

/** How many records a page has, where nothing else is said: the most that the vendors give. */
export const perPage = 100;

export interface Page<R> {
  readonly rows: readonly R[];
  /** Whether another one may follow. */
  readonly hasNext: boolean;
  readonly where: Where;
}

/**
 * An answer that is a page of a list. What follows is said by its `link` header (Freshdesk, Freshservice), by `pagination`
 * or `links` (Freshchat), by `meta` (Freshsales); where nothing says it, a full page may have a next one.
 *
 * @param page its number, from 1
 * @param member what the answer wraps the list in
 */
export function pageOf<const K extends Kind>(
  kind: K,
  answer: Answer,
  page: number,
  member?: string,
  size: number = perPage,
): Page<ValueOf<K>> {
  const rows = checked([kind], answer, member) as readonly ValueOf<K>[];
  const { pagination, links, meta } = answer.value as {
    readonly pagination?: { readonly total_pages?: unknown } | null;
    readonly links?: { readonly next_page?: unknown } | null;
    readonly meta?: { readonly total_pages?: unknown } | null;
  };
  const total = pagination?.total_pages ?? meta?.total_pages;
  const isNamed = answer.hasNext || Boolean(links?.next_page);
  const hasNext =
    typeof total === "number" ? page < total : isNamed || rows.length >= size;
  return { rows, hasNext, where: answer.where };
}

/**
 * The records of all pages. What changes meanwhile may move to a page that has been read, or to one that comes: `changes`
 * loses nothing.
 *
 * @throws ApiError at page 300 where there is more
 */
export async function* pages<R>(
  read: (page: number) => Promise<Page<R>>,
): AsyncGenerator<R, void, undefined> {
  for (let page = 1; ; page++) {
    const { rows, hasNext, where } = await read(page);
    yield* rows;
    if (!hasNext) return;
    if (page === ceiling) throw tooMany(where);
  }
}

function tooMany(where: Where): ApiError {
  return new ApiError(
    `page ${ceiling} is the last that the vendor gives out, and there may be more records: narrow the list, or read it by the time of change, with changes({ updatedSince })`,
    where,
  );
}

/** What `changes` reads. */
export interface Changing {
  readonly id: number | string;
  readonly updated_at?: string | null | undefined;
}

/**
 * Records in the order of their last change, however many there are. A record that changes meanwhile comes again, after its
 * change; no other one comes twice, and none is left out.
 *
 * Page 2 would be the wrong place to go on: when a record of page 1 changes it moves to the end, and the first one of page 2
 * moves to page 1, which has been read. So each request asks for the first page from the last time that was seen. Only where
 * a whole page shares one time are the next pages read, and again until nothing has moved.
 *
 * @param read a page of what has changed at that time or after, the longest unchanged first
 * @throws ApiError for what is not in that order, and where 300 pages share one time
 */
export async function* changes<R extends Changing>(
  read: (updatedSince: string, page: number) => Promise<Page<R>>,
  updatedSince: string,
): AsyncGenerator<R, void, undefined> {
  let since = updatedSince;
  let last = -Infinity;
  /** The records of the last time that have been handed out. */
  let given = new Set<Changing["id"]>();
  for (;;) {
    const page = await read(since, 1);
    const before = last;
    for (const [row, time] of timed(page)) {
      // A vendor may cut the time it is asked for to seconds.
      if (time < last) continue;
      if (time > last) {
        given = new Set();
        last = time;
        since = row.updated_at ?? since;
      }
      if (given.has(row.id)) continue;
      given.add(row.id);
      yield row;
    }
    if (!page.hasNext) return;
    if (last > before) continue;
    const next = yield* sharing(read, since, last, given);
    if (next === undefined) return;
    since = next;
    last = Date.parse(next);
    given = new Set();
  }
}

/**
 * The records that share a time, over as many pages as they take. When one of them changes and leaves, those behind it move
 * up, and one may pass unseen; but then the next pass does not find the one that left. So two passes that find the same have
 * missed nothing.
 *
 * @param given those that have been handed out
 * @returns the next time of a change, if there is one
 */
async function* sharing<R extends Changing>(
  read: (updatedSince: string, page: number) => Promise<Page<R>>,
  since: string,
  time: number,
  given: Set<Changing["id"]>,
): AsyncGenerator<R, string | undefined, undefined> {
  let before: ReadonlySet<Changing["id"]> | undefined;
  let nextBefore: string | undefined;
  for (;;) {
    const found = new Set<Changing["id"]>();
    const next = yield* pass(found);
    if (
      before?.size === found.size &&
      [...found].every((id) => before?.has(id))
    )
      // It is the pass before that has missed nothing: what changed since then is no matter of this time.
      return nextBefore ?? next;
    before = found;
    nextBefore = next;
  }

  async function* pass(
    found: Set<Changing["id"]>,
  ): AsyncGenerator<R, string | undefined, undefined> {
    for (let page = 1; ; page++) {
      const answer = await read(since, page);
      for (const [row, each] of timed(answer)) {
        if (each < time) continue;
        if (each > time) return row.updated_at ?? undefined;
        found.add(row.id);
        if (given.has(row.id)) continue;
        given.add(row.id);
        yield row;
      }
      if (!answer.hasNext) return undefined;
      if (page === ceiling) throw tooMany(answer.where);
    }
  }
}

/** Records with their times, which have to ascend. */
function timed<R extends Changing>({
  rows,
  where,
}: Page<R>): readonly (readonly [R, number])[] {
  let before = -Infinity;
  return rows.map((row) => {
    const time = Date.parse(row.updated_at ?? "");
    if (Number.isNaN(time))
      throw new ApiError("a record has no time in updated_at", where);
    if (time < before)
      throw new ApiError(
        "the records are not in the order of updated_at",
        where,
      );
    before = time;
    return [row, time];
  });
}
