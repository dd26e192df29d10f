import type {
  DeadLetterFilter,
  DeadLetters,
  DeadRecord,
  InboxRecord,
} from "../inbox.js";
import { unknownDead } from "./retries.js";

/** What of a `PgBoss` deals with dead letters. */
export interface PgBossDead {
  findJobs(name: string, options: object): Promise<unknown[]>;
  getBlockedKeys(
    name: string,
    options: { limit: number; after?: string },
  ): Promise<string[]>;
  redrive(name: string, options: object): Promise<number>;
  retry(name: string, id: string): Promise<object>;
  deleteJob(name: string, id: string): Promise<object>;
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
export function deadLetters(
  boss: PgBossDead,
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
      const deleted = await boss.deleteJob(deadQueue, uuidOf(id));
      const { affected } = deleted as { affected?: number };
      if (affected === 0) throw unknownDead(id);
    },
  };
}

/** In the queue itself, where each blocks those behind it. */
export function blockedLetters(
  boss: PgBossDead,
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

export function recordOf(data: unknown): InboxRecord {
  const { record } = data as { readonly record: string };
  return JSON.parse(record) as InboxRecord;
}

function uuidOf(id: string): string {
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
    throw unknownDead(id);
  return id;
}
