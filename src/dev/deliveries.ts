import { createHash } from 'node:crypto';
import type { Credentials } from '../delivery/credentials.js';
import type { Entry } from '../store/entry.js';
import { newId } from '../store/id.js';
import type { Answer, Capture } from '../store/record.js';
import type { Store } from '../store/store.js';
import type { Outcome, Source, StreamEvent, Summary } from './api.js';
import type { Judge, Judgement } from './judge.js';
import { noteFromJson, noteToJson, type Note } from './note.js';
import { newRows, type Fold } from './rows.js';

/** What deliveries are judged by. */
export interface Judges extends Judge {
  /** Is another where documents or credentials are others. */
  readonly name: string;
  readonly credentials: Pick<Credentials, 'hiddenPath'>;
}

/** A delivery that is about to be kept. */
export type Incoming = Pick<Capture, 'method' | 'path' | 'headers' | 'body'> & {
  readonly source: Source;
  /** The row that it belongs to, where that is known. */
  readonly of?: string;
};

/** The deliveries that are kept, as the page shows them. */
export interface Deliveries {
  list(): readonly Summary[];
  summary(id: string): Summary | undefined;
  read(id: string): Capture | undefined;
  /** Of the row that a delivery belongs to, oldest first, the last 200. */
  attempts(id: string): readonly Summary[];
  /**
   * Keeps a delivery, and its answer once it is there.
   *
   * @param answer undefined where nothing is forwarded. It must not reject
   * @returns its summary, once it is kept
   */
  add(incoming: Incoming, answer: Promise<Answer> | undefined): Promise<Summary>;
  remove(id: string): boolean;
  clear(): number;
  /** Has all be judged by others, in the background. */
  judgeBy(judges: Judges): void;
  /** Drops what is too old by now, and looks for what other processes did to the store. */
  refresh(): void;
  /** Waits for nothing: what is under way is given up. */
  close(): void;
}

export interface DeliveriesOptions {
  readonly store: Store;
  readonly judges: Judges;
  readonly publish: (event: StreamEvent) => void;
  /** Is called with what is kept, once there is an answer, or at once where none is awaited. */
  readonly onDelivery: (summary: Summary) => void;
  /** Is called where the store failed; the delivery has been forwarded all the same. */
  readonly onError: (error: unknown) => void;
  readonly now?: () => Date;
}

const attemptsAtMost = 200;

export function deliveriesIn(options: DeliveriesOptions): Deliveries {
  const { store, publish, onDelivery, onError, now = () => new Date() } = options;
  let { judges } = options;
  const rows = newRows();
  /** Those that an answer is awaited for. */
  const awaited = new Set<string>();
  let isClosed = false;

  for (const entry of [...store.list()].reverse()) admit(entry);
  judgeLater();

  function admit(entry: Entry): void {
    const note = noteFromJson(entry.note);
    const fold = entry.source === 'received' ? note?.fold : undefined;
    rows.add(entry, fold, note?.attempt ?? 1);
  }

  function summaryOf(entry: Entry): Summary {
    const { id, receivedAt, source, of, method, path, size } = entry;
    const note = noteFromJson(entry.note);
    const outcome = outcomeOf(entry, note);
    return {
      id,
      receivedAt,
      source,
      ...(of !== undefined && { of }),
      attempt: note?.attempt ?? 1,
      ...(note?.judgement ?? unjudged(entry)),
      method,
      path: judges.credentials.hiddenPath(path),
      size,
      ...(outcome && { outcome }),
    };
  }

  function outcomeOf({ id, answer }: Entry, note: Note | undefined): Outcome | undefined {
    if (answer !== undefined) {
      const { milliseconds, status, error } = answer;
      return status === undefined
        ? { error: error ?? 'there was no answer', milliseconds }
        : { status, milliseconds };
    }
    if (note?.isKept === true) return { kept: true };
    return awaited.has(id) ? undefined : { error: 'dev ended before there was an answer', milliseconds: 0 };
  }

  async function judged(
    delivery: Pick<Capture, 'method' | 'path' | 'headers' | 'body' | 'receivedAt'>,
  ): Promise<{ readonly by: string; readonly judgement: Judgement; readonly fold: Fold }> {
    const by = judges.name;
    const { judgement, key } = await judges.judge(delivery).catch((error: unknown) => {
      // A delivery is kept whatever it does to whoever looks at it.
      onError(error);
      return { judgement: unjudged({}), key: undefined };
    });
    const fold =
      key === undefined
        ? { key: hash('bytes', delivery.method, delivery.path, delivery.body), byBytes: true }
        : { key: hash('key', judgement.event ?? '', key), byBytes: false };
    return { by, judgement, fold };
  }

  /** One after the other, newest first, leaving room for what comes meanwhile. */
  function judgeLater(): void {
    const mine = judges;
    const pending = store.list().filter((entry) => noteFromJson(entry.note)?.by !== mine.name);
    const next = async (at: number): Promise<void> => {
      const id = pending[at]?.id;
      if (id === undefined || isClosed || judges !== mine) return;
      const capture = store.read(id);
      if (capture !== undefined) {
        const { by, judgement, fold } = await judged(capture);
        const note = noteFromJson(store.get(id)?.note);
        const changed = { attempt: 1, isKept: false, ...note, by, judgement, fold };
        const entry = guarded(() => store.update(id, { note: noteToJson(changed) }));
        if (entry && JSON.stringify(note?.judgement) !== JSON.stringify(judgement))
          publish({ delivery: summaryOf(entry) });
      }
      setImmediate(() => void next(at + 1));
    };
    setImmediate(() => void next(0));
  }

  function guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      onError(error);
      return undefined;
    }
  }

  function gone(entries: readonly Entry[]): void {
    for (const entry of entries) rows.remove(entry);
    if (entries.length > 0) publish({ removed: entries.map(({ id }) => id) });
  }

  async function answered(id: string, answer: Promise<Answer>): Promise<void> {
    const found = await answer;
    awaited.delete(id);
    if (isClosed) return;
    const entry = guarded(() => store.update(id, { answer: found }));
    if (entry === undefined) return;
    const summary = summaryOf(entry);
    publish({ delivery: summary });
    onDelivery(summary);
  }

  return {
    list: () => store.list().map(summaryOf),
    summary(id) {
      const entry = store.get(id);
      return entry && summaryOf(entry);
    },
    read: (id) => store.read(id),
    attempts(id) {
      const row = store.get(id)?.of ?? id;
      return rows
        .idsOf(row)
        .slice(-attemptsAtMost)
        .flatMap((each) => {
          const entry = store.get(each);
          return entry ? [summaryOf(entry)] : [];
        });
    },
    async add({ source, of: given, method, path, headers, body }, answer) {
      const delivery = { method, path, headers, body };
      const receivedAt = now().toISOString();
      const id = newId(new Date(receivedAt));
      const { by, judgement, fold } = await judged({ ...delivery, receivedAt });
      const of = given ?? (source === 'received' ? rows.find(fold, receivedAt) : undefined);
      const attempt = rows.next(of ?? id);
      const note: Note = { by, judgement, fold, attempt, isKept: answer === undefined };
      const capture: Capture = {
        id,
        receivedAt,
        source,
        ...(of !== undefined && { of }),
        ...delivery,
        ...(judgement.event !== undefined && { event: judgement.event }),
      };
      if (answer) awaited.add(id);
      const added = guarded(() => store.add(capture, noteToJson(note)));
      const summary = summaryOf(
        added?.entry ?? { ...capture, size: body.length, digest: '', note: noteToJson(note) },
      );
      if (added) {
        rows.add(capture, source === 'received' ? fold : undefined, attempt);
        publish({ delivery: summary });
        gone(added.dropped);
      }
      if (answer) void answered(id, answer);
      else onDelivery(summary);
      return summary;
    },
    remove(id) {
      const entry = store.get(id);
      const was = store.remove(id);
      if (entry) gone([entry]);
      return was;
    },
    clear() {
      const count = store.clear();
      rows.clear();
      publish({ cleared: true });
      return count;
    },
    judgeBy(others) {
      judges = others;
      judgeLater();
    },
    refresh() {
      gone(store.prune());
      const { added, answered: others, removed } = store.refresh();
      gone(removed);
      for (const entry of added) {
        admit(entry);
        // Whoever has just added it waits for the answer.
        if (entry.answer === undefined) awaited.add(entry.id);
      }
      for (const { id } of others) awaited.delete(id);
      for (const entry of [...added, ...others]) publish({ delivery: summaryOf(entry) });
    },
    close() {
      isClosed = true;
    },
  };
}

/** Until it has been judged. */
function unjudged({ event }: Pick<Entry, 'event'>): Judgement {
  return {
    ...(event !== undefined && { event }),
    authenticity: 'unchecked',
    validity: 'unknown',
    issues: 0,
    unknownFields: 0,
  };
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('base64url');
}
