import type { Finding } from '../delivery/live-kit.js';
import { joinActions, type Action } from './action.js';
import { correctionAction } from './correct.js';
import { note, type Corrections } from './corrections.js';
import {
  declaration,
  itemsAction,
  keyedIn,
  unknownsIn,
  type Keyed,
  type Unknown,
  type Unknowns,
} from './declare.js';
import type { Find } from './findings.js';
import type { Making } from './inferred-schema.js';
import type { Observations } from './observation.js';
import { isFieldName } from './field-name.js';
import type { SchemaPlace } from './schema-place.js';
import { ShapeBuilder } from './shape.js';

/** What is known of an event, as far as its payloads can be compared with it. */
export interface KnownEvent {
  readonly name: string;
  readonly payload: SchemaPlace;
  /** The member names that lead to what says which event it is; nothing is corrected there. */
  readonly telling: readonly string[] | undefined;
}

/** Documents and overlays at work. */
export interface Judge {
  readonly events: ReadonlyMap<string, KnownEvent>;
  findings(event: string, payload: unknown): readonly Finding[];
}

export interface Inference {
  readonly actions: readonly Action[];
  readonly shapes: ReadonlyMap<string, ShapeBuilder>;
  readonly deliveries: number;
}

export interface Inferring {
  readonly observations: Observations;
  readonly making?: Making;
  readonly find: Find;
  /** Whether an action at a place can be part of the overlay. */
  readonly accepts: (place: SchemaPlace) => boolean;
  /** The documents with the actions so far. */
  readonly judgeWith: (actions: readonly Action[]) => Promise<Judge>;
}

/** What is wrong inside of a union shows once its branches are mended, so it takes several rounds; more help nobody. */
const mostRounds = 6;

/**
 * Finds what documents have to declare so that they know every field of some deliveries and take all of them. The documents
 * are only widened.
 */
export async function infer(given: Inferring): Promise<Inference> {
  const shapes = new Map<string, ShapeBuilder>();
  let actions: readonly Action[] = [];
  let deliveries = 0;
  for (let round = 1; ; round += 1) {
    const judge = await given.judgeWith(actions);
    const { corrections, unmended, count } = await observed(given, judge, round === 1 ? shapes : undefined);
    if (round === 1) deliveries = count;
    const isMended = corrections.size === 0 && unmended.size === 0;
    const unknowns = unknownsFor(given, judge, shapes);
    if (round === 1) reportKeyed(unknowns, given.find);
    const actionsOf = (isLastResort: boolean) => actionsFor(given, unknowns, corrections, isLastResort);
    let more = isMended && round > 1 ? [] : actionsOf(round > 1);
    // With nothing else to do, there is no later round to leave it to.
    if (more.length === 0 && !isMended && round === 1) more = actionsOf(true);
    if (more.length === 0 || round === mostRounds) {
      for (const [path, event] of unmended)
        given.find('infer-not-declared', `deliveries of ${event} stay invalid at ${path}`);
      return { actions, shapes, deliveries };
    }
    actions = joinActions(actions, more);
    // Nothing was refused, and what is declared was made from all there is.
    if (isMended) return { actions, shapes, deliveries };
  }
}

interface Observed {
  readonly corrections: Corrections;
  /** What is wrong with deliveries, by event and path. */
  readonly unmended: ReadonlyMap<string, string>;
  readonly count: number;
}

async function observed(
  { observations, making: { openEnums = false } = {}, find }: Inferring,
  judge: Judge,
  shapes: Map<string, ShapeBuilder> | undefined,
): Promise<Observed> {
  const corrections: Corrections = new Map();
  const unmended = new Map<string, string>();
  let count = 0;
  for await (const { event: name, payload, day, origin } of observations()) {
    const event = judge.events.get(name);
    if (event === undefined) continue;
    const findings = findingsOf(judge, name, payload);
    if (findings === undefined) {
      if (shapes)
        find('infer-delivery-unreadable', 'this delivery is left out: it is nested too deeply', origin);
      continue;
    }
    count += 1;
    if (shapes) {
      const shape = shapes.get(name) ?? new ShapeBuilder(openEnums);
      shapes.set(name, shape);
      shape.add(payload, day);
    }
    if (findings.length === 0) continue;
    for (const { instancePath } of findings)
      if (unmended.size < 1_000) unmended.set(generalised(instancePath), name);
    note(corrections, event.payload, payload, findings, day, (steps) => isAt(event.telling, steps));
  }
  return { corrections, unmended, count };
}

/** Undefined for a payload that no validator can go through. */
export function findingsOf(judge: Judge, event: string, payload: unknown): readonly Finding[] | undefined {
  try {
    return judge.findings(event, payload);
  } catch {
    return undefined;
  }
}

/** What the deliveries have and the documents do not, as far as the overlay can declare it. */
function unknownsFor(
  { accepts }: Inferring,
  judge: Judge,
  shapes: ReadonlyMap<string, ShapeBuilder>,
): TakenUnknowns {
  const payloads = [...shapes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { root }]) => {
      const event = judge.events.get(name);
      return event ? [[event.payload, root] as const] : [];
    });
  const { fields, items, keyed } = unknownsIn(payloads);
  return {
    fields: [...fields.values()].filter(({ owner }) => accepts(owner)),
    items: [...items.values()].filter(({ owner }) => accepts(owner)),
    keyed,
  };
}

interface TakenUnknowns extends Pick<Unknowns, 'keyed'> {
  readonly fields: readonly Unknown[];
  readonly items: readonly Pick<Unknown, 'owner' | 'shape'>[];
}

function actionsFor(
  { making = {}, accepts }: Inferring,
  { fields, items }: TakenUnknowns,
  corrections: Corrections,
  isLastResort: boolean,
): readonly Action[] {
  const all: readonly (Action | undefined)[] = [
    ...fields.map((field) => declaration(field, making)),
    ...items.map((each) => itemsAction(each, making)),
    ...[...corrections.values()]
      .filter(({ place }) => accepts(place))
      .map((each) => correctionAction(each, isLastResort, making)),
  ];
  return joinActions(
    [],
    all.filter((action) => action !== undefined),
  );
}

function reportKeyed({ fields, keyed }: TakenUnknowns, find: Find): void {
  report(keyed, find);
  for (const field of fields) report(keyedIn(field, `/${field.name}`), find);
}

function report(keyed: readonly Keyed[], find: Find): void {
  for (const { path, why } of keyed)
    find(
      'infer-keys-open',
      why === 'too many'
        ? `the keys of ${path} are too many to be declared one by one`
        : `keys of ${path} look like data, and are left out`,
    );
}

export function isAt(telling: readonly string[] | undefined, steps: readonly string[]): boolean {
  return (
    telling !== undefined &&
    telling.length === steps.length &&
    telling.every((step, at) => step === steps[at])
  );
}

/** A path without the numbers of items, and without keys that are data. */
export function generalised(pointer: string): string {
  const steps = pointer.split('/').slice(1, 20);
  return `/${steps.map((step) => (isFieldName(step) ? step : '*')).join('/')}`;
}
