import { ApiError, fieldErrors, type FieldError } from "./api-error.js";

/*
 * Results of one call for many records. A 200 says that the call was understood, not that each record was changed: the
 * result is a union, so that nobody reaches a record without having looked.
 */

/** A record that was not changed, and why. */
export interface BulkFailure {
  readonly id: number;
  /** What the vendor says; empty where it gives no reason. */
  readonly errors: readonly FieldError[];
}

export type BulkResult<R> =
  | {
      readonly ok: true;
      /** All that were to be changed. */
      readonly records: readonly R[];
    }
  | {
      readonly ok: false;
      readonly succeeded: readonly R[];
      readonly failed: readonly BulkFailure[];
      /** Those that no answer names: they may have been changed. */
      readonly unknown: readonly number[];
    };

/** The vendor's limit for one call. */
const most = 100;

/** @throws RangeError for more than the vendor takes at once */
export function checkedIds(ids: readonly number[]): readonly number[] {
  const each = [...new Set(ids)];
  if (each.length <= most) return each;
  throw new RangeError(`at most ${most} records can be changed at once`);
}

/** Changes records one by one, a few at a time, where the vendor has no call for many. */
export async function oneByOne<R>(
  ids: readonly number[],
  update: (id: number) => Promise<R>,
): Promise<BulkResult<R>> {
  const each = checkedIds(ids);
  const records = new Map<number, R>();
  const failed: BulkFailure[] = [];
  const waiting = each.values();
  const work = async () => {
    for (const id of waiting) {
      try {
        records.set(id, await update(id));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Where no answer came, it may have been changed all the same.
        if (error.status !== undefined)
          failed.push({ id, errors: reasonsOf(error) });
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return resultOf(each, records, failed);
}

/**
 * What an answer says of each record: a list, or `data`, `records` or `results` with one, of `{ id, success }` or
 * `{ id, status }`, with `errors` where it failed.
 *
 * @param answer of the call, or of the job that it started
 * @param hide takes the key out of a text
 */
export function resultsIn(
  answer: unknown,
  ids: readonly number[],
  hide: (text: string) => string,
): BulkResult<{ readonly id: number }> {
  const records = new Map<number, { readonly id: number }>();
  const failed: BulkFailure[] = [];
  for (const each of listIn(answer)) {
    const { id, success, status } = each as Readonly<Record<string, unknown>>;
    if (typeof id !== "number" || !ids.includes(id)) continue;
    if (success === true || (success === undefined && isFine(status)))
      records.set(id, { id });
    else failed.push({ id, errors: fieldErrors(each, hide) });
  }
  return resultOf(ids, records, failed);
}

function resultOf<R>(
  ids: readonly number[],
  records: ReadonlyMap<number, R>,
  failed: readonly BulkFailure[],
): BulkResult<R> {
  const wrong = new Set(failed.map(({ id }) => id));
  const succeeded = ids
    .filter((id) => !wrong.has(id))
    .flatMap((id) => {
      const record = records.get(id);
      return record === undefined ? [] : [record];
    });
  if (succeeded.length === ids.length) return { ok: true, records: succeeded };
  const unknown = ids.filter((id) => !wrong.has(id) && !records.has(id));
  return { ok: false, succeeded, failed, unknown };
}

function listIn(answer: unknown): readonly object[] {
  const { data, records, results } = (answer ?? {}) as {
    readonly [Name in "data" | "records" | "results"]?: unknown;
  };
  const list = [answer, data, records, results].find(Array.isArray) ?? [];
  return (list as readonly unknown[]).filter(
    (each): each is object => typeof each === "object" && each !== null,
  );
}

function isFine(status: unknown): boolean {
  return typeof status === "number"
    ? status >= 200 && status < 300
    : typeof status === "string" && /^succe(?:ss|eded)$/i.test(status);
}

function reasonsOf({ fields, message }: ApiError): readonly FieldError[] {
  return fields.length > 0
    ? fields
    : [{ field: undefined, message, code: undefined }];
}
