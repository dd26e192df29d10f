import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { nothing } from "../callbacks.js";
import {
  Unprocessable,
  type HandleRecord,
  type Inbox,
  type InboxRecord,
  type InboxWorker,
  type WorkOptions,
} from "../inbox.js";
import {
  blockedLetters,
  deadLetters,
  recordOf,
  type PgBossDead,
} from "./pg-boss-dead.js";
import { Pending } from "./pending.js";
import {
  keepDead,
  keepDone,
  reasonOf,
  retriesOf,
  sha256,
  storable,
  type RetryOptions,
} from "./retries.js";

/** What is used of a `PgBoss` of pg-boss 12. */
export interface PgBossLike extends PgBossDead {
  on(event: "error", listener: (error: Error) => void): unknown;
  createQueue(name: string, options: object): Promise<unknown>;
  updateQueue(name: string, options: object): Promise<unknown>;
  getQueue(name: string): Promise<{ policy?: string } | null>;
  send(name: string, data: object, options: object): Promise<string | null>;
  work(
    name: string,
    options: {
      includeMetadata: true;
      perJobResults: true;
      batchSize: number;
      pollingIntervalSeconds: number;
    },
    handler: (jobs: PgBossJob[]) => Promise<PgBossResult[]>,
  ): Promise<string>;
  offWork(
    name: string,
    options: { id: string; wait: boolean },
  ): Promise<unknown>;
  notifyWorker(id: string): void;
}

export interface PgBossJob {
  id: string;
  data: unknown;
  signal: AbortSignal;
  retryCount: number;
  retryLimit: number;
}

export interface PgBossResult {
  id: string;
  status: "completed" | "failed" | "deadletter";
  output?: object;
}

export interface PgBossInboxOptions extends RetryOptions {
  /** Started: `await new PgBoss({ connectionString, monitorIntervalSeconds: 10, superviseIntervalSeconds: 10 }).start()`. */
  readonly boss: PgBossLike;
  /** The queue's name: `freshworks-inbox` by default. Dead letters are in `<queue>-dead`. */
  readonly queue?: string | undefined;
  /**
   * Records for which this returns the same text are worked on one after the other, in the order in which they came; a
   * dead letter blocks those behind it until it is replayed or dropped. Belongs to the queue: another one needs another
   * `queue`. Records for which it returns `undefined` or throws are in no order.
   */
  readonly orderBy?: ((record: InboxRecord) => string | undefined) | undefined;
  /** How long a handled record is kept, with its payload: 24 hours by default, and never less than 95 minutes. With `orderBy`, as long as dead letters. */
  readonly keepDoneMs?: number | undefined;
  /** How long dead letters are kept: 30 days by default. */
  readonly keepDeadMs?: number | undefined;
  /** How many records may be under way to a database that does not answer: 1000 by default. */
  readonly maxPending?: number | undefined;
}

/** The least that pg-boss takes. */
const heartbeatSeconds = 10;

/** The least that pg-boss takes: how long a record of another process may wait. */
const pollingIntervalSeconds = 0.5;

/** pg-boss deletes what nobody has worked on by then; its own default is two weeks. */
const retentionSeconds = 365 * 24 * 3600;

/**
 * An inbox in PostgreSQL, for any number of machines, on the `PgBoss` that the application has started.
 *
 * @throws TypeError for options that are not what they should be
 */
export function pgBossInbox(options: PgBossInboxOptions): Inbox {
  const { boss, orderBy, queue = "freshworks-inbox" } = options;
  const retries = retriesOf(options);
  const pending = new Pending(options.maxPending);
  const keepDeadSeconds = seconds(keepDead(options.keepDeadMs));
  const keepDoneSeconds = seconds(keepDone(options.keepDoneMs));
  const deadQueue = orderBy === undefined ? `${queue}-dead` : undefined;
  // Of a queue in order, the dead letters are failed jobs, which pg-boss keeps no longer than the others.
  const deleteAfterSeconds =
    deadQueue === undefined
      ? Math.max(keepDoneSeconds, keepDeadSeconds)
      : keepDoneSeconds;
  const settings = {
    retryLimit: retries.attempts - 1,
    retryDelay: seconds(retries.firstDelayMs),
    retryBackoff: true,
    retryDelayMax: seconds(retries.maxDelayMs),
    heartbeatSeconds,
    retentionSeconds,
    deleteAfterSeconds,
    ...(deadQueue !== undefined && { deadLetter: deadQueue }),
  };
  const listeners = new Set<(error: unknown) => void>();
  // An event of this name without a listener ends the process.
  boss.on("error", (error) => {
    for (const listener of listeners) listener(error);
  });
  const ready = once(async () => {
    if (deadQueue !== undefined) {
      const kept = { retentionSeconds: keepDeadSeconds };
      await boss.createQueue(deadQueue, kept);
      await boss.updateQueue(deadQueue, kept);
    }
    const policy = orderBy === undefined ? "standard" : "key_strict_fifo";
    await boss.createQueue(queue, { ...settings, policy });
    const made = await boss.getQueue(queue);
    if (made?.policy !== policy)
      throw new Error(
        `the queue ${queue} was made ${orderBy === undefined ? "with" : "without"} orderBy: name another one`,
      );
    await boss.updateQueue(queue, settings);
  });
  const workers = new Set<() => void>();
  const wake = (): void => {
    for (const each of workers) each();
  };

  async function send(record: InboxRecord): Promise<"stored" | "duplicate"> {
    await ready();
    const ids = idsOf(record, Date.now());
    if (ids?.before !== undefined) {
      const [job] = await boss.findJobs(queue, { id: ids.before, limit: 1 });
      const { createdOn } = (job ?? {}) as { createdOn?: Date };
      if (Date.now() - Number(createdOn ?? 0) < (record.keyMs ?? 0))
        return "duplicate";
    }
    const id = ids?.id ?? randomUUID();
    const keptSeconds = Math.max(
      deleteAfterSeconds,
      seconds(record.keyMs ?? 0),
    );
    // As a text within the JSON: jsonb takes neither U+0000 nor half a surrogate pair.
    const { product, path } = record;
    const data = { product, path, record: JSON.stringify(record) };
    const sent = await boss.send(queue, data, {
      id,
      deleteAfterSeconds: keptSeconds,
      ...(orderBy !== undefined && {
        singletonKey: orderOf(record, orderBy) ?? id,
      }),
    });
    return sent === null ? "duplicate" : "stored";
  }

  return {
    async put(record, signal) {
      const result = await pending.until(signal, () => send(record));
      wake();
      return result;
    },
    work(handle: HandleRecord, given: WorkOptions): InboxWorker {
      listeners.add(given.onError);
      const worker = startWorker(boss, queue, ready, handle, given);
      workers.add(worker.wake);
      return {
        async stop() {
          workers.delete(worker.wake);
          await worker.stop();
          listeners.delete(given.onError);
        },
      };
    },
    dead:
      deadQueue === undefined
        ? blockedLetters(boss, queue, ready, wake)
        : deadLetters(boss, queue, deadQueue, ready, wake),
  };
}

/** What cannot be read has no place in an order, and is stored nevertheless. */
function orderOf(
  record: InboxRecord,
  orderBy: NonNullable<PgBossInboxOptions["orderBy"]>,
): string | undefined {
  try {
    const order: unknown = orderBy(record);
    // Without a name, pg-boss takes no record for a queue in order.
    if (order === undefined || order === "") return undefined;
    const text = String(order);
    // An index of PostgreSQL takes no long ones.
    return text.length > 200 ? sha256(text) : storable(text);
  } catch {
    return undefined;
  }
}

function startWorker(
  boss: PgBossLike,
  queue: string,
  ready: () => Promise<void>,
  handle: HandleRecord,
  { concurrency, onError, onDead }: WorkOptions,
): { readonly wake: () => void; stop(): Promise<void> } {
  const ids: string[] = [];
  const stopping = new AbortController();

  async function work(job: PgBossJob): Promise<PgBossResult> {
    const record = recordOf(job.data);
    const attempt = job.retryCount + 1;
    try {
      await handle(record, job.signal, attempt);
      return { id: job.id, status: "completed" };
    } catch (error) {
      const isHopeless = error instanceof Unprocessable;
      if (isHopeless || attempt > job.retryLimit)
        onDead(record, error, attempt);
      return {
        id: job.id,
        status: isHopeless ? "deadletter" : "failed",
        output: { message: reasonOf(error) },
      };
    }
  }

  async function start(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await ready();
        while (ids.length < concurrency) {
          const at = ids.length;
          ids[at] = await boss.work(
            queue,
            {
              includeMetadata: true,
              perJobResults: true,
              batchSize: 1,
              pollingIntervalSeconds,
            },
            async (jobs) => {
              const results = await Promise.all(jobs.map(work));
              // Where there was one there may be another: pg-boss would wait for its next poll.
              const id = ids[at];
              if (id !== undefined) boss.notifyWorker(id);
              return results;
            },
          );
        }
        return;
      } catch (error) {
        onError(error);
        // Ends early where the worker is stopped.
        await delay(1_000, undefined, stopping).catch(nothing);
      }
    }
  }

  const started = start();
  return {
    wake() {
      for (const id of ids) boss.notifyWorker(id);
    },
    async stop() {
      stopping.abort();
      await started;
      await Promise.all(
        ids.map((id) => boss.offWork(queue, { id, wait: true })),
      );
    },
  };
}

/**
 * The id of a key's job, so that there can be no second one while the first is kept. A key that counts for a while has
 * another one in each period of that length, and what came at the end of the period before counts still.
 */
function idsOf(
  { key, keyMs }: InboxRecord,
  now: number,
): { readonly id: string; readonly before?: string } | undefined {
  if (key === undefined) return undefined;
  if (keyMs === undefined) return { id: uuidFor(key) };
  const period = Math.floor(now / Math.max(keyMs, 1));
  return {
    id: uuidFor(`${key}\0${keyMs}\0${period}`),
    before: uuidFor(`${key}\0${keyMs}\0${period - 1}`),
  };
}

function uuidFor(text: string): string {
  const hex = sha256(text);
  // Version 8: made by a rule of one's own.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** pg-boss counts in whole seconds. */
function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

/** Does it once, however often it is called; again after it failed. */
function once(start: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | undefined;
  return () =>
    (started ??= start().catch((error: unknown) => {
      started = undefined;
      throw error;
    }));
}
