import { randomInt } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearestWord, shownWord } from '../config/nearest-word.js';
import type { Options } from '../config/settings.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { explained } from '../disk/errno.js';
import { compose } from '../delivery/compose.js';
import { credentials, type CredentialFlags } from '../delivery/credentials.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { platformTimeoutMs } from '../delivery/post.js';
import { readTarget } from '../delivery/target.js';
import type { Event } from '../model/catalog.js';
import { brokenTemplate, hasTemplates } from '../simulate/broken.js';
import { randomOf, sequence, type Faults, type Recipe, type Weighted } from '../simulate/sequence.js';
import { simulate, type Attempt } from '../simulate/simulate.js';
import type { Report } from '../simulate/tally.js';
import { variationOf, type Vary } from '../simulate/variation.js';
import { loadKit } from './live-kit.js';

export type { Report } from '../simulate/tally.js';

export interface SimulateRequest {
  readonly to: string;
  readonly asIs?: boolean | undefined;
  readonly count: number;
  readonly rate?: number | undefined;
  readonly concurrency: number;
  /** Names of events with how often each comes; all, where nothing is said. */
  readonly mix?: ReadonlyMap<string, number> | undefined;
  readonly clock: number;
  readonly faults: Faults;
  /** Any text; a number that is drawn, where there is none. */
  readonly seed?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** A file for a line of JSON per try. */
  readonly log?: string | undefined;
  readonly credentials: CredentialFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** What is about to be sent. */
export interface Beginning {
  readonly url: string;
  readonly seed: string;
  readonly count: number;
  /** How many events. */
  readonly kinds: number;
  /** Products whose deliveries carry credentials. */
  readonly signing: readonly string[];
}

export interface Simulated extends Beginning, Report {
  readonly isEndedEarly: boolean;
}

/**
 * Sends deliveries as the platform does.
 *
 * @param onBegin is called once it is known what will be sent
 * @throws Rejected for what is asked wrongly
 */
export async function simulateDeliveries(
  kits: readonly Options[],
  request: SimulateRequest,
  onBegin: (beginning: Beginning) => void,
): Promise<Simulated> {
  const target = readTarget(request.to);
  const { kit, mix } = await mixOf(kits, request.mix);
  const wanted = mix && { products: mix.map(({ event }) => event.product) };
  const signing = await credentials(kit, request.credentials, { ...request, ...wanted, signs: true });
  const events = mix ?? signedEvents(kit, signing.signing);
  const { seed = String(randomInt(1, 2 ** 31)), faults, count, signal } = request;
  const beginning: Beginning = {
    url: signing.hiddenPath(target.href),
    seed,
    count,
    kinds: events.length,
    signing: signing.signing,
  };
  onBegin(beginning);

  const idOf = ({ number }: Pick<Recipe, 'number'>) => `sim-${seed}-${number}`;
  const extremes = [1, count].map((number) => ({ id: idOf({ number }), number, ticket: number }));
  const vary = new Map<Event, Vary>(events.map(({ event }) => [event, variationOf(kit, event, extremes)]));
  const bodyOf = (recipe: Recipe): Uint8Array => {
    const { event, number, ticket, isBroken } = recipe;
    const variant = { id: idOf(recipe), number, ticket, random: randomOf(seed, number) };
    const payload = vary.get(event)?.(variant) ?? null;
    return Buffer.from(isBroken ? brokenTemplate(payload) : JSON.stringify(payload));
  };
  const log = logTo(request.log, request.cwd);
  try {
    const report = await simulate({
      deliveries: sequence(events, { seed, count, faults, canBreak: ({ product }) => hasTemplates(product) }),
      compose: (recipe) =>
        compose(kit, signing, {
          event: recipe.event.name,
          to: target,
          isExact: request.asIs ?? false,
          body: bodyOf(recipe),
          signing: { id: `msg_${idOf(recipe)}` },
        }),
      idOf,
      rate: request.rate,
      concurrency: request.concurrency,
      timeoutMs: request.timeoutMs ?? platformTimeoutMs,
      clock: request.clock,
      log: log?.write,
      signal,
    });
    return { ...beginning, ...report, isEndedEarly: signal.aborted };
  } finally {
    log?.close();
  }
}

/** The kit that knows every event that is asked for; without any, the first, and no mix. */
async function mixOf(
  kits: readonly Options[],
  asked: ReadonlyMap<string, number> | undefined,
): Promise<{ readonly kit: LiveKit; readonly mix: readonly Weighted[] | undefined }> {
  const names = [...(asked ?? [])];
  const known = new Set<string>();
  for (const options of kits) {
    const kit = await loadKit(options);
    const events = new Map(kit.catalog.events.map((event) => [event.name, event]));
    const mix = names.flatMap(([name, weight]) => {
      const event = events.get(name.replace(/^\//, ''));
      return event ? [{ event, weight }] : [];
    });
    if (mix.length === names.length) return { kit, mix: asked && mix };
    for (const name of events.keys()) known.add(name);
  }
  const all = [...known].sort();
  const unknown = names.find(([name]) => !known.has(name.replace(/^\//, '')))?.[0];
  throw new Rejected(
    diagnostic(
      'event-unknown',
      unknown === undefined
        ? 'No kit of the configuration has all of these events.'
        : `There is no event ${shownWord(unknown)}. ${nearestWord(unknown, all, 'list')}`,
    ),
  );
}

/** The events of the products whose deliveries are signed; all, where none is. */
function signedEvents({ catalog }: LiveKit, signing: readonly string[]): readonly Weighted[] {
  const signed = catalog.events.filter(({ product }) => signing.includes(product));
  return (signed.length > 0 ? signed : catalog.events).map((event) => ({ event, weight: 1 }));
}

/** A file that this user alone reads. Each line is there before the next delivery goes out, whatever ends the process. */
function logTo(path: string | undefined, cwd: string) {
  if (path === undefined) return undefined;
  const whole = resolve(cwd, path);
  const withReason = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explained(
        error,
        (reason) =>
          new Rejected(diagnostic('log-unwritable', `${fileName(whole, cwd)} cannot be written: ${reason}.`)),
      );
    }
  };
  const handle = withReason(() => openSync(whole, 'w', 0o600));
  return {
    write: (attempt: Attempt) => withReason(() => writeSync(handle, `${JSON.stringify(attempt)}\n`)),
    close: () => {
      closeSync(handle);
    },
  };
}
