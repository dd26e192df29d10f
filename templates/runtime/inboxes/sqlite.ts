import { Buffer } from "node:buffer";
import process from "node:process";
import type {
  DeadLetters,
  DeadRecord,
  HandleRecord,
  Inbox,
  InboxRecord,
  InboxWorker,
  WorkOptions,
} from "../inbox.js";
import type { Product } from "../../events.js";
import {
  interval,
  keepDead,
  keepDone,
  retriesOf,
  unknownDead,
  type RetryOptions,
} from "./retries.js";
import { SqliteFile, type Sql, type SqliteDatabase } from "./sqlite-file.js";
import { attemptsOf, recordOf, SqliteWorker } from "./sqlite-worker.js";
import type { Row } from "./sqlite-worker.js";

export type SqliteInboxOptions = SqliteInboxSource &
  RetryOptions & {
    /** How long the key of a handled record is kept, without its payload: 24 hours by default, and never less than 95 minutes. */
    readonly keepDoneMs?: number | undefined;
    /** How long dead letters are kept, with their payloads: 30 days by default. */
    readonly keepDeadMs?: number | undefined;
    /** After how long a worker that gave no sign of life counts as killed: 30 seconds by default. */
    readonly leaseMs?: number | undefined;
    /** How often a worker looks for what other processes have put: every 200 milliseconds by default. */
    readonly pollMs?: number | undefined;
  };

export type SqliteInboxSource =
  | {
      /** On a disk of this machine; made where there is none. Opened with `node:sqlite`, which Node has from 22.13 on. */
      readonly file: string;
      readonly database?: undefined;
    }
  | {
      readonly file?: undefined;
      /** A connection of `better-sqlite3` that nothing else uses: `new Database("inbox.db")`. */
      readonly database: SqliteDatabase;
    };

export interface SqliteInbox extends Inbox {
  /** Closes the file: after `stop()`, and when no delivery comes any more. A database that was handed in stays open. */
  close(): void;
}

/**
 * An inbox in a file, for one machine and any number of its processes. What it has stored outlives a crash of the
 * machine, as long as its disk keeps what it has confirmed.
 *
 * @throws TypeError where this Node has no `node:sqlite`, and for options that are not what they should be
 */
export function sqliteInbox(options: SqliteInboxOptions): SqliteInbox {
  const file = new SqliteFile(connection(options));
  const settings = {
    retries: retriesOf(options),
    leaseMs: interval(options.leaseMs, 30_000, "leaseMs"),
    pollMs: interval(options.pollMs, 200, "pollMs"),
    keepDoneMs: keepDone(options.keepDoneMs),
    keepDeadMs: keepDead(options.keepDeadMs),
  };
  const workers = new Set<SqliteWorker>();
  return {
    async put(record, signal) {
      const body = Buffer.from(record.body, "base64");
      const isNew = await file.write(
        (sql) => insert(sql, record, body, Date.now()),
        signal,
      );
      for (const worker of workers) worker.wake();
      return isNew ? "stored" : "duplicate";
    },
    work(handle: HandleRecord, given: WorkOptions): InboxWorker {
      const worker = new SqliteWorker(file, handle, given, settings);
      workers.add(worker);
      return {
        stop() {
          workers.delete(worker);
          return worker.stop();
        },
      };
    },
    dead: deadLetters(file, () => {
      for (const worker of workers) worker.wake();
    }),
    close: () => file.close(),
  };
}

interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => SqliteDatabase;
}

function connection(options: SqliteInboxSource): () => SqliteDatabase {
  const { file, database } = options;
  if (database !== undefined) {
    const kept: SqliteDatabase = {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => database.prepare(sql),
      close: () => undefined,
    };
    return () => kept;
  }
  if (typeof file !== "string" || file === "")
    throw new TypeError("sqliteInbox takes a file or a database");
  const { getBuiltinModule } = process as {
    getBuiltinModule?: (id: string) => unknown;
  };
  const sqlite = getBuiltinModule?.("node:sqlite") as NodeSqlite | undefined;
  if (sqlite === undefined)
    throw new TypeError(
      "this Node has no node:sqlite, which came with 22.13: hand in a database of better-sqlite3, sqliteInbox({ database })",
    );
  return () => new sqlite.DatabaseSync(file);
}

/** Text columns take no U+0000 with every library, so texts of others are stored as JSON. */
function insert(
  sql: Sql,
  record: InboxRecord,
  body: Uint8Array,
  now: number,
): boolean {
  const { key, keyMs, product, path, receivedAt, headers } = record;
  const stored = key === undefined ? null : JSON.stringify(key);
  // A key that no longer counts stays with nobody.
  if (stored !== null)
    sql.run(
      "UPDATE freshworks_inbox SET key = NULL WHERE key = ? AND key_until <= ?",
      stored,
      now,
    );
  const changes = sql.run(
    `INSERT INTO freshworks_inbox (key, key_ms, key_until, product, path, received_at, headers, body, due_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
    stored,
    keyMs ?? null,
    keyMs === undefined ? null : now + keyMs,
    product,
    path,
    receivedAt,
    JSON.stringify(headers),
    body,
    now,
  );
  return changes > 0;
}

interface DeadRow extends Row {
  readonly ended_at: number | bigint;
  readonly reason: string;
}

function deadLetters(file: SqliteFile, replayed: () => void): DeadLetters {
  return {
    async *list({ product, limit = Infinity } = {}) {
      let last: DeadRow | undefined;
      let left = limit;
      while (left > 0) {
        const rows = await file.write((sql) =>
          deadRows(sql, last, product, Math.min(left, 100)),
        );
        for (const row of rows) yield deadRecord(row);
        left -= rows.length;
        last = rows.at(-1);
        if (last === undefined) return;
      }
    },
    async replay(id) {
      const changes = await file.write((sql) =>
        sql.run(
          `UPDATE freshworks_inbox SET state = 'open', due_at = ?, lease = NULL, failures = 0, kills = 0, ended_at = NULL,
            reason = NULL WHERE id = ? AND state = 'dead'`,
          Date.now(),
          rowId(id),
        ),
      );
      if (changes === 0) throw unknownDead(id);
      replayed();
    },
    async drop(id) {
      // Its key goes on to count: a retry of the sender's would bring it back.
      const changes = await file.write((sql) =>
        sql.run(
          "UPDATE freshworks_inbox SET state = 'done', body = x'', headers = '{}', reason = NULL WHERE id = ? AND state = 'dead'",
          rowId(id),
        ),
      );
      if (changes === 0) throw unknownDead(id);
    },
  };
}

function deadRows(
  sql: Sql,
  last: DeadRow | undefined,
  product: Product | undefined,
  limit: number,
): DeadRow[] {
  return sql.all<DeadRow>(
    `SELECT * FROM freshworks_inbox WHERE state = 'dead' AND (ended_at, id) > (?, ?) AND (? IS NULL OR product = ?)
      ORDER BY ended_at, id LIMIT ?`,
    Number(last?.ended_at ?? -1),
    Number(last?.id ?? -1),
    product ?? null,
    product ?? null,
    limit,
  );
}

function deadRecord(row: DeadRow): DeadRecord {
  return {
    id: String(row.id),
    record: recordOf(row),
    attempts: attemptsOf(row),
    diedAt: new Date(Number(row.ended_at)).toISOString(),
    reason: row.reason,
  };
}

/** No row has the id that comes of what is no number. */
function rowId(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : -1;
}
