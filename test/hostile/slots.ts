import type { Json, JsonObject } from '../../src/model/json.js';

/** A place of a document where a text, a number or a key stands. */
export interface Slot {
  readonly kind: 'text' | 'number' | 'key';
  /** The steps from the root; for a key, the key itself is the last one. */
  readonly path: readonly (string | number)[];
}

/** Every slot of a document, in its order. */
export function slotsOf(value: Json, path: Slot['path'] = []): readonly Slot[] {
  if (typeof value === 'string') return [{ kind: 'text', path }];
  if (typeof value === 'number') return [{ kind: 'number', path }];
  if (typeof value !== 'object' || value === null) return [];
  const members: [string | number, Json][] = Array.isArray(value)
    ? [...(value as readonly Json[]).entries()]
    : Object.entries(value as JsonObject);
  return members.flatMap(([step, member]): readonly Slot[] => [
    ...(typeof step === 'string' ? [{ kind: 'key' as const, path: [...path, step] }] : []),
    ...slotsOf(member, [...path, step]),
  ]);
}

/**
 * A copy of a document with other texts, numbers and keys in some of its slots. A reference that passes a changed key goes on
 * leading where it led, and a property that is required still is.
 */
export function filled(document: JsonObject, fillings: ReadonlyMap<Slot, string | number>): JsonObject {
  const values = new Map<string, string | number>();
  const keys = new Map<string, string>();
  for (const [{ kind, path }, filling] of fillings) {
    if (kind === 'key') keys.set(placeOf(path), String(filling));
    else values.set(placeOf(path), filling);
  }

  function copy(value: Json, path: Slot['path']): Json {
    const filling = values.get(placeOf(path));
    if (filling !== undefined) return filling;
    if (typeof value === 'string') return value.startsWith('#/') ? redirected(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (path.at(-1) === 'required' && Array.isArray(value))
      return value.map((name) => renamed(String(name), path));
    if (Array.isArray(value))
      return (value as readonly Json[]).map((item, index) => copy(item, [...path, index]));
    const members = Object.entries(value).map(([key, member]): [string, Json] => {
      const below = [...path, key];
      return [keys.get(placeOf(below)) ?? key, copy(member as Json, below)];
    });
    return Object.fromEntries(members);
  }

  function renamed(name: string, path: Slot['path']): string {
    return keys.get(placeOf([...path.slice(0, -1), 'properties', name])) ?? name;
  }

  function redirected(reference: string): string {
    const steps = reference.slice(2).split('/');
    const led = steps.map((step, index) => {
      const key = keys.get(placeOf(steps.slice(0, index + 1)));
      return key === undefined ? step : pointerStep(key);
    });
    return `#/${led.join('/')}`;
  }

  return copy(document, []) as JsonObject;
}

function placeOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path.map(String));
}

function pointerStep(key: string): string {
  return key.replaceAll('%', '%25').replaceAll('~', '~0').replaceAll('/', '~1');
}

const spoken = /^(?:title|description|summary|operationId|name|value|product|enum|const|default|examples)$/;
const naming = /^(?:channels|messages|properties|operations|definitions)$/;

/**
 * Slots for words: what a document says there is for people, or a name, or a value, and next to nothing is refused. AsyncAPI
 * itself wants plain names for components, and addresses for the channels of its version 2; a header has a form of its own.
 */
export function wordSlots(document: JsonObject): readonly Slot[] {
  const versionTwo = String(document['asyncapi']).startsWith('2.');
  return slotsOf(document).filter(({ kind, path }) => {
    const [last, above] = [path.at(-1), path.at(-2)].map(String) as [string, string];
    if (path.includes('securitySchemes')) return false;
    if (kind !== 'key') return kind === 'text' && (spoken.test(last) || /^(?:enum|examples)$/.test(above));
    if (path[0] === 'components' && path.length === 3) return false;
    return naming.test(above) && !(versionTwo && path[0] === 'channels' && path.length === 2);
  });
}
