import type { Finding } from '../delivery/live-kit.js';
import { unknownsIn } from './declare.js';
import type { Find, Origin } from './findings.js';
import { findingsOf, generalised, isAt, type Judge } from './inference.js';
import type { Observations } from './observation.js';
import { ShapeBuilder } from './shape.js';

/** What deliveries have and the documents do not cover. */
export interface Gap {
  readonly event: string;
  /** A JSON pointer, `*` for items and for keys that are data. */
  readonly path: string;
  readonly what: string;
  /** The first delivery that has it. */
  readonly origin: Origin;
  readonly count: number;
}

export interface Coverage {
  readonly deliveries: number;
  /** Sorted by event and path. */
  readonly gaps: readonly Gap[];
}

/** Compares deliveries with documents: every field has to be declared, and every value taken. */
export async function coverageOf(observations: Observations, judge: Judge, find: Find): Promise<Coverage> {
  const gaps = new Map<string, Gap>();
  let deliveries = 0;
  for await (const { event: name, payload, origin } of observations()) {
    const event = judge.events.get(name);
    if (event === undefined) continue;
    const findings = findingsOf(judge, name, payload);
    if (findings === undefined) {
      find('infer-delivery-unreadable', 'this delivery is left out: it is nested too deeply', origin);
      continue;
    }
    deliveries += 1;
    const add = (path: string, what: string): void => {
      const key = `${name} ${path} ${what}`;
      const before = gaps.get(key);
      if (before !== undefined) gaps.set(key, { ...before, count: before.count + 1 });
      else if (gaps.size < mostGaps) gaps.set(key, { event: name, path, what, origin, count: 1 });
    };
    const refused = findings.filter(
      ({ instancePath }) => !isAt(event.telling, instancePath.split('/').slice(1)),
    );
    const said = new Set(
      refused.map((each) => JSON.stringify([generalised(each.instancePath), faultOf(each)])),
    );
    for (const each of said) add(...(JSON.parse(each) as [string, string]));
    const shape = new ShapeBuilder();
    shape.add(payload, '');
    const { fields } = unknownsIn([[event.payload, shape.root]]);
    for (const path of new Set([...fields.values()].map((field) => field.path))) add(path, 'is not declared');
  }
  const sorted = [...gaps].sort(([a], [b]) => (a < b ? -1 : 1));
  return { deliveries, gaps: sorted.map(([, gap]) => gap) };
}

const mostGaps = 1_000;

/** What is wrong, without the value. */
function faultOf({ keyword, params }: Finding): string {
  switch (keyword) {
    case 'type':
    case 'types':
      return `is not of type ${String(params['type']).replaceAll(',', ' or ')}`;
    case 'format':
      return `has not the format ${String(params['format'])}`;
    case 'required':
      return `lacks ${JSON.stringify(String(params['missingProperty']).slice(0, 80))}`;
    case 'enum':
      return 'is none of the listed values';
    case 'additionalProperties':
      return 'has a member that the schema excludes';
    case 'anyOf':
    case 'oneOf':
    case 'branches':
    case 'orNull':
      return 'is of no branch of the union';
    default:
      return `does not keep \`${keyword}\``;
  }
}
