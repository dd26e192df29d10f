import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import {
  Unprocessable,
  type HandleRecord,
  type InboxRecord,
  type WorkOptions,
} from "../inbox.js";
import type { Product } from "../../events.js";
import { delayAfter, reasonOf, type Retries } from "./retries.js";
import type { Sql, SqliteFile } from "./sqlite-file.js";

export interface SqliteSettings {
  readonly retries: Retries;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly keepDoneMs: number;
  readonly keepDeadMs: number;
}

export interface Row {
  readonly id: number | bigint;
  readonly key: string | null;
  readonly key_ms: number | bigint | null;
  readonly product: string;
  readonly path: string;
  readonly received_at: string;
  readonly headers: string;
  readonly body: Uint8Array;
  readonly failures: number | bigint;
  readonly kills: number | bigint;
}

/** A record that so many workers died with is what they die of. */
const maxKills = 10;

/** How often what is kept for long enough is deleted. */
const sweepMs = 60_000;

/** Deleted at a time, so that no process waits for long. */
const sweepRows = 500;

/** Takes records that are due, as many as it may work on at once, and marks them as its own for as long as it lives. */
export class SqliteWorker {
  readonly #file: SqliteFile;
  readonly #handle: HandleRecord;
  readonly #options: WorkOptions;
  readonly #settings: SqliteSettings;
  readonly #lease = randomUUID();
  readonly #working = new Map<number | bigint, AbortController>();
  readonly #ends = new Set<Promise<void>>();
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #taking: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(
    file: SqliteFile,
    handle: HandleRecord,
    options: WorkOptions,
    settings: SqliteSettings,
  ) {
    this.#file = file;
    this.#handle = handle;
    this.#options = options;
    this.#settings = settings;
    this.#timers = [
      setInterval(() => this.wake(), settings.pollMs),
      setInterval(() => void this.#renew(), settings.leaseMs / 3),
      setInterval(() => void this.#sweep(), sweepMs),
    ];
    this.wake();
    void this.#sweep();
  }

  /** Looks for records that are due. */
  wake(): void {
    if (this.#taking !== undefined) this.#again = true;
    else if (!this.#stopped)
      this.#taking = this.#take().finally(() => {
        this.#taking = undefined;
        if (this.#again) this.wake();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const [poll, renew, sweep] = this.#timers;
    clearInterval(poll);
    clearInterval(sweep);
    await this.#taking;
    while (this.#ends.size > 0) await Promise.all(this.#ends);
    clearInterval(renew);
  }

  async #take(): Promise<void> {
    try {
      while (!this.#stopped) {
        this.#again = false;
        const free = this.#options.concurrency - this.#working.size;
        if (free <= 0) return;
        const now = Date.now();
        const { dead, rows } = await this.#file.write((sql) =>
          this.#claim(sql, now, free),
        );
        for (const row of dead) this.#bury(row, killed(row), attemptsOf(row));
        for (const row of rows) this.#begin(row);
        if (rows.length < free) return;
      }
    } catch (error) {
      this.#report(error);
    }
  }

  #claim(
    sql: Sql,
    now: number,
    free: number,
  ): { readonly dead: readonly Row[]; readonly rows: readonly Row[] } {
    const dead = sql.all<Row>(
      `UPDATE freshworks_inbox SET state = 'dead', kills = kills + 1, lease = NULL, due_at = NULL, ended_at = ?,
        reason = 'its worker died, ' || (kills + 1) || ' times' WHERE state = 'open' AND due_at <= ? AND lease IS NOT NULL
        AND kills >= ? RETURNING *`,
      now,
      now,
      maxKills - 1,
    );
    const rows = sql.all<Row>(
      `UPDATE freshworks_inbox SET kills = kills + (lease IS NOT NULL), lease = ?, due_at = ? WHERE id IN (
        SELECT id FROM freshworks_inbox WHERE state = 'open' AND due_at <= ? ORDER BY due_at, id LIMIT ?) RETURNING *`,
      this.#lease,
      now + this.#settings.leaseMs,
      now,
      free,
    );
    return { dead, rows };
  }

  #begin(row: Row): void {
    const end = this.#work(row);
    this.#ends.add(end);
    void end.finally(() => this.#ends.delete(end));
  }

  async #work(row: Row): Promise<void> {
    const abort = new AbortController();
    this.#working.set(row.id, abort);
    let record: (sql: Sql) => boolean;
    let failure: unknown;
    try {
      await this.#handle(recordOf(row), abort.signal, attemptsOf(row) + 1);
      record = (sql) => complete(sql, row, Date.now());
    } catch (error) {
      failure = error;
      record = (sql) => this.#fail(sql, row, error, Date.now());
    }
    // Makes room before the outcome is on the disk, so that the next record is taken in the same transaction.
    if (this.#working.delete(row.id)) this.wake();
    try {
      const isDead = await this.#file.write(record);
      if (isDead) this.#bury(row, failure, attemptsOf(row) + 1);
    } catch (error) {
      // It comes back once its lease has run out.
      this.#report(error);
    }
  }

  /** Returns whether it is dead now. Touches nothing where the lease has run out, and another worker has the record. */
  #fail(sql: Sql, row: Row, error: unknown, now: number): boolean {
    const failures = Number(row.failures) + 1;
    const { retries } = this.#settings;
    const isDead =
      error instanceof Unprocessable || failures >= retries.attempts;
    const changes = sql.run(
      `UPDATE freshworks_inbox SET state = ?, failures = ?, due_at = ?, lease = NULL, ended_at = ?, reason = ?
        WHERE id = ? AND lease = ? AND state = 'open'`,
      isDead ? "dead" : "open",
      failures,
      isDead ? null : now + delayAfter(failures, retries),
      isDead ? now : null,
      reasonOf(error),
      Number(row.id),
      this.#lease,
    );
    return isDead && changes > 0;
  }

  #bury(row: Row, error: unknown, attempts: number): void {
    try {
      this.#options.onDead(recordOf(row), error, attempts);
    } catch (reason) {
      this.#report(reason);
    }
  }

  /** Says that this worker lives, and stops the work on what is no longer its own. */
  async #renew(): Promise<void> {
    if (this.#working.size === 0) return;
    const before = [...this.#working];
    try {
      const rows = await this.#file.write((sql) =>
        sql.all<{ readonly id: number | bigint }>(
          "UPDATE freshworks_inbox SET due_at = ? WHERE lease = ? AND state = 'open' RETURNING id",
          Date.now() + this.#settings.leaseMs,
          this.#lease,
        ),
      );
      const own = new Set(rows.map(({ id }) => id));
      for (const [id, abort] of before)
        if (!own.has(id))
          abort.abort(new Error("another worker has this record by now"));
    } catch (error) {
      this.#report(error);
    }
  }

  async #sweep(): Promise<void> {
    const now = Date.now();
    const { keepDoneMs, keepDeadMs } = this.#settings;
    const ended: readonly (readonly [string, number])[] = [
      ["done", now - keepDoneMs],
      ["dead", now - keepDeadMs],
    ];
    try {
      for (const [state, before] of ended) {
        let changes = sweepRows;
        while (changes === sweepRows && !this.#stopped)
          changes = await this.#file.write((sql) =>
            sql.run(
              `DELETE FROM freshworks_inbox WHERE id IN (SELECT id FROM freshworks_inbox WHERE state = ? AND ended_at < ?
                AND (key_until IS NULL OR key_until < ? OR state = 'dead') LIMIT ?)`,
              state,
              before,
              now,
              sweepRows,
            ),
          );
      }
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    try {
      this.#options.onError(error);
    } catch {
      // There is nobody left to tell.
    }
  }
}

/** Deletes the payload. The key is kept, for retries of the sender's. */
function complete(sql: Sql, { id, key }: Row, now: number): false {
  if (key === null) {
    sql.run("DELETE FROM freshworks_inbox WHERE id = ?", Number(id));
    return false;
  }
  sql.run(
    `UPDATE freshworks_inbox SET state = 'done', body = x'', headers = '{}', lease = NULL, due_at = NULL, ended_at = ?,
      reason = NULL WHERE id = ? AND state = 'open'`,
    now,
    Number(id),
  );
  return false;
}

function killed({ kills }: Row): Error {
  return new Error(`its worker died, ${kills} times`);
}

/** How often it was begun, by what is known of it. */
export function attemptsOf({
  failures,
  kills,
}: Pick<Row, "failures" | "kills">): number {
  return Number(failures) + Number(kills);
}

/** As it was put. */
export function recordOf(row: Row): InboxRecord {
  return {
    key: row.key === null ? undefined : (JSON.parse(row.key) as string),
    keyMs: row.key_ms === null ? undefined : Number(row.key_ms),
    product: row.product as Product,
    path: row.path,
    receivedAt: row.received_at,
    headers: JSON.parse(row.headers) as Record<string, string>,
    body: Buffer.from(row.body).toString("base64"),
  };
}
