import type { Product } from "../events.js";

/** An authentic delivery as it is stored: plain JSON, so that every engine can keep it. */
export interface InboxRecord {
  /**
   * The same on every retry of one delivery, and of no other: an engine keeps one record of each. Undefined where the
   * document names nothing that tells deliveries apart, or the body cannot be read; then every delivery is a record.
   */
  readonly key?: string | undefined;
  /** For how many milliseconds the key counts; as long as the record is kept where it is undefined. */
  readonly keyMs?: number | undefined;
  readonly product: Product;
  /** The kit's own path, whatever `basePath` and `routes` are: `/freshdesk/ticket-created`, or `/freshchat` where the payload names the event. */
  readonly path: string;
  /** ISO 8601, in UTC. */
  readonly receivedAt: string;
  /** By lower-case name, without those that could be credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they came, in base64: a text column takes no U+0000, and not every body is a text. */
  readonly body: string;
}

/** Where deliveries are put before they are answered. */
export interface InboxStore {
  /**
   * Keeps a record, durably: it is answered with 200 once this resolves. Rejects when it is not stored, and does so when
   * the signal says that nobody waits any longer.
   */
  put(
    record: InboxRecord,
    signal: AbortSignal,
  ): Promise<"stored" | "duplicate">;
}

/** Where they are taken from, each at least once. */
export interface InboxQueue {
  /** Calls `handle` for each record, again after it rejected, until there is nothing to hope for. Starts at once. */
  work(handle: HandleRecord, options: WorkOptions): InboxWorker;
}

/** Durable storage between the answer and the work. `put` and `work` are all that an engine of your own needs. */
export interface Inbox extends InboxStore, InboxQueue {
  readonly dead: DeadLetters;
}

/**
 * @param signal aborted when the record is no longer this worker's, as after a lost lease
 * @param attempt 1 for the first
 */
export type HandleRecord = (
  record: InboxRecord,
  signal: AbortSignal,
  attempt: number,
) => Promise<void>;

export interface WorkOptions {
  /** How many records are worked on at once. */
  readonly concurrency: number;
  /** Takes what goes wrong around the work, such as an engine that is down: the worker tries again. */
  readonly onError: (error: unknown) => void;
  /** Is told of each record that is not tried again. */
  readonly onDead: (
    record: InboxRecord,
    error: unknown,
    attempts: number,
  ) => void;
}

export interface InboxWorker {
  /** Takes nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
}

/** Deliveries that failed until there was nothing to hope for. */
export interface DeadLetters {
  /** The oldest first. */
  list(options?: DeadLetterFilter): AsyncIterable<DeadRecord>;
  /** Gives a record to the workers again, as if it had just come. */
  replay(id: string): Promise<void>;
  /** Deletes it. */
  drop(id: string): Promise<void>;
}

export interface DeadLetterFilter {
  readonly product?: Product | undefined;
  readonly limit?: number | undefined;
}

export interface DeadRecord {
  /** What `replay` and `drop` take. */
  readonly id: string;
  readonly record: InboxRecord;
  /** How often it was tried. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly diedAt: string;
  /** The message of the last error. */
  readonly reason: string;
}

/** Thrown by what works on a record that will never succeed: no engine tries it again. */
export class Unprocessable extends Error {
  override readonly name = "Unprocessable";
}
