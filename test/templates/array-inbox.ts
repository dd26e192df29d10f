import {
  Unprocessable,
  type HandleRecord,
  type InboxQueue,
  type InboxRecord,
  type InboxStore,
  type InboxWorker,
  type WorkOptions,
} from '../../templates/runtime/inbox.js';

/** The least that an engine can be: an array. A record is tried three times. */
export class ArrayInbox implements InboxStore, InboxQueue {
  readonly records: InboxRecord[] = [];

  put(record: InboxRecord): Promise<'stored' | 'duplicate'> {
    if (record.key !== undefined && this.records.some(({ key }) => key === record.key))
      return Promise.resolve('duplicate');
    this.records.push(JSON.parse(JSON.stringify(record)) as InboxRecord);
    return Promise.resolve('stored');
  }

  work(handle: HandleRecord, { onDead }: WorkOptions): InboxWorker {
    const working = this.records.map(async (record) => {
      const { signal } = new AbortController();
      for (let attempt = 1; ; attempt += 1) {
        try {
          await handle(record, signal, attempt);
          return;
        } catch (error) {
          if (!(error instanceof Unprocessable) && attempt < 3) continue;
          onDead(record, error, attempt);
          return;
        }
      }
    });
    return { stop: async () => void (await Promise.all(working)) };
  }
}
