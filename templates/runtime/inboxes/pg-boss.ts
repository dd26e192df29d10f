import { createHash, randomUUID } from "node:crypto";
import {
  Unprocessable,
  type DeadLetterFilter,
  type DeadLetters,
  type DeadRecord,
  type HandleRecord,
  type Inbox,
  type InboxRecord,
  type InboxWorker,
  type WorkOptions,
} from "../inbox.js";
import { Pending } from "./pending.js";
import {
  keepDead,
  keepDone,
  reasonOf,
  retriesOf,
  type RetryOptions,
} from "./retries.js";

/** What is used of a `PgBoss` of pg-boss 12. */
export interface PgBossLike {
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
  findJobs(name: string, options: object): Promise<unknown[]>;
  getBlockedKeys(
    name: string,
    options: { limit: number; after?: string },
  ): Promise<string[]>;
  redrive(name: string, options: object): Promise<number>;
  retry(name: string, id: string): Promise<{ affected: number }>;
  deleteJob(name: string, id: string): Promise<{ affected: number }>;
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
   * `queue`.
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
        singletonKey: reasonOf(orderBy(record) ?? id),
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
        await pause(1_000, stopping.signal);
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

interface DeadJob {
  readonly id: string;
  readonly data: unknown;
  readonly state: string;
  readonly createdOn: Date;
  readonly completedOn: Date | null;
  readonly retryCount: number;
  readonly output: unknown;
  readonly sourceRetryCount?: number | null;
  readonly sourceOutput?: unknown;
}

const page = 100;

/** In a queue of their own. */
function deadLetters(
  boss: PgBossLike,
  queue: string,
  deadQueue: string,
  ready: () => Promise<void>,
  wake: () => void,
): DeadLetters {
  const next = async (after?: DeadJob): Promise<DeadJob[]> => {
    const from = after === undefined ? {} : { after: after.id };
    return (await boss.findJobs(deadQueue, {
      limit: page,
      ...from,
    })) as DeadJob[];
  };
  return {
    async *list(options) {
      await ready();
      const filter = filterOf(options);
      let jobs = await next();
      while (jobs.length > 0) {
        // Before these are handed out: whoever gets one may drop it, and what is gone has no successor.
        const following = jobs.length < page ? [] : await next(jobs.at(-1));
        for (const job of jobs) {
          const dead = deadRecord(job);
          const verdict = filter(dead);
          if (verdict === "end") return;
          if (verdict) yield dead;
        }
        jobs = following;
      }
    },
    async replay(id) {
      await ready();
      const ids = [uuidOf(id)];
      const moved = await boss.redrive(deadQueue, { ids, destination: queue });
      if (moved === 0) throw unknownDead(id);
      wake();
    },
    async drop(id) {
      await ready();
      const { affected } = await boss.deleteJob(deadQueue, uuidOf(id));
      if (affected === 0) throw unknownDead(id);
    },
  };
}

/** In the queue itself, where each blocks those behind it. */
function blockedLetters(
  boss: PgBossLike,
  queue: string,
  ready: () => Promise<void>,
  wake: () => void,
): DeadLetters {
  const failed = async (options: object): Promise<DeadJob[]> =>
    ((await boss.findJobs(queue, options)) as DeadJob[]).filter(
      ({ state }) => state === "failed",
    );
  const only = async (id: string): Promise<void> => {
    await ready();
    const [job] = await failed({ id: uuidOf(id) });
    if (job === undefined) throw unknownDead(id);
  };
  return {
    async *list(options) {
      await ready();
      const filter = filterOf(options);
      const found: { id: string; at: number }[] = [];
      let keys = await boss.getBlockedKeys(queue, { limit: page });
      while (keys.length > 0) {
        for (const key of keys)
          for (const { id, completedOn } of await failed({ key }))
            found.push({ id, at: Number(completedOn) });
        const after = keys.at(-1) ?? "";
        keys = await boss.getBlockedKeys(queue, { limit: page, after });
      }
      found.sort((one, other) => one.at - other.at);
      for (const { id } of found)
        for (const job of await failed({ id })) {
          const dead = deadRecord(job);
          const verdict = filter(dead);
          if (verdict === "end") return;
          if (verdict) yield dead;
        }
    },
    async replay(id) {
      await only(id);
      await boss.retry(queue, id);
      wake();
    },
    async drop(id) {
      await only(id);
      await boss.deleteJob(queue, id);
      wake();
    },
  };
}

function filterOf({ product, limit = Infinity }: DeadLetterFilter = {}): (
  dead: DeadRecord,
) => boolean | "end" {
  let left = limit;
  return ({ record }) => {
    if (left <= 0) return "end";
    const isAsked = product === undefined || record.product === product;
    if (isAsked) left -= 1;
    return isAsked;
  };
}

function deadRecord(job: DeadJob): DeadRecord {
  const { message } = (job.sourceOutput ?? job.output ?? {}) as {
    message?: unknown;
  };
  const tried = job.sourceRetryCount ?? job.retryCount;
  return {
    id: job.id,
    record: recordOf(job.data),
    attempts: tried + 1,
    diedAt: (job.completedOn ?? job.createdOn).toISOString(),
    reason: typeof message === "string" ? message : "its worker died",
  };
}

function recordOf(data: unknown): InboxRecord {
  const { record } = data as { readonly record: string };
  return JSON.parse(record) as InboxRecord;
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
  const hex = createHash("sha256").update(text).digest("hex");
  // Version 8: made by a rule of one's own.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

function uuidOf(id: string): string {
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
    throw unknownDead(id);
  return id;
}

function unknownDead(id: string): Error {
  return new Error(`no dead letter has the id ${id}`);
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

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
