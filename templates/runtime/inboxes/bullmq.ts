import { randomUUID } from "node:crypto";
import {
  Unprocessable,
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
  delayAfter,
  interval,
  keepDead,
  keepDone,
  reasonOf,
  retriesOf,
  sha256,
  unknownDead,
  type RetryOptions,
} from "./retries.js";

/** What is used of a `Queue` of BullMQ. */
export interface BullmqQueue {
  readonly name: string;
  readonly opts: { readonly connection?: unknown; readonly prefix?: string };
  on(event: "error", listener: (error: Error) => void): unknown;
  add(name: string, data: InboxRecord, options: object): Promise<BullmqJob>;
  getJob(id: string): Promise<BullmqJob | undefined>;
  getJobs(
    types: ["failed"],
    start: number,
    end: number,
    ascending: boolean,
  ): Promise<(BullmqJob | undefined)[]>;
}

export interface BullmqJob {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly attemptsMade: number;
  readonly stalledCounter?: number;
  readonly finishedOn?: number | undefined;
  readonly failedReason?: string;
  retry(state: "failed", options: object): Promise<unknown>;
  remove(): Promise<unknown>;
  isFailed(): Promise<boolean>;
}

export interface BullmqWorker {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(
    event: "failed",
    listener: (job: BullmqJob | undefined, error: Error) => void,
  ): unknown;
  close(): Promise<unknown>;
}

/** BullMQ's class `Worker`. */
export type BullmqWorkerClass = new (
  name: string,
  process: (
    job: BullmqJob,
    token?: string,
    signal?: AbortSignal,
  ) => Promise<void>,
  options: never,
) => BullmqWorker;

export interface BullmqInboxOptions extends RetryOptions {
  /** A queue for the inbox alone: `new Queue("freshworks-inbox", { connection })`. */
  readonly queue: BullmqQueue;
  /** BullMQ's class `Worker`; its instances are made by `work`, with the queue's connection. */
  readonly Worker: BullmqWorkerClass;
  /** How long a handled record is kept, with its payload, and how long a key counts: 24 hours by default, and never less than 95 minutes. */
  readonly keepDoneMs?: number | undefined;
  /** How long dead letters are kept: 30 days by default. */
  readonly keepDeadMs?: number | undefined;
  /** After how long a worker that gave no sign of life counts as killed: 20 seconds by default. */
  readonly leaseMs?: number | undefined;
  /** How many records may be under way to a Redis that does not answer: 1000 by default. */
  readonly maxPending?: number | undefined;
}

/** A record that so many workers died with is what they die of. BullMQ's own limit is one, which two deployments reach. */
const maxStalledCount = 10;

/** The name of every job. */
const jobName = "delivery";

/**
 * An inbox in Redis, for any number of machines, on a queue of BullMQ. What Redis has confirmed it can still lose, unless
 * it runs with `appendfsync always`.
 *
 * @throws TypeError for options that are not what they should be
 */
export function bullmqInbox(options: BullmqInboxOptions): Inbox {
  if ((options as { orderBy?: unknown }).orderBy !== undefined)
    throw new TypeError(
      "bullmqInbox takes no orderBy: BullMQ keeps no order within a group; use pgBossInbox",
    );
  const { queue, Worker } = options;
  const retries = retriesOf(options);
  const pending = new Pending(options.maxPending);
  const keepDoneMs = keepDone(options.keepDoneMs);
  const keepDeadMs = keepDead(options.keepDeadMs);
  const leaseMs = interval(options.leaseMs, 20_000, "leaseMs");
  // An event of this name without a listener ends the process; what was put is rejected besides.
  queue.on("error", () => undefined);

  async function add(record: InboxRecord): Promise<"stored" | "duplicate"> {
    const jobId = randomUUID();
    const { key, keyMs = keepDoneMs } = record;
    const job = await queue.add(jobName, record, {
      jobId,
      attempts: retries.attempts,
      backoff: { type: "custom" },
      removeOnComplete: { age: Math.ceil(keepDoneMs / 1_000) },
      removeOnFail: { age: Math.ceil(keepDeadMs / 1_000) },
      // Keys are texts of others, and BullMQ puts them into the names of its own.
      ...(key !== undefined && {
        deduplication: { id: sha256(key), ttl: keyMs },
      }),
      stackTraceLimit: 1,
    });
    return job.id === jobId ? "stored" : "duplicate";
  }

  return {
    put: (record, signal) => pending.until(signal, () => add(record)),
    work(
      handle: HandleRecord,
      { concurrency, onError, onDead }: WorkOptions,
    ): InboxWorker {
      const process = async (
        job: BullmqJob,
        _token?: string,
        // BullMQ gives one to functions with three parameters, of which none has a default.
        signal?: AbortSignal,
      ): Promise<void> => {
        const given = signal ?? new AbortController().signal;
        try {
          await handle(job.data as InboxRecord, given, attemptsOf(job) + 1);
        } catch (error) {
          throw error instanceof Unprocessable
            ? new UnrecoverableError(error)
            : error;
        }
      };
      const { connection, prefix } = queue.opts;
      const settings = {
        connection,
        ...(prefix !== undefined && { prefix }),
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: Math.ceil(leaseMs / 2),
        maxStalledCount,
        settings: {
          backoffStrategy: (failures: number) => delayAfter(failures, retries),
        },
      };
      // The types of its options name their library.
      const worker = new Worker(queue.name, process, settings as never);
      worker.on("error", onError);
      worker.on("failed", (job, error) => {
        // Without the end, it is tried again.
        if (job?.finishedOn !== undefined)
          onDead(
            job.data as InboxRecord,
            error instanceof UnrecoverableError ? error.given : error,
            attemptsOf(job),
          );
      });
      return {
        async stop() {
          await worker.close();
        },
      };
    },
    dead: deadLetters(queue),
  };
}

/** By this name, BullMQ knows that there is nothing to hope for. */
class UnrecoverableError extends Error {
  override readonly name = "UnrecoverableError";
  /** An error of ES2020 has no `cause`. */
  readonly given: unknown;

  constructor(given: unknown) {
    super(reasonOf(given));
    this.given = given;
  }
}

const page = 100;

function deadLetters(queue: BullmqQueue): DeadLetters {
  const failed = async (id: string): Promise<BullmqJob | undefined> => {
    const job = await queue.getJob(id);
    return job !== undefined && (await job.isFailed()) ? job : undefined;
  };
  const known = async (id: string): Promise<BullmqJob> => {
    const job = await failed(id);
    if (job === undefined) throw unknownDead(id);
    return job;
  };
  return {
    async *list({ product, limit = Infinity } = {}) {
      // Pages go by position, and whoever gets a dead letter may drop it: first the ids of all.
      const ids = await failedIds(queue);
      let left = limit;
      for (const id of ids) {
        if (left <= 0) return;
        const job = await failed(id);
        if (job === undefined) continue;
        const dead = deadRecord(id, job);
        if (product !== undefined && dead.record.product !== product) continue;
        left -= 1;
        yield dead;
      }
    },
    async replay(id) {
      const job = await known(id);
      await job.retry("failed", { resetAttemptsMade: true });
    },
    async drop(id) {
      const job = await known(id);
      await job.remove();
    },
  };
}

async function failedIds(queue: BullmqQueue): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let start = 0; ; start += page) {
    const jobs = await queue.getJobs(["failed"], start, start + page - 1, true);
    for (const job of jobs) if (job?.id !== undefined) ids.add(job.id);
    if (jobs.length < page) return ids;
  }
}

function deadRecord(id: string, job: BullmqJob): DeadRecord {
  return {
    id,
    record: job.data as InboxRecord,
    attempts: attemptsOf(job),
    diedAt: new Date(job.finishedOn ?? 0).toISOString(),
    reason: job.failedReason ?? "",
  };
}

function attemptsOf({ attemptsMade, stalledCounter = 0 }: BullmqJob): number {
  return attemptsMade + stalledCounter;
}
