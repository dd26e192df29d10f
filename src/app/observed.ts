import { contentTypeOf } from '../delivery/compose.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Find } from '../infer/findings.js';
import { dayOf, type Observation } from '../infer/observation.js';
import { filesIn, observationsIn } from '../infer/read.js';
import type { Store } from '../store/store.js';

/** The word for the deliveries that `dev` has kept; a file of that name is `./dev`. */
export const storeWord = 'dev';

export interface Sources {
  /** Files, folders, and the word for the store. */
  readonly inputs: readonly string[];
  readonly event: string | undefined;
  readonly cwd: string;
}

/** Goes through the deliveries of some sources, as often as it is asked to; what cannot be read is reported each time. */
export type Source = (kit: LiveKit, find: Find) => AsyncIterable<Observation> | Iterable<Observation>;

/**
 * Looks for the sources.
 *
 * @throws Rejected for a source that is not there
 */
export async function sourceOf({ inputs, event, cwd }: Sources): Promise<Source> {
  const files = await filesIn(
    inputs.filter((input) => input !== storeWord),
    cwd,
  );
  const isStoreWanted = inputs.includes(storeWord);
  return async function* (kit, find) {
    if (event !== undefined && !kit.catalog.events.some(({ name }) => name === event))
      throw new Rejected(diagnostic('infer-event-missing', `there is no event ${event}`));
    yield* observationsIn(files, { kit, event, cwd, find });
    if (isStoreWanted) yield* kept(kit, event, cwd, find);
  };
}

async function* kept(
  kit: LiveKit,
  event: string | undefined,
  cwd: string,
  find: Find,
): AsyncGenerator<Observation> {
  const [{ deliveriesOf }, { openStore }] = await Promise.all([
    import('./deliveries.js'),
    import('../store/store.js'),
  ]);
  yield* observationsOf(openStore(deliveriesOf(cwd)), { kit, event, find });
}

/**
 * The deliveries of a store. What was received, unless ids are named: samples, and what was edited by hand, say nothing of what
 * really arrives.
 */
export function* observationsOf(
  store: Pick<Store, 'list' | 'read'>,
  {
    kit,
    event: wanted,
    find,
    ids,
  }: {
    readonly kit: LiveKit;
    readonly event?: string | undefined;
    readonly find: Find;
    readonly ids?: readonly string[] | undefined;
  },
): Generator<Observation> {
  const asked = ids ?? store.list().flatMap(({ id, source }) => (source === 'received' ? [id] : []));
  for (const id of asked) {
    const capture = store.read(id);
    // What looks whether a server is there is no delivery.
    if (capture === undefined || capture.method !== 'POST' || capture.body.byteLength === 0) continue;
    const origin = { file: `${storeWord}/${id}`, line: 1 };
    const decoded = kit.decode(capture.body, contentTypeOf(capture.headers));
    if ('reason' in decoded) {
      find('infer-delivery-unreadable', `this delivery is left out: ${decoded.reason}`, origin);
      continue;
    }
    const event = wanted ?? kit.identify(capture.path, decoded.payload) ?? capture.event;
    if (event === undefined)
      find('infer-event-unknown', 'nothing says which event this is a delivery of', origin);
    else yield { event, payload: decoded.payload, day: dayOf(capture.receivedAt), origin };
  }
}
