import type { PromisedEvent } from '../model/contract.js';
import { namesIn, pointerOf } from '../model/pointer.js';
import type { ContractPath } from './change.js';
import { grouped } from './grouped.js';
import type { Finding, Report } from './report.js';
import { alike } from './renames.js';
import type { IndexedContract } from './indexed-contract.js';
import { dataText } from './simple.js';

/** What the events of two contracts have for payloads, as far as they are the same events. */
export interface Payloads {
  /** Types that stand for each other. */
  readonly paired: readonly (readonly [base: string, head: string])[];
  /** Types whose events another product sends. */
  readonly moved: readonly string[];
  /** Types whose events went. */
  readonly gone: readonly string[];
  /** Types whose events came. */
  readonly come: readonly string[];
}

/** Compares events by name, and finds those that have another one. */
export function compareEvents(base: IndexedContract, head: IndexedContract, report: Report): Payloads {
  const [before, after] = [eventsOf(base), eventsOf(head)];
  const gone = [...before.values()].filter(({ name }) => !after.has(name));
  const come = [...after.values()].filter(({ name }) => !before.has(name));
  const renamed = renamedEvents(gone, come);
  const known = new Set([...renamed.values()]);
  const paired: (readonly [string, string])[] = [];
  const moved: string[] = [];
  for (const event of before.values()) {
    const now = after.get(event.name) ?? renamed.get(event);
    if (now) {
      if (now.name !== event.name)
        reportChange('event-renamed', `${event.name} is called ${now.name} now.`, event, now);
      compareEvent(event, now);
      paired.push([event.payload, now.payload]);
      if (event.product !== now.product) moved.push(event.payload);
    } else reportChange('event-removed', `${event.name} is gone.`, event, undefined);
  }
  const added = come.filter((event) => !known.has(event));
  for (const event of added)
    reportChange('event-added', `${event.name} is new, with the payload ${event.payload}.`, undefined, event);
  return {
    paired,
    moved,
    gone: gone.filter((event) => !renamed.has(event)).map(({ payload }) => payload),
    come: added.map(({ payload }) => payload),
  };

  function compareEvent(event: PromisedEvent, now: PromisedEvent): void {
    if (event.product !== now.product)
      reportChange(
        'event-moved',
        `${now.name} is sent by ${now.product}; it was ${event.product}.`,
        event,
        now,
      );
    if (event.handler !== now.handler)
      reportChange(
        'handler-renamed',
        `The handler of ${now.name} is called ${now.handler}; it was ${event.handler}.`,
        event,
        now,
      );
    if (event.payload !== now.payload && head.types.has(event.payload) && base.types.has(now.payload))
      reportChange(
        'payload-replaced',
        `The payload of ${now.name} is ${now.payload}; it was ${event.payload}.`,
        event,
        now,
      );
    compareDiscriminator(event, now);
    compareDeliveryKey(event, now);
    compareContentTypes(event, now);
  }

  function compareDiscriminator(event: PromisedEvent, now: PromisedEvent): void {
    if (dataText(event.discriminator) === dataText(now.discriminator)) return;
    const [was, is] = [event, now].map(shownDiscriminator);
    const rule = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    const message = `${now.name} is known by ${is ?? 'its path alone'}; it was ${was ?? 'its path alone'}.`;
    reportChange(`discriminator-${rule}`, message, event, now, ['x-event', 'discriminator']);
  }

  function compareDeliveryKey(event: PromisedEvent, now: PromisedEvent): void {
    const [old, next] = [event, now].map(({ deliveryKey }) => deliveryKey.map(partOfKey));
    if (dataText(old) === dataText(next)) return;
    const [was, is] = [event, now].map(({ deliveryKey }) => deliveryKey.join(' and ')) as [string, string];
    const rule = was === '' ? 'added' : is === '' ? 'removed' : 'changed';
    const message = `The delivery key of ${now.name} is ${is || 'not given'}; it was ${was || 'not given'}.`;
    reportChange(`delivery-key-${rule}`, message, event, now, ['x-event', 'deliveryKey']);
  }

  function compareContentTypes(event: PromisedEvent, now: PromisedEvent): void {
    const path = ['x-event', 'contentTypes'];
    const [old, next] = [mediaTypes(event), mediaTypes(now)];
    const lost = [...old].filter((type) => !next.has(type));
    const gained = [...next].filter((type) => !old.has(type));
    if (lost.length > 0)
      reportChange(
        'content-type-removed',
        `${now.name} no longer comes as ${lost.join(' or ')}.`,
        event,
        now,
        path,
      );
    if (gained.length > 0)
      reportChange('content-type-added', `${now.name} may come as ${gained.join(' or ')}.`, event, now, path);
  }

  function reportChange(
    rule: Finding['rule'],
    message: string,
    event: PromisedEvent | undefined,
    now: PromisedEvent | undefined,
    path: readonly string[] = [],
  ): void {
    const names = [event, now].flatMap((each) => (each ? [each.name] : []));
    const pathOf = (each: PromisedEvent | undefined): ContractPath | undefined =>
      each && { kind: 'event', name: each.name, path };
    report.add({
      rule,
      subject: `event ${names[0]}`,
      message,
      events: names,
      before: pathOf(event),
      after: pathOf(now),
    });
  }
}

function eventsOf({ contract }: IndexedContract): ReadonlyMap<string, PromisedEvent> {
  return new Map(contract.events.map((event) => [event.name, event]));
}

/** Events that have another name and are the same: by their handler, or by their payload where the names are alike. */
function renamedEvents(
  gone: readonly PromisedEvent[],
  come: readonly PromisedEvent[],
): ReadonlyMap<PromisedEvent, PromisedEvent> {
  const renamed = new Map<PromisedEvent, PromisedEvent>();
  const handlers = new Map(come.map((event) => [event.handler, event]));
  const payloads = grouped(come, ({ payload }) => payload);
  const rivals = grouped(gone, ({ payload }) => payload);
  for (const event of gone) {
    const [only, ...others] = payloads.get(event.payload) ?? [];
    const isOnly = only !== undefined && others.length === 0 && rivals.get(event.payload)?.length === 1;
    const found = handlers.get(event.handler) ?? (isOnly && alike(event.name, only.name) ? only : undefined);
    if (found) renamed.set(event, found);
  }
  return renamed;
}

function shownDiscriminator({ discriminator }: PromisedEvent): string | undefined {
  if (discriminator === undefined) return undefined;
  return `${JSON.stringify(discriminator.value)} at ${pointerOf(discriminator.path)}`;
}

/** What a runtime expression reads: a header, whose case says nothing (RFC 9110 §5.1), or the members on the way to a value. */
function partOfKey(expression: string): readonly string[] {
  const [source = '', ...pointer] = expression.split('#');
  const names = namesIn(pointer.join('#'));
  return [source, ...(source === '$message.header' ? names.map((name) => name.toLowerCase()) : names)];
}

/** The media types that are taken beside JSON, which always is. Their case says nothing (RFC 9110 §8.3.1). */
function mediaTypes({ contentTypes }: PromisedEvent): ReadonlySet<string> {
  const types = contentTypes.map((type) => type.toLowerCase());
  return new Set(types.filter((type) => type !== 'application/json' && !type.endsWith('+json')));
}
