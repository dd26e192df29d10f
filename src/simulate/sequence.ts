import type { Event } from '../model/catalog.js';
import { random, type Random } from './random.js';

/** Shares from 0 to 1. */
export interface Faults {
  /** Deliveries that come a second time although they were acknowledged. */
  readonly duplicates: number;
  /** Creations that come behind the update of what they create. */
  readonly reorder: number;
  /** Bodies that are no JSON. */
  readonly brokenTemplates: number;
  /** Deliveries whose headers, or whose body, come a while after the connection. */
  readonly lateHeaders: number;
}

/** How often an event comes among the others. */
export interface Weighted {
  readonly event: Event;
  readonly weight: number;
}

/** What decides a delivery and all of its bytes: small, so that a hundred thousand can wait to be sent again. */
export interface Recipe {
  /** From 1, in the order of sending. */
  readonly number: number;
  readonly event: Event;
  readonly ticket: number;
  readonly isBroken: boolean;
  readonly isDuplicated: boolean;
  readonly late: { readonly of: 'headers' | 'body'; readonly milliseconds: number } | undefined;
}

/** What is random about the bytes of a delivery, each time anew the same. */
export function randomOf(seed: string, number: number): Random {
  return random(`${seed} bytes ${number}`);
}

/** Deliveries in the order of sending; the same for the same seed. */
export function* sequence(
  mix: readonly Weighted[],
  {
    seed,
    count,
    faults,
    canBreak,
  }: {
    readonly seed: string;
    readonly count: number;
    readonly faults: Faults;
    readonly canBreak: (event: Event) => boolean;
  },
): Generator<Recipe, undefined> {
  const updates = updatesIn(mix.map(({ event }) => event));
  const total = mix.reduce((sum, { weight }) => sum + weight, 0);
  /** The creation that comes behind its update. */
  let behind: { readonly event: Event; readonly ticket: number } | undefined;
  for (let number = 1; number <= count; number += 1) {
    const chance = random(`${seed} ${number}`);
    const drawn = draw(mix, chance.next() * total);
    const isReordered = chance.happens(faults.reorder);
    const isDuplicated = chance.happens(faults.duplicates);
    const isBroken = chance.happens(faults.brokenTemplates);
    const isLate = chance.happens(faults.lateHeaders);
    const late = {
      of: chance.happens(0.5) ? ('headers' as const) : ('body' as const),
      milliseconds: Math.round(100 + chance.next() * 900),
    };
    const next = behind ?? { event: drawn, ticket: number };
    const update = behind === undefined ? updates.get(next.event) : undefined;
    const isBefore = update !== undefined && isReordered && number < count;
    behind = isBefore ? next : undefined;
    const event = isBefore ? update : next.event;
    yield {
      number,
      event,
      ticket: next.ticket,
      isBroken: isBroken && canBreak(event),
      isDuplicated,
      late: isLate ? late : undefined,
    };
  }
  return undefined;
}

function draw(mix: readonly Weighted[], at: number): Event {
  let left = at;
  for (const { event, weight } of mix) {
    left -= weight;
    if (left < 0) return event;
  }
  const last = mix.at(-1);
  if (last === undefined) throw new RangeError('a mix has at least one event');
  return last.event;
}

/** The event that updates what another creates: `ticket-updated` for `ticket-created`, of one product. */
function updatesIn(events: readonly Event[]): ReadonlyMap<Event, Event> {
  const byName = new Map(events.map((event) => [event.name, event]));
  return new Map(
    events.flatMap((event) => {
      const update = byName.get(event.name.replace(/creat(?=ed?\b)/i, 'updat'));
      return update !== undefined && update !== event && update.product === event.product
        ? [[event, update] as const]
        : [];
    }),
  );
}
