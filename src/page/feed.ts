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

/** Keeps the deliveries in step with the server, and comes back when the server does. */
export class Feed {
  readonly deliveries = new Deliveries();
  readonly #client: Client;
  readonly #listener: Listener;
  /** What came while the list was being read; undefined when it has been. */
  #waiting: StreamEvent[] | undefined = [];
  #changed: Set<string> | undefined = new Set();
  #isScheduled = false;
  #stopWaiting: () => void = () => undefined;

  constructor(client: Client, listener: Listener) {
    this.#client = client;
    this.#listener = listener;
  }

  /** Connects, again and again, until the server refuses the token. */
  async run(): Promise<void> {
    let failures = 0;
    for (;;) {
      const end = new AbortController();
      try {
        await this.#client.stream(
          () => {
            failures = 0;
            this.#waiting = [];
            void this.#load(end);
          },
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
      this.#listener.onConnection('lost');
      await new Promise<void>((resolve) => {
        this.#stopWaiting = resolve;
        setTimeout(resolve, backoff(failures));
      });
      failures += 1;
    }
  }

  /** Connects now, where the next attempt is being waited for. */
  retry(): void {
    this.#stopWaiting();
  }

  /** Reads everything anew, then applies what came meanwhile. */
  async #load(end: AbortController): Promise<void> {
    try {
      const [server, events, deliveries] = await Promise.all([
        this.#client.state(),
        this.#client.events(),
        this.#client.deliveries(),
      ]);
      if (end.signal.aborted) return;
      this.deliveries.replace(deliveries);
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      for (const each of waiting) this.#take(each, end);
      this.#listener.onServer(server, events);
      this.#changed = undefined;
      this.#flush();
      this.#listener.onConnection('live');
    } catch {
      // The stream alone is of no use.
      end.abort();
    }
  }

  #take(event: StreamEvent, end: AbortController): void {
    if ('delivery' in event) {
      this.deliveries.put(event.delivery);
      this.#changed?.add(event.delivery.of ?? event.delivery.id);
    } else if ('removed' in event) {
      this.deliveries.remove(event.removed);
      this.#changed = undefined;
    } else if ('cleared' in event) {
      this.deliveries.replace([]);
      this.#changed = undefined;
    } else {
      this.#waiting = [];
      void this.#load(end);
      return;
    }
    this.#schedule();
  }

  /** Reports once for each frame, however much comes. No frame is drawn in a hidden tab. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    if (document.hidden) setTimeout(() => this.#flush(), 100);
    else requestAnimationFrame(() => this.#flush());
  }

  #flush(): void {
    const changed = this.#changed;
    this.#isScheduled = false;
    this.#changed = new Set();
    this.#listener.onDeliveries(changed);
  }
}
