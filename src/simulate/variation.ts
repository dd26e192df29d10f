import type { Event } from '../model/catalog.js';
import type { Json } from '../model/json.js';
import { pointerOf } from '../model/pointer.js';
import type { LiveKit } from '../delivery/live-kit.js';
import type { Random } from './random.js';

/** What makes a payload one of its own. */
export interface Variant {
  /** Stands in a text of the payload, where it has one: what was sent can be found again among what was handled. */
  readonly id: string;
  /** Unique in a run. */
  readonly number: number;
  /** The ticket that it is about: an update may share it with its creation. */
  readonly ticket: number;
  readonly random: Random;
}

export type Vary = (variant: Variant) => Json;

type Leaf = {
  readonly path: readonly (string | number)[];
  readonly value: string | number;
  readonly as: 'key' | 'ticket' | 'text';
};

/**
 * How the payloads of an event differ from its sample: what the documents call its key is another each time, ids of tickets
 * count up, and a subject or a text says which delivery it is. Whatever the schema would refuse of the first or the last delivery
 * stays as it is.
 *
 * @param extremes the first and the last
 */
export function variationOf(
  kit: Pick<LiveKit, 'sample' | 'check'>,
  event: Event,
  extremes: readonly Omit<Variant, 'random'>[],
): Vary {
  const sample = kit.sample(event.name);
  const leaves = leavesOf(sample, event).filter((leaf) =>
    extremes.every((extreme) =>
      phrases.every((phrase) => {
        const changed = changedLeaf(leaf, extreme, phrase);
        return kit.check(event.name, withLeaves(sample, [[leaf, changed]])).length === 0;
      }),
    ),
  );
  return (variant) => {
    const phrase = variant.random.pick(phrases);
    return withLeaves(
      sample,
      leaves.map((leaf) => [leaf, changedLeaf(leaf, variant, phrase)]),
    );
  };
}

/** Characters of one to four bytes, quotes and angle brackets: what arrives as it was sent has kept its bytes. */
const phrases = [
  'The printer is on fire',
  'Größe der Rechnung stimmt nicht',
  'Cannot log in <since yesterday>',
  'It said "no" & then nothing',
  '発送はいつですか',
  'Refund, please 🙏',
] as const;

function leavesOf(sample: Json, { deliveryKey, discriminator }: Event): readonly Leaf[] {
  const keys = new Set(
    deliveryKey.flatMap((expression) => /^\$message\.payload#(\/.*)$/s.exec(expression)?.[1] ?? []),
  );
  const identifying = discriminator && pointerOf(discriminator.path);
  const all = [...texts(sample)].filter(({ path }) => pointerOf(path) !== identifying);
  const isKey = ({ path, value }: { path: Leaf['path']; value: Leaf['value'] }) =>
    keys.has(pointerOf(path)) && /\d/.test(String(value));
  const rest = all.filter((leaf) => !isKey(leaf));
  const ticket = rest.find(({ path, value }) => idName.test(String(path.at(-1))) && /\d/.test(String(value)));
  const text = rest.find(
    ({ path, value }) => typeof value === 'string' && textName.test(String(path.at(-1))),
  );
  return [
    ...all.filter(isKey).map((leaf) => ({ ...leaf, as: 'key' as const })),
    ...(ticket ? [{ ...ticket, as: 'ticket' as const }] : []),
    ...(text ? [{ ...text, as: 'text' as const }] : []),
  ];
}

const idName = /^(?:ticket_)?(?:id|display_id|ticket_id|id_numeric)$/i;
const textName = /(?:subject|title|content|text|message|external_reference_id)$/i;

/** The texts and numbers of a payload, those nearest to the root first. */
function* texts(sample: Json): Iterable<{ path: (string | number)[]; value: string | number }> {
  let level: readonly (readonly [path: (string | number)[], value: Json])[] = [[[], sample]];
  while (level.length > 0) {
    const below: [path: (string | number)[], value: Json][] = [];
    for (const [path, value] of level) {
      if (typeof value === 'string' || typeof value === 'number') yield { path, value };
      else if (Array.isArray(value))
        (value as readonly Json[]).forEach((item, index) => below.push([[...path, index], item]));
      else if (typeof value === 'object' && value !== null)
        for (const [name, member] of Object.entries(value))
          if (name !== '__proto__') below.push([[...path, name], member as Json]);
    }
    level = below;
  }
}

function changedLeaf(
  { value, as }: Leaf,
  { id, number, ticket }: Omit<Variant, 'random'>,
  phrase: string,
): string | number {
  if (as === 'text') return `${phrase} [${id}]`;
  const by = as === 'ticket' ? ticket : number;
  if (typeof value === 'number') return value + by;
  if (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)))
    return new Date(Date.parse(value) + by * 1000).toISOString();
  // A UUID stays one.
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value))
    return value.slice(0, 24) + by.toString(16).padStart(12, '0');
  const digits = /^(.*?)(\d{1,15})$/s.exec(value);
  return digits ? `${digits[1] ?? ''}${Number(digits[2]) + by}` : `${value}-${by}`;
}

function withLeaves(sample: Json, leaves: readonly (readonly [Leaf, string | number])[]): Json {
  const root = { payload: structuredClone(sample) };
  for (const [{ path }, value] of leaves) {
    let node = root as unknown as Record<string | number, unknown>;
    let step: string | number = 'payload';
    for (const next of path) {
      node = node[step] as Record<string | number, unknown>;
      step = next;
    }
    node[step] = value;
  }
  return root.payload;
}
