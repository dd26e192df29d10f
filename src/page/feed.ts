import type { EventInfo, State, StreamEvent } from '../dev/api.js';
import { Failure, type Client } from './client.js';
import { Deliveries } from './rows.js';
import { backoff } from './server-sent.js';
import type { Connection } from './shown.js';

interface Listener {
  onConnection(connection: Connection): void;
  onServer(server: State, events: readonly EventInfo[]): void;
  /** Once for all that has changed since the last frame: with the rows it concerns, or undefined for all. */
  onDeliveries(changed: ReadonlySet<string> | undefined): void;
}

/** Does something after so many milliseconds; without them, before the next frame is drawn. */
type Later = (act: () => void, milliseconds?: number) => void;

/** Keeps the deliveries in step with the server, and comes back when the server does. */
export class Feed {
  readonly deliveries = new Deliveries();
  /** What this page has deleted: what comes of it later was on its way by then. */
  readonly #dropped = new Set<string>();
  readonly #client: Client;
  readonly #listener: Listener;
  readonly #later: Later;
  /** What came while the list was being read; undefined when it has been. */
  #waiting: StreamEvent[] | undefined;
  #changed: Set<string> | undefined = new Set();
  #isScheduled = false;
  #isRead = false;
  #failures = 0;
  #stopWaiting: () => void = () => undefined;

  constructor(client: Client, listener: Listener, later: Later) {
    this.#client = client;
    this.#listener = listener;
    this.#later = later;
  }

  /** Connects, again and again, until the server refuses the token. */
  async run(): Promise<void> {
    for (;;) {
      const end = new AbortController();
      try {
        await this.#client.stream(
          () => void this.#load(end),
          (event) => {
            if (this.#waiting === undefined) this.#take(event, end);
            else this.#waiting.push(event);
          },
          end.signal,
        );
      } catch (error) {
        if (error instanceof Failure && (error.status === 401 || error.status === 403)) {
          this.#listener.onConnection('locked');
          return;
        }
      }
      // Whatever is still read for this stream says how things were.
      end.abort();
      const wait = new Promise<void>((resolve) => {
        this.#stopWaiting = resolve;
        this.#later(resolve, backoff(this.#failures));
      });
      this.#failures += 1;
      this.#listener.onConnection('lost');
      await wait;
    }
  }

  /** Connects now, where the next attempt is being waited for. */
  retry(): void {
    this.#stopWaiting();
  }

  /** Drops what this page has deleted, at once: the next key may be pressed before the stream says that it is gone. */
  drop(ids: readonly string[]): void {
    for (const id of ids) this.#dropped.add(id);
    // Before the list has been read, there is nothing to report yet.
    if (!this.#isRead) return;
    this.#remove(ids);
    this.#flush();
  }

  /** Reads everything anew, then applies what came meanwhile. */
  async #load(end: AbortController): Promise<void> {
    const waiting: StreamEvent[] = [];
    this.#waiting = waiting;
    try {
      const [server, events, deliveries] = await Promise.all([
        this.#client.state(),
        this.#client.events(),
        this.#client.deliveries(),
      ]);
      // What is being read once more since then will have everything.
      if (end.signal.aborted || this.#waiting !== waiting) return;
      this.deliveries.replace(deliveries.filter(({ id }) => !this.#dropped.has(id)));
      this.#isRead = true;
      this.#waiting = undefined;
      this.#failures = 0;
      this.#listener.onServer(server, events);
      this.#changed = undefined;
      for (const each of waiting) this.#take(each, end);
      this.#flush();
      this.#listener.onConnection('live');
    } catch {
      // The stream alone is of no use.
      end.abort();
    }
  }

  #take(event: StreamEvent, end: AbortController): void {
    if ('delivery' in event) {
      if (this.#dropped.has(event.delivery.id)) return;
      this.deliveries.put(event.delivery);
      this.#changed?.add(event.delivery.of ?? event.delivery.id);
    } else if ('removed' in event) {
      this.#remove(event.removed);
    } else if ('cleared' in event) {
      this.deliveries.replace([]);
      this.#changed = undefined;
    } else {
      void this.#load(end);
      return;
    }
    this.#schedule();
  }

  /** Removes deliveries. Of those that this page has deleted itself, the stream or the answer comes too late. */
  #remove(ids: readonly string[]): void {
    if (ids.every((id) => this.deliveries.get(id) === undefined)) return;
    this.deliveries.remove(ids);
    this.#changed = undefined;
  }

  /** Reports once for each frame, however much comes. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#later(() => this.#flush());
  }

  #flush(): void {
    const changed = this.#changed;
    this.#isScheduled = false;
    this.#changed = new Set();
    this.#listener.onDeliveries(changed);
  }
}
