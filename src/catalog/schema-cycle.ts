import { diagnostic, type Diagnostic, type Step } from '../diagnostics/diagnostic.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { keywords } from '../model/subschemas.js';
import { isObject, pointerSteps, targetName, valueAt } from '../model/pointer.js';
import { isMultiFormat } from './schema-format.js';

/** What a schema applies to the same value as itself: another schema, by a keyword or a reference. */
interface Edge {
  readonly target: JsonObject;
  /** The keyword with its index; `$ref` for a reference. */
  readonly label: string;
  readonly ref?: string;
  readonly location?: SourceLocation | undefined;
}

/** Keywords whose schemas apply to the same value as the schema that they are in. */
const inPlace: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependencies',
]);

const cyclesAtMost = 20;

/**
 * Finds schemas that lead back to themselves without a property or an item on the way: whether a value is valid would depend on
 * whether it is valid. Recursion through `properties` or `items` ends where the value does, and is no cycle.
 *
 * @param done schemas that have been looked at, which is added to
 */
export function schemaCycles(start: Json, document: Document, done: Set<JsonObject>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const roots: Json[] = [start];
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    if (!isObject(root) || done.has(root)) continue;
    const open = new Map<JsonObject, number>();
    const way: { readonly node: JsonObject; readonly rest: Edge[]; readonly by: Edge | undefined }[] = [];
    const enter = (node: JsonObject, by: Edge | undefined) => {
      open.set(node, way.length);
      way.push({ node, rest: [...edgesOf(node, document)].reverse(), by });
      for (const part of partsOf(node)) roots.push(part);
    };
    enter(root, undefined);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const edge = top.rest.pop();
      if (edge === undefined) {
        way.pop();
        open.delete(top.node);
        done.add(top.node);
        continue;
      }
      const from = open.get(edge.target);
      if (from !== undefined && found.length < cyclesAtMost)
        found.push(cycleOf([...way.slice(from + 1).flatMap(({ by }) => by ?? []), edge]));
      if (from === undefined && !done.has(edge.target)) enter(edge.target, edge);
    }
  }
  return found;
}

function* edgesOf(node: JsonObject, document: Document): Generator<Edge> {
  const { $ref: ref } = node;
  if (typeof ref === 'string') {
    const steps = pointerSteps(ref);
    const value = steps && valueAt(document.data, steps);
    const target = isMultiFormat(value) ? value['schema'] : value;
    if (isObject(target)) yield { target, label: '$ref', ref, location: document.sourceMap.of(node, '$ref') };
    return;
  }
  for (const [label, target] of schemasIn(node, (keyword) => inPlace.has(keyword)))
    if (isObject(target)) yield { target, label };
}

/** The schemas for what is inside a value: its properties and its items. */
function* partsOf(node: JsonObject): Generator<Json> {
  if (typeof node['$ref'] === 'string') return;
  for (const [, part] of schemasIn(node, (keyword) => !inPlace.has(keyword))) yield part;
}

function* schemasIn(node: JsonObject, isMeant: (keyword: string) => boolean): Generator<[string, Json]> {
  for (const [keyword, value] of Object.entries(node) as [string, Json][]) {
    const kind = keywords.get(keyword);
    if (kind === undefined || !isMeant(keyword) || typeof value !== 'object' || value === null) continue;
    if (kind === 'map' || Array.isArray(value)) {
      for (const [key, each] of Object.entries(value as JsonObject | JsonArray) as [string, Json][])
        yield [`${keyword}/${key}`, each];
    } else {
      yield [keyword, value];
    }
  }
}

/** @param edges those of one round; at least one of them is a reference, since what is written in place is a tree */
function cycleOf(edges: readonly Edge[]): Diagnostic {
  const last = edges.findLastIndex(({ ref }) => ref !== undefined);
  const steps: Step[] = [];
  const names: string[] = [nameOf(edges[last])];
  let location: SourceLocation | undefined;
  let labels: string[] = [];
  for (const edge of [...edges.slice(last + 1), ...edges.slice(0, last + 1)]) {
    if (edge.ref === undefined) {
      labels.push(edge.label);
      continue;
    }
    const name = nameOf(edge);
    const by = labels.length === 0 ? '$ref' : labels.join('/');
    const message = `${names.at(-1)} refers to ${name} in ${by}`;
    steps.push({ message, ...(edge.location && { position: edge.location.position }) });
    location ??= edge.location;
    names.push(name);
    labels = [];
  }
  const message = `the schema ${names[0]} is made of itself: ${names.join(' → ')}`;
  return { ...diagnostic('schema-cycle', message, location), steps };
}

function nameOf(edge: Edge | undefined): string {
  const steps = pointerSteps(edge?.ref ?? '') ?? [];
  const isNamed = steps.length === 2 || (steps[0] === 'components' && steps.length === 3);
  return isNamed || steps[0] === 'x-external' ? targetName(steps) : (edge?.ref ?? '');
}
