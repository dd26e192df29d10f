/** A connection of `node:sqlite` or of `better-sqlite3`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** The values are `SqliteValue`s; `unknown`, because the types of better-sqlite3 say `{}`, which is no null. */
export interface SqliteStatement {
  run(...values: unknown[]): { readonly changes: number | bigint };
  all(...values: unknown[]): unknown[];
}

export type SqliteValue = string | number | null | Uint8Array;

/** Runs a statement inside of the transaction that is open. */
export interface Sql {
  run(sql: string, ...values: SqliteValue[]): number;
  all<Row>(sql: string, ...values: SqliteValue[]): Row[];
}

/** As long as one statement may block the event loop for the lock of another process. What is not done then is tried again. */
const busyMs = 25;

/** More would keep the lock from other processes for too long. */
const maxGroup = 500;

const schema = `
CREATE TABLE IF NOT EXISTS freshworks_inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT UNIQUE,
  key_ms INTEGER,
  key_until INTEGER,
  product TEXT NOT NULL,
  path TEXT NOT NULL,
  received_at TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  due_at INTEGER,
  lease TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  kills INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER,
  reason TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS freshworks_inbox_due ON freshworks_inbox (due_at, id) WHERE state = 'open';
CREATE INDEX IF NOT EXISTS freshworks_inbox_ended ON freshworks_inbox (state, ended_at, id) WHERE state <> 'open';
CREATE INDEX IF NOT EXISTS freshworks_inbox_lease ON freshworks_inbox (lease) WHERE lease IS NOT NULL;
`;

interface Write {
  readonly work: (sql: Sql) => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A file that several processes write to. What is asked for at the same time becomes one transaction, and with it one
 * wait for the disk.
 */
export class SqliteFile {
  #database: SqliteDatabase | undefined;
  readonly #open: () => SqliteDatabase;
  #statements = new Map<string, SqliteStatement>();
  #waiting: Write[] = [];
  #isScheduled = false;

  constructor(open: () => SqliteDatabase) {
    this.#open = open;
  }

  /**
   * Runs `work` in a transaction, and resolves once that is on the disk. Waits while another process has the lock, until
   * the signal says that nobody waits any longer; rejects what fails for any other reason.
   */
  write<Result>(
    work: (sql: Sql) => Result,
    signal?: AbortSignal,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      signal?.throwIfAborted();
      const write: Write = {
        work,
        resolve: (result) => {
          signal?.removeEventListener("abort", giveUp);
          resolve(result as Result);
        },
        reject: (error) => {
          signal?.removeEventListener("abort", giveUp);
          reject(error as Error);
        },
      };
      const giveUp = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== write);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(write);
      this.#schedule();
    });
  }

  close(): void {
    const database = this.#database;
    this.#forget();
    database?.close();
  }

  /** After whatever else has arrived by now, so that it comes along. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const group = this.#waiting.splice(0, maxGroup);
    try {
      this.#commit(group);
    } catch (error) {
      if (isBusy(error)) {
        this.#waiting.unshift(...group);
        this.#isScheduled = true;
        setTimeout(() => this.#flush(), 5 + Math.random() * 20);
        return;
      }
      if (group.length === 1) group[0]?.reject(error);
      // One that cannot be stored takes no other with it.
      else for (const write of group) this.#commitAlone(write);
    }
    if (this.#waiting.length > 0) this.#schedule();
  }

  #commitAlone(write: Write): void {
    try {
      this.#commit([write]);
    } catch (error) {
      if (isBusy(error)) this.#waiting.push(write);
      else write.reject(error);
    }
  }

  #commit(group: readonly Write[]): void {
    const database = (this.#database ??= this.#opened());
    const results: unknown[] = [];
    try {
      database.exec("BEGIN IMMEDIATE");
      for (const { work } of group) results.push(work(this.#sql));
      database.exec("COMMIT");
    } catch (error) {
      this.#rollBack(database, error);
      throw error;
    }
    group.forEach(({ resolve }, at) => resolve(results[at]));
  }

  /** Leaves no transaction open. A connection whose file has failed is opened anew: the file may have been replaced. */
  #rollBack(database: SqliteDatabase, error: unknown): void {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, or no transaction had begun.
    }
    if (!isBroken(error)) return;
    this.#forget();
    try {
      database.close();
    } catch {
      // What is broken may not even close.
    }
  }

  #forget(): void {
    this.#statements = new Map();
    this.#database = undefined;
  }

  #opened(): SqliteDatabase {
    const database = this.#open();
    try {
      database.exec(`PRAGMA busy_timeout = ${busyMs}`);
      const wal = "PRAGMA journal_mode = WAL";
      const statement = database.prepare(wal);
      // Kept like the others: some versions of Node and better-sqlite3 abort when a statement is collected.
      this.#statements.set(wal, statement);
      const [mode] = statement.all();
      const name = (mode as { journal_mode?: unknown }).journal_mode;
      // A database in memory is what tests use.
      if (name !== "wal" && name !== "memory")
        throw new Error(
          `the inbox's file takes no write-ahead log but ${String(name)}: is it on a network's file system?`,
        );
      database.exec("PRAGMA synchronous = FULL");
      database.exec(schema);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  readonly #sql: Sql = {
    run: (sql, ...values) => Number(this.#prepared(sql).run(...values).changes),
    // The caller says what a row is.
    all: (sql, ...values) => this.#prepared(sql).all(...values) as never[],
  };

  #prepared(sql: string): SqliteStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#database === undefined) throw new Error("the inbox is closed");
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** SQLite's primary result code, as a number (`node:sqlite`) or as a name (`better-sqlite3`). */
function isOneOf(error: unknown, codes: ReadonlyMap<number, string>): boolean {
  const { errcode, code } = (error ?? {}) as {
    errcode?: unknown;
    code?: unknown;
  };
  if (typeof errcode === "number") return codes.has(errcode & 0xff);
  return (
    typeof code === "string" &&
    [...codes.values()].some(
      (name) => code === name || code.startsWith(`${name}_`),
    )
  );
}

const busy = new Map([
  [5, "SQLITE_BUSY"],
  [6, "SQLITE_LOCKED"],
]);

const broken = new Map([
  [10, "SQLITE_IOERR"],
  [11, "SQLITE_CORRUPT"],
  [14, "SQLITE_CANTOPEN"],
  [26, "SQLITE_NOTADB"],
]);

function isBusy(error: unknown): boolean {
  return isOneOf(error, busy);
}

function isBroken(error: unknown): boolean {
  return isOneOf(error, broken);
}
