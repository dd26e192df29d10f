import { queryOf, stateIn } from './address.js';
import { Failure, type Client } from './client.js';
import { duration } from './clock.js';
import { Feed } from './feed.js';
import { filterRows, prepare, type Filter } from './filter.js';
import { rootOf } from './rows.js';
import { nothingRead, nothingYet, type Dialog, type Shown } from './shown.js';
import { Store } from './store.js';

/** Below this width, the list and the detail are two views. The style sheet has the same number. */
const narrow = matchMedia('(max-width: 759px)');

/** What the page shows, and everything that can be done on it. */
export class Session {
  readonly store: Store<Shown>;
  readonly client: Client;
  readonly #feed: Feed;
  #noticeEnds: ReturnType<typeof setTimeout> | undefined;
  /** A delivery that was sent from here: its answer is reported when it comes. */
  #awaited: string | undefined;
  #wantsFocus = false;
  /** How often a detail has been asked for, and which of the answers is shown: one that was overtaken shows what was. */
  #asked = 0;
  #answered = 0;
  /** The delivery that is read was in the list: where it no longer is, it has been deleted. */
  #wasListed = false;
  /** The address that is about to be kept. */
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    const { delivery, filter } = stateIn(location.search);
    this.client = client;
    this.store = new Store<Shown>({ ...nothingYet, filter, selected: delivery, cursor: delivery });
    this.#feed = new Feed(
      client,
      {
        onConnection: (connection) => this.store.set({ connection }),
        onServer: (server, events) => this.store.set({ server, events }),
        onDeliveries: (changed) => this.#refresh(changed),
      },
      (act, milliseconds) => {
        // No frame is drawn in a hidden tab.
        if (milliseconds !== undefined || document.hidden) setTimeout(act, milliseconds ?? 100);
        else requestAnimationFrame(act);
      },
    );
    addEventListener('popstate', () => {
      clearTimeout(this.#keeping);
      const { delivery, filter } = stateIn(location.search);
      this.store.set({ filter, rows: filterRows(this.store.value.all, filter) });
      if (delivery === undefined) this.store.set(nothingRead);
      else this.#show(delivery);
    });
  }

  get shown(): Shown {
    return this.store.value;
  }

  start(): void {
    void this.#feed.run();
  }

  retry = (): void => this.#feed.retry();

  /** Shows a delivery. On a narrow page, this leaves the list, and the way back leads to it. */
  open(id: string): void {
    const isAnotherView = narrow.matches && this.shown.selected === undefined;
    this.#show(id);
    this.#keepPlace(isAnotherView);
  }

  /** Leaves the detail, on a narrow page. */
  #close(): void {
    if (!narrow.matches) return;
    this.store.set(nothingRead);
    this.#keepPlace(true);
  }

  /** Moves along the list. */
  move(steps: number): void {
    const { rows, cursor } = this.shown;
    const from = rows.findIndex(({ root }) => root === cursor);
    const row = rows[Math.max(0, Math.min(rows.length - 1, from + steps))];
    if (row === undefined) return;
    this.store.set({ cursor: row.root });
    if (!narrow.matches || this.shown.selected !== undefined) this.open(row.latest.id);
  }

  /** Reads the row that the keys stand on. */
  read(): void {
    const { rows, cursor } = this.shown;
    const row = rows.find(({ root }) => root === cursor) ?? rows[0];
    if (row === undefined) return;
    this.#wantsFocus = true;
    // A row that is read already may show another of its deliveries.
    const isRead = row.all.some(({ id }) => id === this.shown.selected);
    if (isRead) this.focusIfAsked();
    else this.open(row.latest.id);
  }

  /** Gives the focus to what was opened by a key, once it is there. */
  focusIfAsked(): void {
    const title = document.getElementById('delivery-name');
    if (!this.#wantsFocus || title === null) return;
    this.#wantsFocus = false;
    title.focus();
  }

  /** Back to the list. */
  leave(): void {
    this.#close();
    // The page is drawn anew by then, and no key has been pressed yet: in a field, it would be a letter.
    queueMicrotask(() => document.querySelector<HTMLElement>('.list [tabindex="0"]')?.focus());
  }

  filter(change: { readonly [Name in keyof Filter]?: Filter[Name] | undefined }): void {
    const merged = { ...this.shown.filter, ...change };
    const given = Object.entries(merged).filter(([, value]) => value !== undefined && value !== '');
    const filter = Object.fromEntries(given) as Filter;
    this.store.set({ filter, rows: filterRows(this.shown.all, filter) });
    clearTimeout(this.#keeping);
    // An address for each letter costs more than the filter, and Safari allows a hundred in half a minute.
    if ('text' in change) this.#keeping = setTimeout(() => this.#keepPlace(false), 200);
    else this.#keepPlace(false);
  }

  dialog(dialog: Dialog | undefined): void {
    this.store.set({ dialog });
  }

  /** The delivery that an action is for: the one that is read, else the row that the keys stand on. */
  get current(): string | undefined {
    const { selected, cursor, rows } = this.shown;
    return selected ?? rows.find(({ root }) => root === cursor)?.latest.id;
  }

  replay = (): Promise<void> =>
    this.#withCurrent(async (id) => this.sent((await this.client.replay(id)).id, 'Replayed'));

  edit = (): Promise<void> =>
    this.#withCurrent(async (id) => {
      const { detail } = this.shown;
      const delivery = detail?.id === id ? detail : await this.client.detail(id);
      this.dialog({ kind: 'edit', delivery });
    });

  copyCurl = (): Promise<void> =>
    this.#withCurrent(async (id) => this.copy((await this.client.curl(id)).text, 'the curl command'));

  copyTest = (): Promise<void> =>
    this.#withCurrent(async (id) => this.copy((await this.client.test(id)).text, 'the vitest test'));

  remove = (): Promise<void> =>
    this.#withCurrent(async (id) => {
      await this.client.remove(id);
      this.#feed.drop([id]);
      this.notify('Deleted');
    });

  clear = (): Promise<void> =>
    this.try(async () => {
      // What comes meanwhile is not among them: it may have come after the server deleted all.
      const ids = this.#feed.deliveries.rows().flatMap(({ all }) => all.map(({ id }) => id));
      await this.client.clear();
      this.#feed.drop(ids);
      this.dialog(undefined);
      this.notify('All deliveries are deleted');
    });

  /** A delivery was sent from here: it is shown, and its answer reported. */
  sent(id: string, what: string): void {
    this.#awaited = id;
    this.notify(what);
    this.open(id);
    this.#tellAnswer();
  }

  async copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.notify(`Copied ${what}`);
    } catch {
      this.dialog({ kind: 'copy', title: `Copy ${what}`, text });
    }
  }

  notify(text: string, isError = false): void {
    clearTimeout(this.#noticeEnds);
    this.store.set({ notice: { text, isError } });
    this.#noticeEnds = setTimeout(() => this.store.set({ notice: undefined }), isError ? 10_000 : 4000);
  }

  /** Does something, and says where it fails. */
  async try(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notify(error instanceof Failure ? error.message : 'This did not work.', true);
    }
  }

  async #withCurrent(action: (id: string) => Promise<void>): Promise<void> {
    const id = this.current;
    if (id !== undefined) await this.try(() => action(id));
  }

  #show(id: string): void {
    const delivery = this.#feed.deliveries.get(id);
    this.#wasListed = delivery !== undefined;
    this.store.set({
      selected: id,
      trouble: undefined,
      cursor: delivery === undefined ? id : rootOf(delivery),
    });
    void this.#load(id);
  }

  async #load(id: string): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    const show = (answer: Partial<Shown>): void => {
      if (this.shown.selected !== id || turn < this.#answered) return;
      this.#answered = turn;
      this.store.set(answer);
    };
    try {
      const detail = await this.client.detail(id);
      show({ detail, trouble: undefined, cursor: rootOf(detail) });
    } catch (error) {
      const trouble = error instanceof Failure ? error.message : 'This delivery cannot be shown.';
      show({ detail: undefined, trouble });
    }
  }

  /** Takes over what has changed on the server. */
  #refresh(changed: ReadonlySet<string> | undefined): void {
    const { deliveries } = this.#feed;
    const before = this.shown;
    const all = deliveries.rows();
    const rows = filterRows(all, before.filter);
    this.store.set({ all, rows, isLoaded: true });
    if (changed === undefined) prepare(all);
    this.#tellAnswer();

    const { selected } = before;
    if (selected === undefined) return;
    const delivery = deliveries.get(selected);
    if (delivery !== undefined) {
      this.#wasListed = true;
      if (changed === undefined || changed.has(rootOf(delivery)) || before.trouble !== undefined)
        void this.#load(selected);
    } else if (this.#wasListed) {
      this.#leave(before);
    } else if (before.trouble === undefined && changed === undefined) {
      void this.#load(selected);
    }
  }

  /** What was read is gone: the rest of its row is shown, or the next row. */
  #leave({ rows: before, cursor }: Shown): void {
    const { rows } = this.shown;
    const index = before.findIndex(({ root }) => root === cursor);
    const next =
      rows.find(({ root }) => root === cursor) ?? rows[Math.min(Math.max(index, 0), rows.length - 1)];
    this.store.set({ ...nothingRead, cursor: next?.root });
    if (next !== undefined && !narrow.matches) this.#show(next.latest.id);
    this.#keepPlace(false);
  }

  #tellAnswer(): void {
    const outcome =
      this.#awaited === undefined ? undefined : this.#feed.deliveries.get(this.#awaited)?.outcome;
    if (outcome === undefined) return;
    this.#awaited = undefined;
    if ('kept' in outcome) this.notify('Sent; nothing is forwarded');
    else if ('status' in outcome)
      this.notify(`The app answered ${outcome.status} after ${duration(outcome.milliseconds)}`);
    else this.notify(`The app did not answer: ${outcome.error}`, true);
  }

  #keepPlace(isAnotherView: boolean): void {
    clearTimeout(this.#keeping);
    const { selected, filter } = this.shown;
    const address =
      location.pathname + queryOf({ filter, ...(selected !== undefined && { delivery: selected }) });
    if (address === location.pathname + location.search) return;
    if (isAnotherView) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }
}
