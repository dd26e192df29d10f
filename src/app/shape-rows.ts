import { jsonTypesOf } from '../infer/inferred-schema.js';
import type { Shape } from '../infer/shape.js';
import { pointerOf } from '../model/pointer.js';

/** A path of payloads: what was there, and how often. */
export interface ShapeRow {
  readonly event: string;
  /** A JSON pointer; `*` stands for the items of a list, and for keys that are data or too many. */
  readonly path: string;
  readonly types: readonly string[];
  readonly count: number;
}

/** Shapes as rows, sorted. */
export function rowsOf(shapes: ReadonlyMap<string, Shape>): readonly ShapeRow[] {
  return [...shapes].flatMap(([event, shape]) => rows(event, '', shape));
}

function rows(event: string, path: string, shape: Shape): readonly ShapeRow[] {
  const members = [...(shape.members ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const inner = members.map(([name, member]) => [`${path}${pointerOf([name])}`, member] as const);
  const others = [shape.items, shape.values].flatMap((each) => (each ? [[`${path}/*`, each] as const] : []));
  return [
    { event, path: path || '/', types: jsonTypesOf(shape), count: shape.count },
    ...[...inner, ...others].flatMap(([at, each]) => rows(event, at, each)),
  ];
}
